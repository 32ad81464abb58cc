//! A player with a name alone, who reads no more than they must.

use serde_json::{Value, json};

use crate::socket::{Frame, Socket};

/// A player whose game has three bots.
pub(crate) struct Guest {
    socket: Socket,
    name: String,
    pub(crate) room: String,
    pub(crate) token: String,
}

impl Guest {
    /// Starts a game of twenty rounds and never decides: a bot takes the seat over, and all is at full speed.
    pub(crate) async fn start_long_game(port: u16, number: usize) -> Self {
        let options = json!({
            "pace": "instant", "turn_timeout_seconds": 1, "bot_difficulty": "easy",
            "rules": { "max_rounds": 20, "target_score": 200 },
        });
        let mut guest = Self::create(port, number, &options).await;
        guest.ask("start_game", json!({}), "game_started").await;
        guest
    }

    /// Starts a game in which a decision may take ten minutes.
    pub(crate) async fn start_slow_game(port: u16, number: usize) -> Self {
        let options = json!({ "pace": "instant", "turn_timeout_seconds": 600, "bot_difficulty": "easy" });
        let mut guest = Self::create(port, number, &options).await;
        guest.ask("start_game", json!({}), "game_started").await;
        guest
    }

    /// Makes a room and goes away.
    pub(crate) async fn open_room(port: u16, number: usize) {
        Self::create(port, number, &json!({})).await;
    }

    async fn create(port: u16, number: usize, options: &Value) -> Self {
        let mut socket = Socket::connect(port, "lobby").await.expect("a lobby");
        let name = format!("Bench {number}");
        let data = json!({ "room_name": name, "player_name": name, "options": options });
        let created: Value =
            serde_json::from_str(&exchange(&mut socket, "create_room", &data, "room_created").await).expect("JSON");
        let text = |field: &str| created["data"][field].as_str().expect("a text").to_owned();
        Self { socket, name, room: text("room_id"), token: text("session_token") }
    }

    async fn ask(&mut self, event: &str, mut data: Value, answer: &str) -> String {
        data["player_name"] = json!(self.name);
        exchange(&mut self.socket, event, &data, answer).await
    }

    /// Reads on until this event.
    pub(crate) async fn hear(&mut self, event: &str) {
        next(&mut self.socket, event).await;
    }

    /// Asks for all that happened: the bytes of the answer.
    pub(crate) async fn synchronise(&mut self) -> usize {
        self.ask("sync_request", json!({ "last_sequence": 0 }), "sync_response").await.len()
    }

    /// Reconnects as if no event had arrived; returns the bytes of all that the server sends.
    pub(crate) async fn come_back(&mut self, port: u16) -> usize {
        self.socket = Socket::connect(port, &self.room).await.expect("the room");
        let data = json!({ "session_token": self.token, "last_sequence": 0 });
        let back = self.ask("join_room", data, "reconnected").await;
        let read: Value = serde_json::from_str(&back).expect("JSON");
        let mut bytes = back.len();
        for _ in 0..read["data"]["missed_events"].as_u64().expect("a number") {
            bytes += next_with(&mut self.socket, "\"sequence_number\"", "\"sequence_number\"").await;
        }
        bytes
    }
}

/// Sends an event and reads on until this answer.
pub(crate) async fn exchange(socket: &mut Socket, event: &str, data: &Value, answer: &str) -> String {
    socket.send(&json!({ "event": event, "data": data }).to_string()).await;
    next(socket, answer).await
}

async fn next(socket: &mut Socket, event: &str) -> String {
    let beginning = format!(r#"{{"event":"{event}""#);
    loop {
        match socket.next().await {
            Some(Frame::Text(text)) if text.starts_with(&beginning) => return text.to_owned(),
            Some(Frame::Text(text)) => assert!(!text.contains("\"error\":{"), "waited for {event}, got {text}"),
            Some(Frame::Pong) => {}
            end => panic!("waited for {event}, got {end:?}"),
        }
    }
}

/// Reads on until a message that has one of these in it: its bytes.
pub(crate) async fn next_with(socket: &mut Socket, one: &str, other: &str) -> usize {
    loop {
        match socket.next().await {
            Some(Frame::Text(text)) if text.contains(one) || text.contains(other) => return text.len(),
            Some(Frame::Text(_) | Frame::Pong) => {}
            end => panic!("waited for {one}, got {end:?}"),
        }
    }
}
