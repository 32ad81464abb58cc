//! The chat's door: all that other actors may say to it.

use std::sync::Arc;

use actix::Message;
use vocabulary::{AccountId, ChatNotice, ChatRequest, ConnectionId, Denial, Profile};

use crate::{Source, outbox::Outbox};

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

/// Something at a table, whose own connections have heard it.
#[derive(Message)]
#[rtype(result = "()")]
pub(crate) struct AtTable {
    pub(crate) notice: ChatNotice,
    /// The accounts that sit there.
    pub(crate) accounts: Vec<AccountId>,
    /// For whom it counts in the live log.
    pub(crate) source: Source,
}
