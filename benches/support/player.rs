//! A player of contract *game*: one WebSocket connection with a mind.

use serde_json::{Value, json};

use super::{
    mind::{Mind, event},
    socket::{Frame, Socket},
};

/// The people of every room bear these names.
pub(crate) const NAMES: [&str; 4] = ["Person 0", "Person 1", "Person 2", "Person 3"];

/// A connection with a mind.
pub(crate) struct Player {
    pub(crate) socket: Socket,
    pub(crate) mind: Mind,
}

/// The rooms of all measurements: a game must not end before a measurement does.
pub(crate) fn options() -> Value {
    let rules = json!({ "target_score": 200, "max_rounds": 100 });
    json!({ "pace": "instant", "turn_timeout_seconds": 3600, "rules": rules })
}

/// So many people at a new table of this server, the host first; nobody has started.
pub(crate) async fn sit_down(port: u16, people: usize) -> Vec<Player> {
    let mut host = Player::connect(port, "lobby", NAMES[0]).await;
    let room = host.create(&options()).await;
    let mut players = vec![host];
    for name in &NAMES[1..people] {
        let mut guest = Player::connect(port, &room, name).await;
        guest.join(&room).await;
        players.push(guest);
    }
    players
}

impl Player {
    /// Connects to `/ws/{door}`.
    pub(crate) async fn connect(port: u16, door: &str, name: &str) -> Self {
        let socket = Socket::connect(port, door).await.expect("an upgrade");
        Self { socket, mind: Mind::new(name.to_owned()) }
    }

    /// Makes a room and sits down; the room's id.
    pub(crate) async fn create(&mut self, options: &Value) -> String {
        self.send("create_room", json!({ "room_name": "Bench", "options": options })).await;
        let created = self.wait_for("room_created").await;
        created["data"]["room_id"].as_str().expect("a room").to_owned()
    }

    /// Sits down.
    pub(crate) async fn join(&mut self, room: &str) {
        self.send("join_room", json!({ "room_id": room })).await;
        self.wait_for("room_joined").await;
    }

    /// Starts the game.
    pub(crate) async fn start(&mut self) {
        self.send("start_game", json!({})).await;
    }

    pub(crate) async fn send(&mut self, event: &str, mut data: Value) {
        data["player_name"] = json!(self.mind.name);
        self.socket.send(&json!({ "event": event, "data": data }).to_string()).await;
    }

    /// The next message of this event.
    pub(crate) async fn wait_for(&mut self, wanted: &str) -> Value {
        loop {
            match self.socket.next().await {
                Some(Frame::Text(text)) => {
                    assert!(!event(text).ends_with("error"), "{text}");
                    if event(text) == wanted {
                        return serde_json::from_str(text).expect("JSON");
                    }
                }
                Some(Frame::Pong) => {}
                Some(Frame::Close) | None => panic!("the server closed the connection"),
            }
        }
    }
}
