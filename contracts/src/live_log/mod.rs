//! Contract *live log*: dashboards and community tools, at `/ws/live-log`. This module has its messages, turns the
//! server's own events into such messages ([`report`]) and decodes those of services ([`ingest`]).

pub(crate) mod asyncapi;
mod client;
mod decode;
mod encode;
mod error;
mod ingest;
mod limits;
pub mod message;
pub mod report;
pub(crate) mod schema;
mod server;

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, PrivateNotice, PublicNotice, Reply, Stamp};

use self::error::{denial_row, malformed_row};
pub use self::{ingest::ingest, limits::LiveLogLimits, message::compose};
use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Speaker, Spending};

/// The contract. A connection has no state.
#[derive(Debug, Default)]
pub struct LiveLog;

impl Contract for LiveLog {
    const ID: ContractId = ContractId::LiveLog;
    const LIMITS: Limits = LiveLogLimits::DEFAULT.connection;

    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming {
        decode::decode(text, speaker)
    }

    fn greet(arrival: &Arrival<'_>, _: &Stamp) -> Option<ByteString> {
        Some(encode::greet(arrival))
    }

    /// Events of rooms are messages of the log, see [`report`].
    fn public(_: &PublicNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    /// Nobody has a seat over this contract.
    fn private(_: &PrivateNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn reply(reply: &Reply, _: &Stamp) -> Option<ByteString> {
        encode::reply(reply)
    }

    fn deny(denial: &Denial, _: &Stamp) -> ByteString {
        encode::error(denial_row(denial))
    }

    fn malformed(malformed: &Malformed, _: &Stamp) -> ByteString {
        encode::error(malformed_row(malformed))
    }

    fn farewell(farewell: Farewell, _: &Stamp) -> Option<ByteString> {
        Some(encode::farewell(farewell))
    }

    fn parting(_: &Stamp) -> Option<ByteString> {
        Some(encode::parting())
    }

    fn announce(bulletin: &Bulletin, _: &Stamp) -> ByteString {
        encode::announce(bulletin)
    }

    /// Chat messages are messages of the log, for its subscribers.
    fn chat(_: &ChatNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn close_code(farewell: Farewell) -> u16 {
        error::close_code(farewell)
    }

    fn nearly_spent(spending: &Spending, _: &Stamp) -> Option<ByteString> {
        Some(encode::nearly_spent(spending))
    }

    fn code(denial: &Denial) -> &'static str {
        denial_row(denial).row.as_str()
    }

    fn malformed_code(malformed: &Malformed) -> &'static str {
        malformed_row(malformed).row.as_str()
    }
}
