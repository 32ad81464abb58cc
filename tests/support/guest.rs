//! A person: a connection, a name, and what a person would keep in mind of the game.

use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};

use super::Connection;

/// Someone who plays with a name only.
pub(crate) struct Guest {
    connection: Connection,
    port: u16,
    pub(crate) name: String,
    room: Option<String>,
    token: Option<String>,
    /// The present phase: the data of the last `phase_change`.
    pub(crate) phase: Value,
    /// One's own pieces.
    pub(crate) hand: Vec<String>,
    /// The same as the server showed them last, with the sets among them.
    shown: Value,
    redeal_decided: bool,
}

impl Deref for Guest {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Guest {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

impl Guest {
    /// Connects and hears `connected`.
    pub(crate) async fn connect(port: u16, door: &str, name: &str) -> Self {
        let connection = Connection::open(port, door).await;
        let mut guest = Self::on(connection, port, name);
        let connected = guest.next().await;
        assert_eq!(connected["event"], "connected");
        assert_eq!(connected["data"]["room_id"], door);
        assert_eq!(connected["data"]["player_name"], Value::Null);
        assert_eq!(connected["data"]["reconnected"], false);
        guest
    }

    /// The same over a socket that was made beforehand.
    pub(crate) async fn over(stream: tokio::net::TcpStream, port: u16, door: &str, name: &str) -> Self {
        let mut guest = Self::on(Connection::over(stream, port, door).await, port, name);
        assert_eq!(guest.next().await["event"], "connected");
        guest
    }

    /// Connects to the lobby from this address of the machine's own, 127.0.0.0/8.
    pub(crate) async fn from_address(port: u16, address: [u8; 4], name: &str) -> Self {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind((address, 0).into()).expect("an address of this machine");
        let stream = socket.connect(([127, 0, 0, 1], port).into()).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        Self::over(stream, port, "lobby", name).await
    }

    /// Opens a room, starts its game and leaves it to the bots: the room's id, or the refusal if no room is opened.
    pub(crate) async fn leave_a_game_to_bots(&mut self) -> Result<String, Value> {
        self.act("create_room", json!({ "room_name": "Left to bots" })).await;
        loop {
            let mut message = self.next().await;
            if message["event"] == "room_created" {
                self.sit(&message);
                break;
            }
            if message.get("error").is_some() {
                return Err(message["error"].take());
            }
        }
        self.act("start_game", json!({})).await;
        self.expect("game_started").await;
        self.act("leave_room", json!({})).await;
        self.expect("room_left").await;
        Ok(self.room().to_owned())
    }

    /// The connection alone.
    pub(crate) fn into_connection(self) -> Connection {
        self.connection
    }

    /// Over a connection that is there.
    pub(crate) fn on(connection: Connection, port: u16, name: &str) -> Self {
        Self {
            connection,
            port,
            name: name.to_owned(),
            room: None,
            token: None,
            phase: Value::Null,
            hand: Vec::new(),
            shown: Value::Null,
            redeal_decided: false,
        }
    }

    /// The name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The room that one sits in.
    pub(crate) fn room(&self) -> &str {
        self.room.as_deref().expect("a seat")
    }

    /// The secret of the seat.
    pub(crate) fn token(&self) -> &str {
        self.token.as_deref().expect("a seat")
    }

    /// Sends an event with one's own name in it.
    pub(crate) async fn act(&mut self, event: &str, data: Value) {
        let data = self.named(data);
        self.send(event, data).await;
    }

    /// The same, where the data need not keep to the contract.
    pub(crate) async fn act_loose(&mut self, event: &str, data: Value) {
        let data = self.named(data);
        self.send_loose(event, data).await;
    }

    /// The same with a message number.
    pub(crate) async fn act_numbered(&mut self, number: u64, event: &str, data: Value) {
        let data = self.named(data);
        self.send_numbered(number, event, data).await;
    }

    fn named(&self, mut data: Value) -> Value {
        data["player_name"] = json!(self.name);
        data
    }

    /// Makes a room with these options and sits in it as the host.
    pub(crate) async fn create_room(&mut self, options: Value) -> Value {
        let room_name = format!("{}'s room", self.name);
        self.act("create_room", json!({ "room_name": room_name, "options": options })).await;
        let created = self.expect("room_created").await;
        self.sit(&created);
        created
    }

