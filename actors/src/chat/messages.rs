//! The chat's door: all that other actors may say to it.

use std::sync::Arc;

use actix::Message;
use vocabulary::{AccountId, ChatRequest, ConnectionId, Denial, Profile};

use crate::outbox::Outbox;

/// A connection of an account, in any contract.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Arrived {
    pub(crate) profile: Arc<Profile>,
    pub(crate) connection: ConnectionId,
    /// Its way out, when it speaks contract *chat*.
    pub(crate) chat: Option<Arc<Outbox>>,
}

/// That connection has ended.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct Departed {
    pub(crate) account: AccountId,
    pub(crate) connection: ConnectionId,
}

/// An account says or does something.
#[derive(Message)]
#[rtype(result = "Result<(), Denial>")]
pub(crate) struct Utter {
    pub(crate) profile: Arc<Profile>,
    pub(crate) request: ChatRequest,
}
