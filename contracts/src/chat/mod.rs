//! Contract *chat*: chat clients and avatars, at `/ws?token=…` and at `/ws/chat`.

pub(crate) mod asyncapi;
pub mod client;
mod decode;
mod encode;
mod error;
mod limits;
pub(crate) mod schema;
pub mod server;

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, PrivateNotice, PublicNotice, Reply, Stamp, Timestamp};

pub use self::limits::ChatLimits;
use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Speaker};

/// The texts that are scopes, as a pattern for schemas.
const SCOPE: &str = "^(lobby|room:[A-HJ-NP-Z2-9]{8}|dm:.+)$";

/// The contract. A connection has no state: its account was checked at the handshake.
#[derive(Debug, Default)]
pub struct Chat;

impl Contract for Chat {
    const ID: ContractId = ContractId::Chat;
    const LIMITS: Limits = ChatLimits::DEFAULT.connection;

    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming {
        decode::decode(text, speaker)
    }

    fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> Option<ByteString> {
        encode::greet(arrival, stamp)
    }

    /// The other contracts send the events of games.
    fn public(_: &PublicNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn private(_: &PrivateNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn reply(_: &Reply, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
        encode::error(error::denial_row(denial, stamp.at), stamp)
    }

    fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
        encode::error(error::malformed_row(malformed), stamp)
    }

    fn farewell(farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
        encode::farewell(farewell, stamp)
    }

    fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
        encode::announce(bulletin, stamp)
    }

    fn chat(notice: &ChatNotice, _: &Stamp) -> Option<ByteString> {
        Some(encode::chat(notice))
    }

    fn code(denial: &Denial) -> &'static str {
        // The time is only in the facts.
        error::denial_row(denial, Timestamp(0)).row.as_str()
    }

    fn malformed_code(malformed: &Malformed) -> &'static str {
        error::malformed_row(malformed).row.as_str()
    }
}
