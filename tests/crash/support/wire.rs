//! One WebSocket connection to a server that may die at any moment. All that is heard and sent keeps to its schema.

use clients::{Dial, End, ServerAddress, Socket};
use serde_json::Value;

use super::{schemas, within};
use crate::shared::DEADLINE;

/// Why a person can't go on with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The connection broke.
    Broken,
    /// No connection could be made.
    NoServer,
    /// The server closed it with this code.
    Closed(u16),
    /// What was asked could not be made durable; nothing was done.
    Refused,
    /// The room is not there any more.
    NoRoom,
}

/// The connection.
pub(crate) struct Wire(Socket);

impl Wire {
    /// Connects to `/ws/{door}`.
    pub(crate) async fn open(port: u16, door: &str) -> Result<Self, Stop> {
        let dial = Dial::to(ServerAddress::local(port)).patience(DEADLINE).silence(None);
        let mut wire = Self(dial.open(door).await.map_err(|_| Stop::NoServer)?);
        let first = wire.hear().await?;
        match first["event"].as_str() {
            Some("connected") => Ok(wire),
            // Of a room that is unknown, or whose game has ended.
            _ if ["1003", "2008"].iter().any(|code| first["error"]["code"] == *code) => Err(Stop::NoRoom),
            _ => panic!("expected to be greeted, got {first}"),
        }
    }

    /// Sends; whether the server lives shows in what is heard next.
    pub(crate) async fn send(&mut self, message: &Value) {
        let text = message.to_string();
        schemas::check(&format!("game/client/{}", event(message)), &text, message);
        let _ = self.0.send(text).await;
    }

    /// The next message.
    pub(crate) async fn hear(&mut self) -> Result<Value, Stop> {
        match within("something to hear", self.0.next()).await {
            Ok(text) => {
                let message = serde_json::from_str(&text).expect("the server speaks JSON");
                schemas::check(&format!("game/server/{}", event(&message)), &text, &message);
                Ok(message)
            }
            // A close frame without a code.
            Err(End::Closed { code: 1005, .. } | End::Lost) => Err(Stop::Broken),
            Err(End::Closed { code, .. }) => Err(Stop::Closed(code)),
        }
    }
}

fn event(message: &Value) -> &str {
    message["event"].as_str().expect("every message has an event")
}
