//! Rooms, sessions, bots and the lobby: who talks to whom. The only concurrency of the server.
//!
//! A [`Session`](session::Session) is one connection in one contract; a [`Room`](room::Room) is one game with its
//! seats; a bot is a brain on a seat; the lobby sends the list of rooms to those who wait in it.
//!
//! An actor knows only what stands below it, and reaches the others through the addresses that it was started with: a
//! bot knows nobody, a room its bots and the lobby, the chat and the supervisor the rooms. The [`Engine`] starts them
//! all, and the sessions stand above it. Waiting goes the same way: a session may wait for a room, never a room for a
//! session.

mod account_requests;
mod admission;
mod background;
mod bans;
mod bot;
mod bulletins;
mod chat;
mod closed;
mod connections;
mod cost;
mod creation;
mod crowd;
mod disk;
mod engine;
mod games;
pub mod journal;
mod limit;
pub mod live_log;
mod lobby;
mod meters;
pub mod mistakes;
mod network;
pub mod outbox;
mod oversight;
mod pulse;
mod readers;
mod recovery;
pub mod room;
mod rooms;
pub mod session;
mod settings;
mod supervisor;
mod sweeping;
mod thinking;
pub mod window;

pub use admission::{Requester, RoomLimits};
pub use background::Background;
pub use bans::{Ban, BanTarget, Bans, ParseBanTargetError, has_loopback, overlap, parse_network};
pub use closed::Visibility;
pub use connections::Connections;
pub use cost::{Cost, Costs, WorkRate};
pub use crowd::{Bounds, Crowd, Crowded, Ticket};
pub use disk::DiskState;
pub use engine::Engine;
pub use journal::Durability;
pub use limit::Limit;
pub use live_log::{LiveLog, NotLogged, Source};
pub use network::Network;
pub use oversight::Party;
pub use readers::Readers;
pub use recovery::Recovered;
pub use rooms::Rooms;
pub use settings::Settings;
