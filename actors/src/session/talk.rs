//! Chat messages of a connection, to the chat and to its table.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{ActorFutureExt, AsyncContext, WrapFuture};
use contracts::Contract;
use vocabulary::{AccountId, ChatRequest, Denial, Scope};

use super::{InRoom, Place, Session, route::Asked, socket::SocketContext};
use crate::{
    Engine,
    chat::{Talker, messages::ChatMessage},
    window::too_many,
};

impl<C: Contract> Session<C> {
    /// Counts a chat message of this talker.
    ///
    /// # Errors
    /// [`Denial::RateLimited`] if they have reached the rate of a minute; [`Denial::NotInRoom`] for guests without a
    /// seat.
    pub(super) fn may_talk(&self) -> Result<(), Denial> {
        let seat = || match &self.place {
            Place::Room(InRoom { id, seat: Some((seat, _)), .. }) => Some(Talker::Guest(*id, *seat)),
            _ => None,
        };
        let talker = self.account().map(Talker::Account).or_else(seat).ok_or(Denial::NotInRoom)?;
        let verdict = self.engine.shared().talk.take(talker, Instant::now());
        if verdict.passed { Ok(()) } else { Err(too_many(verdict.limit, Duration::from_secs(60), verdict.reset)) }
    }

    /// Sends a request to the chat. The session accepts nothing until the chat has answered.
    pub(super) fn chat(&mut self, request: ChatRequest, asked: Asked, ctx: &mut SocketContext<C>) {
        let Some(profile) = self.visit.profile.clone() else {
            return self.deny(&Denial::GuestsNotAllowed, asked.client_sequence);
        };
        if let Err(denial) = self.may_talk() {
            return self.deny(&denial, asked.client_sequence);
        }
        let engine = self.engine.clone();
        let said = async move {
            // The chat knows only accounts that are connected, but an addressee may be offline.
            if let ChatRequest::Say { scope, .. } | ChatRequest::Typing { scope } | ChatRequest::Gesture { scope, .. } =
                &request
                && let Scope::Direct(account) = scope
                && !has_account(&engine, *account).await?
            {
                return Err(Denial::ForeignScope { scope: *scope });
            }
            let message = ChatMessage { profile: Arc::clone(&profile), request };
            engine.chat().send(message).await.unwrap_or(Err(Denial::ServerError))
        };
        ctx.wait(said.into_actor(self).map(move |result, session, _| {
            if let Err(denial) = result {
                session.deny(&denial, asked.client_sequence);
            }
        }));
    }
}

/// Whether there is such an account.
///
/// # Errors
/// [`Denial::ServerError`] if the store can't be read.
async fn has_account(engine: &Engine, account: AccountId) -> Result<bool, Denial> {
    let Some(store) = engine.store() else { return Ok(false) };
    match store.account_by_id(&account.to_string()).await {
        Ok(found) => Ok(found.is_some()),
        Err(error) => {
            log::warn!("an account can't be read: {error}");
            Err(Denial::ServerError)
        }
    }
}
