//! Messages that the chat accepts.

use std::sync::Arc;

use actix::Message;
use vocabulary::{AccountId, ChatRequest, ConnectionId, Denial, Profile};

use crate::outbox::Outbox;

/// A connection of an account has started, in any contract.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Arrived {
    pub(crate) profile: Arc<Profile>,
    pub(crate) connection: ConnectionId,
    /// Its outbox, if it uses contract *chat*.
    pub(crate) chat: Option<Arc<Outbox>>,
}

/// A connection of an account has ended.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Departed {
    pub(crate) account: AccountId,
    pub(crate) connection: ConnectionId,
}

/// An account sends a message or a gesture, or starts to type.
#[derive(Message)]
#[rtype(result = "Result<(), Denial>")]
pub(crate) struct ChatMessage {
    pub(crate) profile: Arc<Profile>,
    pub(crate) request: ChatRequest,
}
