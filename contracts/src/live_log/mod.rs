//! Contract *live log*: dashboards and tools of the community, at `/ws/live-log`. Here are its messages, how the server's
//! own events become such messages ([`report`]), and how those of services are read ([`ingest`]).

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

use self::error::Refusal;
pub use self::{ingest::ingest, limits::LiveLogLimits, message::compose};
use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Speaker, Spending};

/// The dialect. A connection has nothing to agree on.
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

    /// What happens in rooms comes through the log, see [`report`].
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
        encode::error(Refusal::from(denial))
    }

    fn malformed(malformed: &Malformed, _: &Stamp) -> ByteString {
        encode::error(Refusal::from(malformed))
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

    /// It comes through the log, to those who have subscribed to it.
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
        Refusal::from(denial).code.as_str()
    }

    fn malformed_code(malformed: &Malformed) -> &'static str {
        Refusal::from(malformed).code.as_str()
    }
}
