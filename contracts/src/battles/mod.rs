//! Contract *battles*: REST for app developers, and the WebSocket at `/ws/battles/{id}`. This module has its bodies,
//! messages and errors, but no HTTP.

pub mod admin;
pub(crate) mod asyncapi;
pub mod bans;
pub mod client;
mod code;
mod decode;
mod encode;
pub mod error;
pub mod guild;
mod limits;
pub mod operations;
pub(crate) mod schema;
pub mod server;
pub mod standing;

use bytestring::ByteString;
use vocabulary::{Bulletin, ChatNotice, Denial, PrivateNotice, PublicNotice, Reply, Stamp};

use self::error::{Refusal, refusal};
pub use self::limits::BattlesLimits;
use crate::{Arrival, Contract, ContractId, Farewell, Incoming, Limits, Malformed, Speaker};

/// The minimum length of a username; see [`client::is_username`].
pub const USERNAME_MIN_CHARS: usize = 3;
/// The maximum length of a username.
pub const USERNAME_MAX_CHARS: usize = 32;
/// The minimum length of a password.
pub const PASSWORD_MIN_CHARS: usize = 8;
/// The maximum length of a password.
pub const PASSWORD_MAX_CHARS: usize = 128;
/// The minimum length of a guild's name.
pub const GUILD_NAME_MIN_CHARS: usize = 3;
/// The maximum length of a guild's name.
pub const GUILD_NAME_MAX_CHARS: usize = 32;
/// The maximum length of an avatar's URL.
pub const AVATAR_URL_MAX_CHARS: usize = 2_048;

/// The contract on its WebSocket. A connection has no state: its account was checked at the handshake.
#[derive(Debug, Default)]
pub struct Battles;

impl Contract for Battles {
    const ID: ContractId = ContractId::Battles;
    const LIMITS: Limits = BattlesLimits::DEFAULT.connection;
    const ON_BINARY: Option<Farewell> = Some(Farewell::BinaryRefused);

    fn decode(&mut self, text: &str, speaker: &Speaker<'_>) -> Incoming {
        decode::decode(text, speaker)
    }

    /// The room's answer ([`Reply::Attending`]) is the first message.
    fn greet(_: &Arrival<'_>, _: &Stamp) -> Option<ByteString> {
        None
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
        encode::deny(denial, stamp)
    }

    fn malformed(malformed: &Malformed, stamp: &Stamp) -> ByteString {
        encode::error(Refusal::from(malformed.clone()), stamp)
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
        refusal(denial).code.as_str()
    }

    fn malformed_code(malformed: &Malformed) -> &'static str {
        Refusal::from(malformed.clone()).code.as_str()
    }
}
