//! One WebSocket connection of contract live log, chat or state.

use std::ops::{Deref, DerefMut};

use clients::End;
use serde_json::Value;
use tokio_tungstenite::tungstenite::http::Response;

use super::{Connection, Person};

/// A connection, and all that it heard.
pub(crate) struct Speaker(Connection);

impl Deref for Speaker {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Speaker {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

impl Speaker {
    /// Contract *live log*; the query begins with `?`, or is empty.
    pub(crate) async fn live_log(port: u16, query: &str) -> Self {
        Self::arrived(port, "live_log", &format!("/ws/live-log{query}"), &[]).await
    }

    /// Contract *chat*, as this person.
    pub(crate) async fn chat(person: &Person) -> Self {
        Self::arrived(person.port(), "chat", &format!("/ws?token={}", person.token), &[]).await
    }

    /// Contract *state*, as this person.
    pub(crate) async fn state(person: &Person, client_type: &str, device: Option<&str>) -> Self {
        let bearer = format!("Bearer {}", person.token);
        let mut headers = vec![("authorization", bearer.as_str()), ("client-type", client_type)];
        headers.extend(device.map(|device| ("device-id", device)));
        Self::arrived(person.port(), "state", "/ws", &headers).await
    }

    async fn arrived(port: u16, contract: &'static str, path: &str, headers: &[(&'static str, &str)]) -> Self {
        Self(Self::knock(port, contract, path, headers).await.expect("an upgrade").0.arrived().await)
    }

    /// Asks for an upgrade with these headers.
    ///
    /// # Errors
    /// The answer when it is none.
    pub(crate) async fn knock(
        port: u16,
        contract: &'static str,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Box<Response<Option<Vec<u8>>>>> {
        Connection::knock(contract, port, path, headers).await.map(Self)
    }

    /// Sends a message that keeps to the contract.
    pub(crate) async fn send(&mut self, message: &Value) {
        self.send_message(message).await;
    }

    /// Ends the connection as the protocol wants it.
    pub(crate) async fn close(&mut self) {
        self.0.close(None).await;
    }

    /// The next message; none when the server closes, with code and reason.
    ///
    /// # Errors
    /// The close code and its reason.
    pub(crate) async fn hear(&mut self) -> Result<Value, (u16, String)> {
        self.0.hear().await.map_err(|end| match end {
            End::Closed { code, reason } => (code, reason),
            End::Lost => panic!("the connection broke; its last message: {:#?}", self.0.seen.last()),
        })
    }

    /// Reads on until a message of this name.
    pub(crate) async fn expect(&mut self, name: &str) -> Value {
        self.expect_that(name, |_| true).await
    }

    /// Reads on until such a message of this name. An error on the way is one that the test did not want.
    pub(crate) async fn expect_that(&mut self, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.next().await;
            let this = self.name(&message);
            if this == name && wanted(&message) {
                return message;
            }
            assert!(name == "error" || this != "error", "waited for {name}, got {message}");
        }
    }

    /// Reads on until the server closes: code and reason.
    pub(crate) async fn end(&mut self) -> (u16, String) {
        self.closed().await
    }
}
