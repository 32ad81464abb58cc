//! Someone with a seat: comes back with the token, and checks what the server then says of the past.

use serde_json::{Value, json};

use super::{
    memory::{self, Memory},
    wire::{Stop, Wire},
};

/// A person at a table. The connection may go; the memory stays.
pub(crate) struct Person {
    pub(super) name: String,
    pub(super) room: String,
    token: String,
    wire: Option<Wire>,
    pub(super) memory: Memory,
    /// The present phase: the data of the last `phase_change`.
    pub(super) phase: Value,
    /// One's own pieces, as the server last showed them: `hand_updated`.
    pub(super) hand: Value,
    /// What was asked and not answered: number, event, data.
    pub(super) asked: Option<(u64, &'static str, Value)>,
    /// Whether the server refused it for now.
    pub(super) refused: bool,
    pub(super) asked_so_far: u64,
    /// The last number when the past was checked.
    pub(super) checked_to: u64,
    pub(super) over: bool,
    /// How often an action was refused because it could not be made durable.
    pub(crate) refusals: usize,
    /// How often a message was sent again, and how often it had acted the first time.
    pub(super) sent_again: (usize, usize),
}

impl Person {
    /// Makes a room and sits in it as the host.
    pub(crate) async fn create(port: u16, name: &str, options: &Value) -> Result<Self, Stop> {
        let data = json!({ "player_name": name, "room_name": "a room", "options": options });
        Self::sit(port, "lobby", name, &json!({ "event": "create_room", "data": data })).await
    }

    /// Sits down in a room.
    pub(crate) async fn join(port: u16, room: &str, name: &str) -> Result<Self, Stop> {
        let data = json!({ "player_name": name, "room_id": room });
        Self::sit(port, room, name, &json!({ "event": "join_room", "data": data })).await
    }

    async fn sit(port: u16, door: &str, name: &str, wish: &Value) -> Result<Self, Stop> {
        let mut wire = Wire::open(port, door).await?;
        wire.send(wish).await;
        let seat = loop {
            let message = wire.hear().await?;
            match message["event"].as_str() {
                Some("room_created" | "room_joined") => break message,
                _ if is_not_durable(&message) => return Err(Stop::Refused),
                // The lobby tells of other rooms, or that the server stops.
                _ => assert!(is_maintenance(&message) || message.get("error").is_none(), "{name}: {message}"),
            }
        };
        let text = |field: &str| seat["data"][field].as_str().expect("a text").to_owned();
        let mut person = Self {
            name: name.to_owned(),
            room: text("room_id"),
            token: text("session_token"),
            wire: Some(wire),
            memory: Memory::default(),
            phase: Value::Null,
            hand: Value::Null,
            asked: None,
            refused: false,
            asked_so_far: 0,
            checked_to: 0,
            over: false,
            refusals: 0,
            sent_again: (0, 0),
        };
        person.notice(&seat);
        Ok(person)
    }

    /// The room.
    pub(crate) fn room(&self) -> &str {
        &self.room
    }

    /// What was told.
    pub(crate) const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Whether there is a connection.
    pub(crate) const fn is_connected(&self) -> bool {
        self.wire.is_some()
    }

    /// The connection ends; what has not been read of it never will be.
    pub(crate) fn hang_up(&mut self) {
        self.wire = None;
    }

    pub(super) async fn send(&mut self, message: &Value) {
        if let Some(wire) = &mut self.wire {
            wire.send(message).await;
        }
    }

    /// The next message, remembered.
    pub(super) async fn next(&mut self) -> Result<Value, Stop> {
        let Some(wire) = &mut self.wire else { return Err(Stop::Broken) };
        let heard = wire.hear().await;
        match &heard {
            Ok(message) => self.notice(message),
            Err(_) => self.wire = None,
        }
        heard
    }

    fn notice(&mut self, message: &Value) {
        if let Some(number) = message["sequence_number"].as_u64() {
            self.memory.hear(number, message);
        }
        match message["event"].as_str() {
            Some("phase_change") => self.phase = message["data"].clone(),
            Some("hand_updated") => self.hand = message["data"].clone(),
            Some("game_over") => self.over = true,
            _ => {}
        }
    }

    /// Back into the seat over a new connection. What the server says of the past must be what was told, with every
    /// acknowledged action in it, and the hand must be the dealt one without what was played.
    pub(crate) async fn come_back(&mut self, port: u16) -> Result<(), Stop> {
        self.wire = Some(Wire::open(port, &self.room).await?);
        self.refused = self.asked.is_some();
        let last = self.memory.last();
        let data = json!({ "player_name": self.name, "session_token": self.token, "last_sequence": last });
        self.send(&json!({ "event": "join_room", "data": data })).await;
        let back = self.next().await?;
        if is_not_durable(&back) {
            self.refusals += 1;
            self.wire = None;
            return Err(Stop::Refused);
        }
        assert_eq!(back["event"], "reconnected", "{} is not let in: {back}", self.name);
        assert_eq!(back["data"]["player_name"], self.name);
        assert_eq!(back["data"]["truncated"], false);
        self.hear_missed(back["data"]["missed_events"].as_u64().expect("a count")).await?;
        self.check_hand(&back["data"]["hand"]);
        self.phase = back["data"]["game_state"].clone();
        self.check_past().await
    }

    /// The same after the server may have lost the last of what it told: what that is.
    pub(crate) async fn come_back_behind(&mut self, port: u16) -> Result<Vec<Value>, Stop> {
        let before = std::mem::replace(&mut self.memory, Memory::learning());
        self.come_back(port).await?;
        Ok(before.lost_in(&self.memory))
    }

    async fn hear_missed(&mut self, count: u64) -> Result<(), Stop> {
        for _ in 0..count {
            let missed = self.next().await?;
            assert!(missed["sequence_number"].is_u64(), "not missed: {missed}");
        }
        Ok(())
    }

    fn check_hand(&self, shown: &Value) {
        let Some(hand) = self.memory.hand() else { return };
        let shown = memory::ids(shown["pieces"].as_array().into_iter().flatten().map(|piece| &piece["id"]));
        assert_eq!(shown, hand, "the hand of {} is not the dealt one without the plays", self.name);
    }

    /// Asks for the whole past and holds it against the memory.
    pub(crate) async fn check_past(&mut self) -> Result<(), Stop> {
        self.send(&json!({ "event": "sync_request", "data": { "last_sequence": 0 } })).await;
        loop {
            let message = self.next().await?;
            if message["event"] == "sync_response" {
                self.memory.check(&message["data"], self.asked.is_some());
                self.checked_to = message["data"]["current_sequence"].as_u64().expect("a number");
                return Ok(());
            }
            assert!(message.get("error").is_none(), "{} wanted the past, got {message}", self.name);
        }
    }
}

/// Whether a message refuses something because it can't be made durable now.
pub(super) fn is_not_durable(message: &Value) -> bool {
    message["error"]["code"] == "4002" && message["error"]["details"]["reason"] == "not_durable"
}

/// Whether a message says that the server stops.
fn is_maintenance(message: &Value) -> bool {
    message["error"]["code"] == "4003"
}