    /// Sits down in a room, from the lobby or at its door.
    pub(crate) async fn join(&mut self, room: &str) -> Value {
        self.act("join_room", json!({ "room_id": room })).await;
        let joined = self.expect("room_joined").await;
        self.sit(&joined);
        joined
    }

    /// Takes the room and the secret from an answer that gives a seat.
    pub(crate) fn sit(&mut self, answer: &Value) {
        self.room = answer["data"]["room_id"].as_str().map(str::to_owned);
        self.token = answer["data"]["session_token"].as_str().map(str::to_owned);
        assert!(self.token().len() >= 22, "128 random bits or more");
    }

    /// The next message, and what a person makes of it.
    pub(crate) async fn next(&mut self) -> Value {
        let message = self.connection.next().await;
        self.notice(&message);
        message
    }

    fn notice(&mut self, message: &Value) {
        let data = &message["data"];
        match message["event"].as_str() {
            Some("phase_change") => self.phase = data.clone(),
            Some("hand_updated") => self.pick_up(data),
            Some("reconnected") => {
                self.phase = data["game_state"].clone();
                if data["hand"].is_object() {
                    self.pick_up(&data["hand"]);
                }
            }
            _ => {}
        }
    }

    fn pick_up(&mut self, hand: &Value) {
        (self.hand, self.shown) = (pieces(hand), hand.clone());
        if self.hand.len() == 8 {
            self.redeal_decided = false;
        }
    }

    /// Reads on until this event. An error on the way is one that the test did not want.
    pub(crate) async fn expect(&mut self, event: &str) -> Value {
        loop {
            let message = self.next().await;
            if message["event"] == event {
                return message;
            }
            assert!(message.get("error").is_none(), "{} waited for {event}, got {message}", self.name);
        }
    }

    /// Reads on until an error, which has this code: the `error` of it.
    pub(crate) async fn refused(&mut self, code: &str) -> Value {
        loop {
            let mut message = self.next().await;
            let Some(error) = message.get_mut("error").map(Value::take) else {
                continue;
            };
            assert_eq!(error["code"], code, "{error}");
            let event = if code.starts_with('3') { "validation_error" } else { "error" };
            assert_eq!(message["event"], event);
            assert!(error["details"].is_object(), "the details carry the facts: {error}");
            return error;
        }
    }

    /// Hears all that the room has said so far: its events since the last that was read.
    pub(crate) async fn catch_up(&mut self) -> Vec<Value> {
        self.synchronise(u64::MAX, None).await.1
    }

    /// The room's sequence and the hash of its state as this seat sees it: equal when nothing has changed.
    pub(crate) async fn snapshot(&mut self) -> (u64, String) {
        let (answer, _) = self.synchronise(u64::MAX, None).await;
        let sequence = answer["current_sequence"].as_u64().expect("a number");
        (sequence, answer["state_hash"].as_str().expect("a hash").to_owned())
    }

    /// `sync_response.data`, and the numbered events that came before it.
    pub(crate) async fn synchronise(&mut self, since: u64, hash: Option<&str>) -> (Value, Vec<Value>) {
        let mut data = json!({ "last_sequence": since });
        if let Some(hash) = hash {
            data["client_state_hash"] = json!(hash);
        }
        self.send("sync_request", data).await;
        let mut events = Vec::new();
        loop {
            let mut message = self.next().await;
            if message["event"] == "sync_response" {
                return (message["data"].take(), events);
            }
            assert!(message.get("error").is_none(), "{} wanted to synchronise, got {message}", self.name);
            if message["sequence_number"].is_u64() {
                events.push(message);
            }
        }
    }

    /// A new connection of the same person, at the room's door and not yet in the seat.
    pub(crate) async fn again(&self) -> Self {
        self.again_at(self.port).await
    }

    /// The same at a server that may have moved.
    pub(crate) async fn again_at(&self, port: u16) -> Self {
        let mut again = Self::connect(port, self.room(), &self.name).await;
        again.room.clone_from(&self.room);
        again.token.clone_from(&self.token);
        again.connection.numbers_of(&self.connection);
        again
    }

