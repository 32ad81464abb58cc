//! The messages of contract *battles* as types, over its WebSocket. What is asked by plain requests goes through
//! [`Http`](crate::Http).

pub use contracts::battles::server;
use serde_json::json;

/// A message to the server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Request {
    /// `game:action`: a decision, under a number. The server acts once on messages with the same number.
    Action {
        /// The number.
        request_id: u64,
        /// The decision.
        action: server::Action,
    },
    /// `game:update`: requests the state.
    State,
}

impl Request {
    /// The text to send.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Action { request_id, action } => {
                json!({ "event": "game:action", "data": { "requestId": request_id, "action": action } })
            }
            Self::State => json!({ "event": "game:update", "data": {} }),
        }
        .to_string()
    }
}
