//! Contract *state*: Kivy apps, observers and devices, at `/ws` with the header `Client-Type`, and at `/ws/state`.

pub(crate) mod asyncapi;
pub mod client;
mod decode;
mod encode;
mod error;
mod limits;
mod phase;
pub(crate) mod schema;
pub mod server;
mod situation;

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, PrivateNotice, PublicNotice, Reply, Stamp};

pub use self::limits::StateLimits;
use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Speaker};

/// The contract. A connection has no state: its account was checked at the handshake.
#[derive(Debug, Default)]
pub struct State;

impl Contract for State {
    const ID: ContractId = ContractId::State;
    const LIMITS: Limits = StateLimits::DEFAULT.connection;

    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming {
        decode::decode(text, speaker)
    }

    fn greet(arrival: &Arrival<'_>, stamp: &Stamp) -> Option<ByteString> {
        Some(encode::greet(arrival, stamp))
    }

    fn public(notice: &PublicNotice, stamp: &Stamp) -> Option<ByteString> {
        encode::public(notice, stamp)
    }

    fn private(notice: &PrivateNotice, stamp: &Stamp) -> Option<ByteString> {
        encode::private(notice, stamp)
    }

    fn reply(reply: &Reply, stamp: &Stamp) -> Option<ByteString> {
        encode::reply(reply, stamp)
    }

    /// Encodes a refusal; `INVALID_STATE` includes the number of the room's last event, if the stamp has it.
    fn deny(denial: &Denial, stamp: &Stamp) -> ByteString {
        encode::error(error::refused(denial, stamp), stamp)
    }

    fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
        encode::error(error::malformed_row(malformed), stamp)
    }

    fn farewell(farewell: Farewell, stamp: &Stamp) -> Option<ByteString> {
        Some(encode::farewell(farewell, stamp))
    }

    fn announce(bulletin: &Bulletin, stamp: &Stamp) -> ByteString {
        encode::announce(bulletin, stamp)
    }

    /// Its clients chat over contract *chat*.
    fn chat(_: &ChatNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn code(denial: &Denial) -> &'static str {
        error::denial_row(denial).row.as_str()
    }

    fn malformed_code(malformed: &Malformed) -> &'static str {
        error::malformed_row(malformed).row.as_str()
    }
}
