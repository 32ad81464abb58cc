//! A player: one WebSocket connection that decides when it is asked, and measures how long its own acknowledgements take.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::Rc,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::watch};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, Utf8Bytes},
};

/// How the players of a server play at present.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Mode {
    /// Not at all.
    Paused,
    /// They think for about so long.
    Think(Duration),
}

/// How long each acknowledgement took, in seconds.
pub(crate) type Heard = Rc<RefCell<Vec<f64>>>;

pub(crate) struct Player {
    socket: WebSocketStream<TcpStream>,
    name: String,
    /// What a message says when this player is asked to declare or to play.
    asked: String,
    /// The last message about one's own pieces; it is read when they are needed, for the players must not be the ones
    /// that the server waits for.
    hand: Utf8Bytes,
    redeal_decided: bool,
    acted: usize,
}

impl Player {
    /// Connects to `/ws/{door}`.
    pub(crate) async fn connect(port: u16, door: &str, name: String) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        let address = format!("ws://127.0.0.1:{port}/ws/{door}");
        let (socket, _) = client_async(address, stream).await.expect("an upgrade");
        let asked = format!("\"current_player\":\"{name}\"");
        Self { socket, name, asked, hand: Utf8Bytes::default(), redeal_decided: false, acted: 0 }
    }

    /// Makes a room and sits down; the room's id.
    pub(crate) async fn create(&mut self) -> String {
        // A game must not end before the measurement does.
        let rules = json!({ "target_score": 200, "max_rounds": 100 });
        let options = json!({ "pace": "instant", "turn_timeout_seconds": 3600, "rules": rules });
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

    /// Plays until the game is over or the server has gone.
    pub(crate) async fn play(mut self, mut mode: watch::Receiver<Mode>, heard: Heard) {
        let mut sent = Instant::now();
        while let Some(text) = self.next().await {
            match event(&text) {
                "hand_updated" => self.hand = text,
                "phase_change" if self.may_be_asked(&text) => {
                    if let Some((event, data)) = self.decide(&text) {
                        if !self.think(&mut mode).await {
                            return;
                        }
                        sent = Instant::now();
                        self.send(event, data).await;
                    }
                }
                "play_accepted" | "declaration_accepted" | "redeal_decision_accepted" => {
                    heard.borrow_mut().push(sent.elapsed().as_secs_f64());
                }
                "game_over" => return,
                "error" | "validation_error" => panic!("{} was refused: {text}", self.name),
                _ => {}
            }
        }
    }

    /// Waits as long as a person would; false when the bench is over.
    async fn think(&mut self, mode: &mut watch::Receiver<Mode>) -> bool {
        let Ok(now) = mode.wait_for(|mode| *mode != Mode::Paused).await.map(|mode| *mode) else { return false };
        if let Mode::Think(time) = now
            && !time.is_zero()
        {
            // From a half to three halves of it, so that rooms do not march in step.
            let part = (self.acted * 37 + self.hand.len() * 17) % 101;
            tokio::time::sleep(time.mul_f64(0.5 + part as f64 / 100.0)).await;
        }
        true
    }

    async fn send(&mut self, event: &str, mut data: Value) {
        data["player_name"] = json!(self.name);
        let text = json!({ "event": event, "data": data }).to_string();
        // A server that has gone shows when the next message is read.
        let _ = self.socket.send(Message::text(text)).await;
    }

    async fn next(&mut self) -> Option<Utf8Bytes> {
        loop {
            match self.socket.next().await? {
                Ok(Message::Text(text)) => return Some(text),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    async fn wait_for(&mut self, wanted: &str) -> Value {
        loop {
            let text = self.next().await.expect("an open connection");
            assert!(!event(&text).ends_with("error"), "{text}");
            if event(&text) == wanted {
                return serde_json::from_str(&text).expect("JSON");
            }
        }
    }

    /// A quick look before the message is read: there are four players, and mostly one is asked.
    fn may_be_asked(&self, text: &str) -> bool {
        text.contains(&self.asked) || text.contains("\"PREPARATION\"")
    }

    fn decide(&mut self, text: &str) -> Option<(&'static str, Value)> {
        let Of { data: now } = serde_json::from_str::<Of<PhaseChange<'_>>>(text).expect("a phase");
        let open = now.phase_data;
        let mine = open.current_player == Some(self.name.as_str());
        let undecided = matches!(open.decisions.get(self.name.as_str()), Some(None));
        let decision = match now.phase {
            "PREPARATION" if undecided && !self.redeal_decided => ("decline_redeal", json!({})),
            "DECLARATION" if mine => {
                let declaration = open.valid_declarations[self.acted % open.valid_declarations.len()];
                ("declare", json!({ "declaration": declaration }))
            }
            "TURN" if mine => ("play", json!({ "piece_ids": self.choice(open.required_piece_count) })),
            _ => return None,
        };
        self.redeal_decided = now.phase == "PREPARATION";
        self.acted += 1;
        Some(decision)
    }

    fn choice(&self, count: Option<usize>) -> Vec<&str> {
        let Of { data: hand } = serde_json::from_str::<Of<Hand<'_>>>(&self.hand).expect("a hand");
        match count {
            None => hand.valid_sets[self.acted % hand.valid_sets.len()].piece_ids.clone(),
            Some(count) => hand.pieces.iter().map(|piece| piece.id).take(count).collect(),
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
fn event(text: &str) -> &str {
    let rest = text.split_once("\"event\":\"").map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default()
}
