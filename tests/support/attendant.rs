//! One WebSocket connection at `/ws/battles/{id}`.

use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::http::Response;

use super::{Connection, Person, player::decision};

/// A connection, and all that it heard.
pub(crate) struct Attendant(Connection);

impl Deref for Attendant {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Attendant {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

impl Attendant {
    /// Asks for an upgrade with these headers.
    ///
    /// # Errors
    /// The answer when it is none.
    pub(crate) async fn knock(
        port: u16,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Box<Response<Option<Vec<u8>>>>> {
        let mut connection = Connection::knock("battles", port, path, headers).await?;
        connection.battle =
            path.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
        Ok(Self(connection))
    }

    /// Waits until the server has said something, which is heard again.
    pub(crate) async fn arrived(self) -> Self {
        Self(self.0.arrived().await)
    }

    /// The socket below, to be used without the protocol: nobody answers a ping any more.
    pub(crate) fn into_socket(self) -> tokio::net::TcpStream {
        self.0.into_socket()
    }

    /// Submits an action.
    pub(crate) async fn act(&mut self, action: &Value) {
        self.send("game:action", json!({ "action": action })).await;
    }

    /// The same with the number of the message.
    pub(crate) async fn act_numbered(&mut self, number: u64, action: &Value) {
        self.send("game:action", json!({ "requestId": number, "action": action })).await;
    }

    /// Reads on until this event: its data. An error on the way is one that the test did not want.
    pub(crate) async fn expect(&mut self, event: &str) -> Value {
        self.expect_that(event, |_| true).await
    }

    /// Reads on until an event with such data.
    pub(crate) async fn expect_that(&mut self, event: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut message = self.next().await;
            if message["event"] == event && wanted(&message["data"]) {
                return message["data"].take();
            }
            assert!(event == "error" || message["event"] != "error", "waited for {event}, got {message}");
        }
    }

    /// Reads on until an error, which has this code: its data.
    pub(crate) async fn refused(&mut self, code: &str) -> Value {
        let error = self.expect("error").await;
        assert_eq!(error["code"], code, "{error}");
        error
    }

    /// The own id, by the first message.
    pub(crate) fn me(&self) -> &str {
        self.seen[0]["data"]["playerId"].as_str().expect("the first message says who one is")
    }

    /// Whether a state waits for the own decision.
    pub(crate) fn is_asked(&self, state: &Value) -> bool {
        let effects = &state["players"][self.me()]["status"];
        effects.as_array().is_some_and(|effects| effects.contains(&json!({ "type": "CURRENT" })))
    }

    /// Reads on until the next public word on how the game stands: that state.
    pub(crate) async fn next_update(&mut self) -> Value {
        self.expect_that("game:update", |data| data["state"].is_object()).await["state"].take()
    }

    /// How the game stands now, with the own pieces: everything that the battle said before has been heard then.
    pub(crate) async fn state(&mut self) -> Value {
        let number = u64::try_from(self.seen.len()).expect("a count") + 1_000_000;
        self.send("game:update", json!({ "requestId": number })).await;
        self.expect_that("game:update", |data| data["requestId"] == number).await["state"].take()
    }

    /// Decides over REST for the person whose connection this is, and reads on to know when: the data of `game:end`.
    pub(crate) async fn play_over_rest(&mut self, person: &Person) -> Value {
        let battle = self.battle.clone();
        for whim in 0.. {
            let mut state = self.state().await;
            while !self.is_asked(&state) && state["status"] != "GAME_OVER" {
                self.next_update().await;
                state = self.state().await;
            }
            if state["status"] == "GAME_OVER" {
                break;
            }
            person.does(&battle, &decision(&state, whim)).await;
        }
        let end = self.seen.iter().find(|message| message["event"] == "game:end");
        end.expect("the end is told before it is seen")["data"].clone()
    }
}
