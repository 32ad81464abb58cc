//! Rooms, sessions, bots and the lobby: who talks to whom. The only concurrency of the server.
//!
//! A [`Session`](session::Session) is one connection in one contract; a [`Room`](room::Room) is one game with its
//! seats; a bot is a brain on a seat; the lobby tells who is in the lobby what changed. All of them
//! share an [`Engine`]. Waiting goes one way: a session may wait for a room, never a room for a session.

mod announcements;
mod background;
mod bot;
mod chat;
mod closed;
mod connections;
mod cost;
mod engine;
pub mod journal;
mod limit;
mod linger;
pub mod live_log;
mod lobby;
mod meters;
pub mod mistakes;
mod network;
mod pauses;
mod petitions;
mod pulse;
mod readers;
mod recovery;
pub mod replay;
pub mod room;
mod rooms;
pub mod session;
mod settings;
pub mod window;
pub mod wire;

pub use background::Background;
pub use closed::Visibility;
pub use connections::Connections;
pub use cost::{Cost, Costs, WorkRate};
pub use engine::Engine;
pub use journal::Durability;
pub use limit::Limit;
pub use live_log::{LiveLog, NotLogged};
pub use network::Network;
pub use readers::Readers;
pub use recovery::Recovered;
pub use rooms::{RoomView, Rooms};
pub use settings::Settings;
