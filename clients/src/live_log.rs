//! The messages of contract *live log* as types.

pub use contracts::live_log::message;
use serde::Serialize;
pub use vocabulary::LogKind;

/// A message to the server.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Request {
    /// Subscribes to more types of messages.
    Subscribe {
        /// The types.
        message_types: Vec<LogKind>,
    },
    /// Ends the subscription to these types.
    Unsubscribe {
        /// The types.
        message_types: Vec<LogKind>,
    },
    /// Lists messages, the newest first.
    GetHistory {
        /// The most messages to return, 1 to 500.
        limit: u32,
        /// How many messages to skip.
        offset: u64,
    },
    /// Finds messages by words and names, the best match first.
    Search {
        /// The words to find, 1 to 200 characters.
        query: String,
    },
    /// Checks the connection.
    Ping,
}

impl Request {
    /// The text to send.
    #[must_use]
    pub fn text(&self) -> String {
        crate::text(self)
    }
}
