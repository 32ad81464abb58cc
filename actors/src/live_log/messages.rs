//! Messages that a channel accepts.

use std::sync::Arc;

use actix::Message;
use vocabulary::{AccountId, ConnectionId, LogMessage};

use crate::outbox::Outbox;

/// Subscribes a connection.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Subscribe {
    pub(crate) connection: ConnectionId,
    pub(crate) outbox: Arc<Outbox>,
    /// The connection's account, which decides whether it receives messages with an audience.
    pub(crate) account: Option<AccountId>,
}

/// Unsubscribes a connection.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Unsubscribe(pub(crate) ConnectionId);

/// Messages of the channel's type that have been stored, in their order.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Deliver(pub(crate) Vec<LogMessage>);