    /// Loses the connection without a word: the socket closes.
    pub(crate) async fn cut(&mut self) {
        self.connection.cut().await;
    }

    /// Comes back into the seat over a new connection; the `reconnected` message.
    pub(crate) async fn come_back(&mut self, last_sequence: Option<u64>) -> Value {
        let mut data = json!({ "session_token": self.token() });
        if let Some(last_sequence) = last_sequence {
            data["last_sequence"] = json!(last_sequence);
        }
        self.act("join_room", data).await;
        let back = self.expect("reconnected").await;
        assert_eq!(back["data"]["player_name"], self.name);
        assert_eq!(back["data"]["session_token"], self.token());
        back
    }

    /// What a person does who is asked now: an event and its data. What they choose differs from turn to turn.
    pub(crate) fn decision(&self) -> Option<(&'static str, Value)> {
        let whim = usize::try_from(self.last_sequence).unwrap_or_default();
        let decision = decision(&self.name, &self.phase, &self.shown, whim)?;
        (!self.redeal_decided || self.phase["phase"] != "PREPARATION").then_some(decision)
    }

    /// This many of one's pieces that form no valid set, if there are such.
    pub(crate) fn no_set_of(&self, count: usize) -> Option<Vec<String>> {
        let mut choices = (0..self.hand.len()).map(|first| {
            let from = self.hand.iter().cycle().skip(first);
            from.take(count).cloned().collect::<Vec<_>>()
        });
        let is_set = |pieces: &Vec<String>| {
            let same = |set: &Vec<String>| set.len() == count && set.iter().all(|id| pieces.contains(id));
            sets(&self.shown).iter().any(same)
        };
        choices.find(|pieces| !is_set(pieces))
    }

    /// Acts if one is asked.
    pub(crate) async fn act_if_asked(&mut self) {
        if let Some((event, data)) = self.decision() {
            self.redeal_decided |= event.ends_with("redeal");
            self.act(event, data).await;
        }
    }

    /// Plays until the game is over: the data of `game_over`.
    pub(crate) async fn play_to_the_end(&mut self) -> Value {
        self.act_if_asked().await;
        loop {
            let mut message = self.next().await;
            assert!(message.get("error").is_none(), "{}: {message}", self.name);
            match message["event"].as_str() {
                Some("phase_change") => self.act_if_asked().await,
                Some("game_over") => return message["data"].take(),
                _ => {}
            }
        }
    }
}

/// What somebody of this name does who is asked: an event and its data, by the last phase and the last hand that they were
/// shown. The whim chooses among what is legal.
pub(crate) fn decision(name: &str, phase: &Value, hand: &Value, whim: usize) -> Option<(&'static str, Value)> {
    let open = &phase["phase_data"];
    let mine = open["current_player"] == *name;
    match phase["phase"].as_str()? {
        "PREPARATION" if open["decisions"].get(name) == Some(&Value::Null) => {
            let event = if whim.is_multiple_of(2) { "accept_redeal" } else { "decline_redeal" };
            Some((event, json!({})))
        }
        "DECLARATION" if mine => {
            let legal = open["valid_declarations"].as_array()?;
            Some(("declare", json!({ "declaration": legal[whim % legal.len()] })))
        }
        "TURN" if mine => {
            let chosen = match open["required_piece_count"].as_u64() {
                None => {
                    let mut sets = sets(hand);
                    sets.swap_remove(whim % sets.len())
                }
                Some(count) => {
                    let pieces = pieces(hand);
                    let from = pieces.iter().cycle().skip(whim % pieces.len());
                    from.take(usize::try_from(count).expect("a small number")).cloned().collect()
                }
            };
            Some(("play", json!({ "piece_ids": chosen })))
        }
        _ => None,
    }
}

fn pieces(hand: &Value) -> Vec<String> {
    texts(hand["pieces"].as_array().into_iter().flatten().map(|piece| &piece["id"]))
}

fn sets(hand: &Value) -> Vec<Vec<String>> {
    let sets = hand["valid_sets"].as_array().into_iter().flatten();
    sets.map(|set| texts(set["piece_ids"].as_array().into_iter().flatten())).collect()
}

fn texts<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<String> {
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}
