//! The messages of contract *chat* as types.

pub use contracts::chat::{client::*, server};
use serde::Serialize;

/// A message to the server.
#[derive(Debug, Serialize)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
pub enum Request {
    /// Sends a chat message.
    Message(Message),
    /// The sender is typing.
    Status(Status),
    /// The sender's avatar changes.
    AvatarUpdate(AvatarUpdate),
}

impl Request {
    /// The text to send.
    #[must_use]
    pub fn text(&self) -> String {
        crate::text(self)
    }
}
