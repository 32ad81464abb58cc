//! A player of contract *game*: one WebSocket connection that decides when it is asked.

use std::{collections::HashMap, rc::Rc, time::Instant};

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::{
    socket::{Frame, Socket},
    table::Table,
    tally::Tally,
};

/// What a player has to do after a message.
pub(crate) enum Next {
    /// Nothing.
    Listen,
    /// To send this.
    Act(String),
    /// To go, for the game is over.
    Go,
}

/// What a player knows of its game.
pub(crate) struct Mind {
    name: String,
    /// What a message says when this player is asked to declare or to play.
    asked: String,
    /// The last message about one's own pieces; it is read when they are needed.
    hand: String,
    redeal_decided: bool,
    acted: usize,
}

/// A connection with a mind.
pub(crate) struct Player {
    pub(crate) socket: Socket,
    pub(crate) mind: Mind,
}

impl Mind {
    pub(crate) fn new(name: String) -> Self {
        let asked = format!("\"current_player\":\"{name}\"");
        Self { name, asked, hand: String::new(), redeal_decided: false, acted: 0 }
    }

    /// Takes a message in.
    pub(crate) fn hear(&mut self, text: &str) -> Next {
        match event(text) {
            "hand_updated" => {
                self.hand.clear();
                self.hand.push_str(text);
            }
            "phase_change" if self.may_be_asked(text) => return self.decide(text).map_or(Next::Listen, Next::Act),
            "game_over" => return Next::Go,
            _ => {}
        }
        Next::Listen
    }

    /// A quick look before the message is read: there are four players, and mostly one is asked.
    fn may_be_asked(&self, text: &str) -> bool {
        text.contains(&self.asked) || text.contains("\"PREPARATION\"")
    }

    fn decide(&mut self, text: &str) -> Option<String> {
        let Of { data: now } = serde_json::from_str::<Of<PhaseChange<'_>>>(text).expect("a phase");
        let open = now.phase_data;
        let mine = open.current_player == Some(self.name.as_str());
        let undecided = matches!(open.decisions.get(self.name.as_str()), Some(None));
        let name = &self.name;
        let text = match now.phase {
            "PREPARATION" if undecided && !self.redeal_decided => {
                format!(r#"{{"event":"decline_redeal","data":{{"player_name":"{name}"}}}}"#)
            }
            "DECLARATION" if mine => {
                let declaration = open.valid_declarations[self.acted % open.valid_declarations.len()];
                format!(r#"{{"event":"declare","data":{{"player_name":"{name}","declaration":{declaration}}}}}"#)
            }
            "TURN" if mine => {
                let pieces = self.choice(open.required_piece_count).join("\",\"");
                format!(r#"{{"event":"play","data":{{"player_name":"{name}","piece_ids":["{pieces}"]}}}}"#)
            }
            _ => return None,
        };
        self.redeal_decided = now.phase == "PREPARATION";
        self.acted += 1;
        Some(text)
    }

    fn choice(&self, count: Option<usize>) -> Vec<&str> {
        let Of { data: hand } = serde_json::from_str::<Of<Hand<'_>>>(&self.hand).expect("a hand");
        match count {
            None => hand.valid_sets[self.acted % hand.valid_sets.len()].piece_ids.clone(),
            Some(count) => hand.pieces.iter().map(|piece| piece.id).take(count).collect(),
        }
    }

    /// Waits from a half to three halves of the time to think, so that rooms do not march in step.
    async fn think(&self, table: &Table, tally: &Tally) {
        let think = tally.think.get();
        if think.is_zero() {
            return;
        }
        let part = (self.acted * 37 + self.hand.len() * 17) % 101;
        let last = table.sent.get().filter(|_| tally.paced.get()).map_or_else(Instant::now, |(_, sent)| sent);
        tokio::time::sleep_until((last + think.mul_f64(0.5 + part as f64 / 100.0)).into()).await;
    }
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

    /// Plays until the game is over (true) or the connection is (false).
    pub(crate) async fn play(mut self, table: Rc<Table>, tally: Rc<Tally>) -> bool {
        let mut own = Own { sent: Instant::now(), seen: 0 };
        loop {
            let reads = self.socket.reads;
            let text = match self.socket.next().await {
                Some(Frame::Text(text)) => text,
                Some(Frame::Pong) => continue,
                Some(Frame::Close) | None => break,
            };
            own.hear(text, &table, &tally);
            let next = self.mind.hear(text);
            Tally::add(&tally.reads, self.socket.reads - reads);
            match next {
                Next::Listen => {}
                Next::Go => {
                    table.end();
                    return true;
                }
                Next::Act(text) => {
                    self.mind.think(&table, &tally).await;
                    if !tally.stopped.get() {
                        own.sent = Instant::now();
                        table.act(own.sent);
                        self.socket.send(&text).await;
                    }
                }
            }
        }
        if !tally.stopped.get() {
            Tally::add(&tally.errors, 1);
        }
        false
    }
}

/// What one player knows of its own times.
struct Own {
    sent: Instant,
    /// The table's last action of which it heard.
    seen: u64,
}

impl Own {
    /// Counts a message and the time that it took.
    fn hear(&mut self, text: &str, table: &Table, tally: &Tally) {
        Tally::add(&tally.messages, 1);
        Tally::add(&tally.bytes, text.len() as u64);
        let event = event(text);
        table.hear(event, text);
        match event {
            "play_accepted" | "declaration_accepted" | "redeal_decision_accepted" => {
                tally.own.borrow_mut().push(self.sent.elapsed().as_secs_f32());
                self.seen = table.acts();
            }
            "player_action" => {
                if let Some((number, sent)) = table.sent.get().filter(|(number, _)| *number != self.seen) {
                    tally.others.borrow_mut().push(sent.elapsed().as_secs_f32());
                    self.seen = number;
                }
            }
            "error" | "validation_error" => {
                Tally::add(&tally.errors, 1);
                eprintln!("refused: {text}");
            }
            _ => {}
        }
    }
}

/// The part of a message that players look at.
#[derive(Deserialize)]
struct Of<Data> {
    data: Data,
}

#[derive(Deserialize)]
struct PhaseChange<'a> {
    phase: &'a str,
    #[serde(borrow)]
    phase_data: PhaseData<'a>,
}

#[derive(Deserialize)]
struct PhaseData<'a> {
    current_player: Option<&'a str>,
    #[serde(default)]
    valid_declarations: Vec<u8>,
    required_piece_count: Option<usize>,
    #[serde(default, borrow)]
    decisions: HashMap<&'a str, Option<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Hand<'a> {
    #[serde(borrow)]
    pieces: Vec<Piece<'a>>,
    #[serde(borrow)]
    valid_sets: Vec<ValidSet<'a>>,
}

#[derive(Deserialize)]
struct Piece<'a> {
    id: &'a str,
}

#[derive(Deserialize)]
struct ValidSet<'a> {
    #[serde(borrow)]
    piece_ids: Vec<&'a str>,
}

/// The event's name, without reading the whole message.
pub(crate) fn event(text: &str) -> &str {
    let rest = text.split_once("\"event\":\"").map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default()
}
