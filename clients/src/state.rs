//! The messages of contract *state* as types.

pub use contracts::state::{client::*, server};
use serde::Serialize;

/// A message to the server.
#[derive(Debug, Serialize)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
pub enum Request {
    /// Requests the state of a game and subscribes to its events.
    GameStateRequest(GameStateRequest),
    /// Decides for the sender's own seat, or starts the game as its host.
    PlayerAction(PlayerAction),
}

impl Request {
    /// The text to send.
    #[must_use]
    pub fn text(&self) -> String {
        crate::text(self)
    }
}
