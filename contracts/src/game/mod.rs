//! Contract *game*: the client of Liap Tui, at `/ws/lobby` and `/ws/{room_id}`.

pub(crate) mod asyncapi;
pub mod client;
mod decode;
mod encode;
mod error;
mod legacy;
mod limits;
mod options;
pub(crate) mod schema;
pub mod server;
mod situation;
mod version;

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, Maintenance, PrivateNotice, PublicNotice, Reply, Stamp};

use self::version::Version;
use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Speaker};

/// The state of one connection of contract *game*.
#[derive(Debug, Default)]
pub struct Game {
    /// The negotiated version.
    version: Version,
    /// The warnings that were sent.
    warned: legacy::Warned,
}

impl Contract for Game {
    const ID: ContractId = ContractId::Game;
    const LIMITS: Limits = limits::LIMITS;

    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming {
        decode::decode(self, text, speaker)
    }

    fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> Option<ByteString> {
        Some(encode::connected(arrival, stamp))
    }

    fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
        encode::public(notice, stamp)
    }

    fn private(notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString> {
        Some(encode::private(notice, stamp))
    }

    fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
        encode::reply(reply, stamp)
    }

    fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
        error::deny(denial, stamp)
    }

    fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
        error::malformed(malformed, stamp)
    }

    fn farewell(farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
        Some(encode::disconnected(farewell, stamp))
    }

    fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
        encode::announce(bulletin, stamp)
    }

    fn forewarn(pause: &Maintenance, stamp: &Stamp) -> Option<ByteString> {
        Some(error::forewarn(pause, stamp))
    }

    fn chat(notice: &ChatNotice, stamp: &Stamp) -> Option<ByteString> {
        encode::chat(notice, stamp)
    }

    fn code(denial: &Denial) -> &'static str {
        error::code(denial)
    }

    fn malformed_code(malformed: &Malformed) -> &'static str {
        error::malformed_code(malformed)
    }
}
