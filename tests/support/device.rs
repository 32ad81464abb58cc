//! A device of somebody with an account: a connection of contract state that keeps in mind how one game stands.

use serde_json::{Value, json};

use super::{Person, Speaker, TestServer, player::decision};

/// A connection, and what its person would know of the game.
pub(crate) struct Device {
    /// What it speaks with.
    pub(crate) speaker: Speaker,
    /// The account's id.
    pub(crate) id: String,
    /// The game that was asked for last.
    pub(crate) game: String,
    /// One's own name in that game; empty without a seat.
    pub(crate) name: String,
    /// The last `state`.
    pub(crate) state: Value,
    /// One's own pieces.
    pub(crate) hand: Vec<String>,
    decided: bool,
    /// The state that was last acted on: it may be told again, when someone comes back.
    answered: Value,
}

impl Device {
    /// A player's.
    pub(crate) async fn of(person: &Person) -> Self {
        Self::named(person, "player", None).await
    }

    /// Connects and hears that it is connected.
    pub(crate) async fn named(person: &Person, client_type: &str, device: Option<&str>) -> Self {
        let mut speaker = Speaker::state(person, client_type, device).await;
        let status = speaker.next().await;
        assert_eq!((&status["type"], &status["data"]["status"]), (&json!("connection_status"), &json!("connected")));
        let (game, name) = (String::new(), String::new());
        let (state, hand) = (Value::Null, Vec::new());
        Self { speaker, id: person.id().await, game, name, state, hand, decided: false, answered: Value::Null }
    }

    /// The same with a game that is followed.
    pub(crate) async fn at(person: &Person, game: &str) -> Self {
        let mut device = Self::of(person).await;
        device.follow(game).await;
        device
    }

    /// Asks how a game stands.
    pub(crate) async fn ask(&mut self, game: &str) {
        let request = json!({ "type": "game_state_request", "data": { "game_id": game } });
        self.speaker.send(&request).await;
    }

    /// Asks how a game stands, and hears it: the data. Who is told on the way what others do has a seat there, by which
    /// the answer is known.
    pub(crate) async fn follow(&mut self, game: &str) -> Value {
        let again = self.game == game && !self.name.is_empty();
        game.clone_into(&mut self.game);
        self.ask(game).await;
        let data = self.expect_that("game_state_update", |data| !again || data["state"]["you"].is_string()).await;
        self.name = data["state"]["you"].as_str().unwrap_or_default().to_owned();
        data
    }

    /// The next message, and what a person makes of it.
    pub(crate) async fn next(&mut self) -> Value {
        let message = self.speaker.next().await;
        let data = &message["data"];
        if data["game_id"] == self.game {
            match message["type"].as_str() {
                Some("game_state_update") => {
                    self.state = data["state"].clone();
                    self.take_up(&data["state"]["hand"]);
                }
                Some("hand_update") => self.take_up(&data["hand"]),
                _ => {}
            }
        }
        message
    }

    fn take_up(&mut self, hand: &Value) {
        let Some(hand) = hand.as_array() else { return };
        let hand: Vec<String> = hand.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        if hand.len() == 8 && hand != self.hand {
            // A deal asks anew, also where the state is as it was: a hand that was dealt again may be weak again.
            self.decided = false;
            self.answered = Value::Null;
        }
        self.hand = hand;
    }

