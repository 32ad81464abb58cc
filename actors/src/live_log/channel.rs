//! A channel: everybody who is subscribed to one type of message.

use std::sync::Arc;

use actix::{Actor, Context, Handler};
use metrics::Counter;
use vocabulary::{AccountId, ConnectionId, LogMessage};

use super::messages::{Deliver, Subscribe, Unsubscribe};
use crate::outbox::{Frame, Outbox};

/// A connection that receives the channel's messages.
struct Subscriber {
    connection: ConnectionId,
    outbox: Arc<Outbox>,
    account: Option<AccountId>,
}

/// The actor of one type of message.
pub(crate) struct Channel {
    /// Counts a message once per subscriber.
    delivered: Counter,
    /// In the order in which they came, which is mostly that of their sockets in memory.
    subscribers: Vec<Subscriber>,
}

impl Channel {
    pub(super) fn new(delivered: Counter) -> Self {
        Self { delivered, subscribers: Vec::new() }
    }
}

impl Actor for Channel {
    type Context = Context<Self>;
}

impl Handler<Subscribe> for Channel {
    type Result = ();

    fn handle(&mut self, Subscribe { connection, outbox, account }: Subscribe, _: &mut Self::Context) {
        // A client may subscribe twice, but receives each message once.
        if self.subscribers.iter().all(|subscriber| subscriber.connection != connection) {
            self.subscribers.push(Subscriber { connection, outbox, account });
        }
    }
}

impl Handler<Unsubscribe> for Channel {
    type Result = ();

    fn handle(&mut self, Unsubscribe(connection): Unsubscribe, _: &mut Self::Context) {
        self.subscribers.retain(|subscriber| subscriber.connection != connection);
    }
}

impl Handler<Deliver> for Channel {
    type Result = ();

    /// Consecutive messages for everybody are encoded once and pushed as one frame.
    fn handle(&mut self, Deliver(messages): Deliver, _: &mut Self::Context) {
        let is_public = |message: &LogMessage| message.audience.is_none();
        let mut delivered = 0;
        for run in messages.chunk_by(|one, next| is_public(one) && is_public(next)) {
            let frames: Vec<Frame> = run.iter().map(|message| Frame::text(&message.body)).collect();
            let frame = if let [only] = frames.as_slice() { only.clone() } else { Frame::joined(&frames) };
            self.subscribers.retain(|subscriber| {
                let hears = run.first().is_some_and(|message| message.is_for(subscriber.account));
                if hears {
                    delivered += run.len();
                }
                // A subscriber whose outbox is closed has gone.
                !hears || subscriber.outbox.push(&frame).is_ok()
            });
        }
        self.delivered.increment(u64::try_from(delivered).unwrap_or(u64::MAX));
    }
}
