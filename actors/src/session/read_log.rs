//! A connection's requests to the live log: subscriptions and lookups.

use actix::{ActorFutureExt, AsyncContext, WrapFuture};
use contracts::Contract;
use futures_util::future::join_all;
use vocabulary::{Denial, LogKind, LogRequest, Reply};

use super::{Place, Session, route::Asked, socket::SocketContext};
use crate::{
    cost::Cost,
    live_log::messages::{Subscribe, Unsubscribe},
};

impl<C: Contract> Session<C> {
    pub(super) fn read_log(&mut self, request: LogRequest, asked: Asked, ctx: &mut SocketContext<C>) {
        match request {
            LogRequest::Subscribe(kinds) => self.subscribe(&kinds, asked),
            LogRequest::Unsubscribe(kinds) => self.unsubscribe(&kinds, asked, ctx),
            LogRequest::History { .. } | LogRequest::Search { .. } => self.look_up(request, asked, ctx),
        }
    }

    fn subscribe(&mut self, kinds: &[LogKind], asked: Asked) {
        let Place::LiveLog(subscribed) = &mut self.place else { return };
        let added: Vec<LogKind> = kinds.iter().copied().filter(|kind| !subscribed.contains(kind)).collect();
        subscribed.extend(&added);
        subscribed.sort_unstable();
        subscribed.dedup();
        let reply = Reply::Subscribed(subscribed.clone());
        // The answer is sent first, because the next message may follow at once.
        self.reply(&reply, asked);
        for kind in added {
            let outbox = std::sync::Arc::clone(&self.outbox);
            let account = self.account();
            let channel = self.engine.live_log().start_channel(kind);
            channel.do_send(Subscribe { connection: self.connection, outbox, account });
        }
    }

    /// Answers when the channels have removed the subscriptions, so that no message follows the answer.
    fn unsubscribe(&mut self, kinds: &[LogKind], asked: Asked, ctx: &mut SocketContext<C>) {
        let Place::LiveLog(subscribed) = &mut self.place else { return };
        subscribed.retain(|kind| !kinds.contains(kind));
        let reply = Reply::Subscribed(subscribed.clone());
        let log = self.engine.live_log();
        let channels = kinds.iter().filter_map(|kind| log.channel(*kind));
        let told: Vec<_> = channels.map(|channel| channel.send(Unsubscribe(self.connection))).collect();
        ctx.wait(join_all(told).into_actor(self).map(move |_, session, _| session.reply(&reply, asked)));
    }

    /// The session accepts nothing until it has the answer, so that it makes one lookup at a time.
    fn look_up(&mut self, request: LogRequest, asked: Asked, ctx: &mut SocketContext<C>) {
        if !self.affords_work(asked) {
            return;
        }
        let (engine, account) = (self.engine.clone(), self.account());
        let found = async move { engine.live_log().look_up(account, request).await };
        ctx.wait(found.into_actor(self).map(move |result, session, _| match result {
            Ok(reply) => session.reply_and_charge(&reply, Cost::LOOKUP, asked),
            Err(error) => {
                log::warn!("the live log can't be read: {error}");
                session.deny(&Denial::ServerError, asked.client_sequence);
            }
        }));
    }

    /// Removes the subscriptions of a connection that has ended.
    pub(super) fn leave_log(&self, subscribed: &[LogKind]) {
        for channel in subscribed.iter().filter_map(|kind| self.engine.live_log().channel(*kind)) {
            channel.do_send(Unsubscribe(self.connection));
        }
    }
}
