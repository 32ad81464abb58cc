//! A channel's door: all that other actors may say to it.

use std::sync::Arc;

use actix::Message;
use vocabulary::{AccountId, ConnectionId, LogMessage};

use crate::outbox::Outbox;

/// A connection wants to be told.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Subscribe {
    pub(crate) connection: ConnectionId,
    pub(crate) outbox: Arc<Outbox>,
    /// Whose it is; what only some may see goes to accounts.
    pub(crate) account: Option<AccountId>,
}

/// A connection wants to be told no more, or has ended.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Unsubscribe(pub(crate) ConnectionId);

/// Messages of the channel's type that are stored now, in their order.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Deliver(pub(crate) Vec<LogMessage>);
