//! Contract *state*: Kivy apps, observers and devices, at `/ws` with the header `Client-Type`, and at `/ws/state`.

mod limits;

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, PrivateNotice, PublicNotice, Reply, Stamp};

use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Said, Speaker};

/// The dialect.
#[derive(Debug, Default)]
pub struct State;

impl Contract for State {
    const ID: ContractId = ContractId::State;
    const LIMITS: Limits = limits::LIMITS;

    fn decode(&mut self, _: &str, _: &Speaker<'_>) -> Incoming {
        Incoming { client_sequence: None, digest: 0, warnings: Vec::new(), said: Said::Malformed(Malformed::NoEvent) }
    }

    fn greet(_: &Arrival<'_>, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn public(_: &PublicNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn private(_: &PrivateNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn reply(_: &Reply, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn deny(_: &Denial, _: &Stamp) -> ByteString {
        ByteString::new()
    }

    fn malformed(_: &Malformed, _: &Stamp) -> ByteString {
        ByteString::new()
    }

    fn farewell(_: Farewell, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn announce(_: &Bulletin, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn chat(_: &ChatNotice, _: &Stamp) -> Option<ByteString> {
        None
    }

    fn code(_: &Denial) -> &'static str {
        ""
    }

    fn malformed_code(_: &Malformed) -> &'static str {
        ""
    }
}