    /// Reads on until such a message of the game: its data.
    pub(crate) async fn expect_that(&mut self, kind: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut message = self.next().await;
            if message["type"] == kind && message["data"]["game_id"] == self.game && wanted(&message["data"]) {
                return message["data"].take();
            }
            assert_ne!(message["type"], "error", "waited for {kind}, got {message}");
        }
    }

    /// The next word on how the game stands: the data.
    pub(crate) async fn update(&mut self) -> Value {
        self.expect_that("game_state_update", |_| true).await
    }

    /// Reads on until the game has begun.
    pub(crate) async fn begin(&mut self) {
        while self.state["status"] == "not_started" {
            self.update().await;
        }
    }

    /// The next `player_action`: its data.
    pub(crate) async fn action(&mut self) -> Value {
        self.expect_that("player_action", |_| true).await
    }

    /// Reads on until an error with this code: its details.
    pub(crate) async fn refused(&mut self, code: &str) -> Value {
        loop {
            let mut message = self.next().await;
            if message["type"] == "error" {
                assert_eq!(message["data"]["code"], code, "{message}");
                assert!(message["data"]["message"].as_str().is_some_and(|words| words.len() > 5), "{message}");
                return message["data"]["details"].take();
            }
        }
    }

    /// A `player_action` of one's own.
    pub(crate) fn deed(&self, action: &str, value: Value) -> Value {
        let mut data = json!({ "game_id": self.game, "player_id": self.id, "action": action });
        data["timestamp"] = json!("2024-03-21T14:30:00.000Z");
        if !value.is_null() {
            data["value"] = value;
        }
        json!({ "type": "player_action", "data": data })
    }

    /// Decides.
    pub(crate) async fn act(&mut self, action: &str, value: Value) {
        let deed = self.deed(action, value);
        self.speaker.send(&deed).await;
    }

    /// What does not keep to the contract, with other fields than usual; null takes one away.
    pub(crate) async fn act_with(&mut self, action: &str, fields: &Value) {
        let mut deed = self.deed(action, Value::Null);
        let data = deed["data"].as_object_mut().expect("an object");
        for (field, value) in fields.as_object().expect("fields") {
            match value {
                Value::Null => drop(data.remove(field)),
                value => drop(data.insert(field.clone(), value.clone())),
            }
        }
        self.speaker.send_raw(&deed.to_string()).await;
    }

    /// Whether one's own decision is waited for.
    pub(crate) fn is_asked(&self) -> bool {
        let redeal = self.state["status"] == "preparation";
        self.state["current_player"] == self.name && !self.name.is_empty() && !(redeal && self.decided)
    }

    /// What a person does who is asked; what they choose differs from turn to turn.
    pub(crate) fn choice(&self, whim: usize) -> (&'static str, Value) {
        match self.state["status"].as_str().expect("a phase") {
            "preparation" => (if whim.is_multiple_of(3) { "accept_redeal" } else { "decline_redeal" }, Value::Null),
            "declaration" => {
                let legal = self.state["valid_declarations"].as_array().expect("legal numbers");
                ("declare", legal[whim % legal.len()].clone())
            }
            "turn" => {
                // A single is a set to lead with.
                let count = self.state["required_piece_count"].as_u64().unwrap_or(1);
                let from = self.hand.iter().cycle().skip(whim % self.hand.len());
                let pieces: Vec<&String> = from.take(usize::try_from(count).expect("a small number")).collect();
                ("play", json!(pieces))
            }
            _ => panic!("nobody is asked: {}", self.state),
        }
    }

    /// Acts if one is asked.
    pub(crate) async fn act_if_asked(&mut self) {
        let mut state = self.state.clone();
        if let Some(state) = state.as_object_mut() {
            state.remove("timer");
        }
        if self.is_asked() && self.answered != state {
            self.answered = state;
            let (action, value) = self.choice(self.speaker.seen.len());
            self.decided |= action.ends_with("redeal");
            self.act(action, value).await;
        }
    }

    /// Plays, or only watches, until the game is over: the data of its last update.
    pub(crate) async fn play_to_the_end(&mut self) -> Value {
        self.act_if_asked().await;
        loop {
            let mut message = self.next().await;
            assert_ne!(message["type"], "error", "{}: {message}", self.name);
            if message["type"] == "game_state_update" && message["data"]["game_id"] == self.game {
                if message["data"]["winners"].is_array() {
                    return message["data"].take();
                }
                self.act_if_asked().await;
            }
        }
    }

    /// Every message of this kind about the game: their data.
    pub(crate) fn heard(&self, kind: &str) -> Vec<&Value> {
        let of_kind = self.speaker.seen.iter().filter(|message| message["type"] == kind);
        of_kind.map(|message| &message["data"]).filter(|data| data["game_id"] == self.game).collect()
    }
}

/// A server for people who play as fast as they can.
pub(crate) fn unhurried(flags: &[&str]) -> TestServer {
    TestServer::unlimited(&[&["--state-messages-per-second=1000"], flags].concat())
}

/// Somebody plays over REST when asked, and this device of another tells when the game goes on.
pub(crate) async fn step(person: &Person, game: &str, whim: usize) -> Value {
    let state = person.state(game).await;
    person.does(game, &decision(&state, whim)).await
}
