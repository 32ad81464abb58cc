//! A connection's words: to the chat, and to those at its table.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{ActorFutureExt, AsyncContext, WrapFuture};
use contracts::Contract;
use game_rules::Seat;
use vocabulary::{AccountId, ChatRequest, Denial, RoomId, Scope};

use super::{InRoom, Place, Session, route::Asked, socket::SocketContext};
use crate::{chat::messages::Utter, window::too_many};

/// Whose messages are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Talker {
    /// All connections of an account.
    Account(AccountId),
    /// A guest's seat, whichever connection it has.
    Guest(RoomId, Seat),
}

impl<C: Contract> Session<C> {
    /// Whether whoever it is may say one thing more.
    ///
    /// # Errors
    /// When they have said as much in the last minute as they may, and for guests without a seat.
    pub(super) fn may_talk(&self) -> Result<(), Denial> {
        let seat = || match &self.place {
            Place::Room(InRoom { id, seat: Some((seat, _)), .. }) => Some(Talker::Guest(*id, *seat)),
            _ => None,
        };
        let talker = self.account().map(Talker::Account).or_else(seat).ok_or(Denial::NotInRoom)?;
        let verdict = self.engine.talk().take(talker, Instant::now());
        if verdict.passed { Ok(()) } else { Err(too_many(verdict.limit, Duration::from_secs(60), verdict.reset)) }
    }

    /// Hands it to the chat. The session takes nothing in until it was said.
    pub(super) fn utter(&mut self, request: ChatRequest, asked: Asked, ctx: &mut SocketContext<C>) {
        let Some(profile) = self.visit.profile.clone() else {
            return self.deny(&Denial::GuestsNotAllowed, asked.client_sequence);
        };
        if let Err(denial) = self.may_talk() {
            return self.deny(&denial, asked.client_sequence);
        }
        let engine = self.engine.clone();
        let said = async move {
            if let ChatRequest::Say { scope, .. } | ChatRequest::Typing { scope } | ChatRequest::Gesture { scope, .. } =
                &request
                && let Scope::Direct(account) = scope
                && !engine.has_account(*account).await?
            {
                return Err(Denial::ForeignScope { scope: *scope });
            }
            let utter = Utter { profile: Arc::clone(&profile), request };
            engine.chat().send(utter).await.unwrap_or(Err(Denial::ServerError))
        };
        ctx.wait(said.into_actor(self).map(move |result, session, _| {
            if let Err(denial) = result {
                session.deny(&denial, asked.client_sequence);
            }
        }));
    }
}
