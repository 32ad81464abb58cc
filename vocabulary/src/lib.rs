//! The engine's own types, above the rules and below the contracts.
//!
//! [`Request`] is everything that a client can ask, [`Notice`] and [`Reply`] everything that the server can send,
//! [`Denial`] every reason to refuse. Nothing here is JSON: the crate `contracts` translates. A [`PublicNotice`] has no
//! field that could hold a hand; only a [`PrivateNotice`] has, and it names its one seat.

mod announcement;
mod chat;
pub mod clock;
mod denial;
mod id;
mod log;
mod name;
mod notice;
mod player;
mod reply;
mod request;
mod room;
#[cfg(feature = "schema")]
mod schema;
mod time;
mod token;

pub use announcement::{Announcement, Bulletin, Maintenance, Pause, Severity};
pub use chat::{Author, ChatEvent, ChatNotice, ChatRequest, Gesture, ParseScopeError, Profile, Scope, Status};
pub use denial::{Denial, Held, InvalidPlay};
pub use id::{ConnectionId, ParseConnectionIdError, ParseRoomIdError, RoomId, Sequence};
pub use log::{LogFilter, LogFound, LogHistory, LogKind, LogMessage, LogRequest, LogSlice};
pub use name::{InvalidName, Name, Skeleton};
pub use notice::{
    Audience, BonusKind, Departure, Finale, Notice, PrivateNotice, PublicNotice, Secret, Stamp, Statistics, redeal_word,
};
pub use player::{AccountId, By, LoginId, ParseAccountIdError, PlayerId, Who};
pub use reply::{Attendance, Missed, Reconnection, Reply, RoomListing, Synchronisation};
pub use request::{Choice, CreateRoom, JoinRoom, Occupant, Page, Pieces, Request, RoomRequest};
pub use room::{
    Difficulty, LastAction, Pace, Player, PlayerKind, RoomOptions, RoomStatus, Roster, Situation, TakeoverReason,
};
pub use time::Timestamp;
pub use token::{SessionToken, TokenHash};
