//! A seat at a table, in contract *game* or *battles*: a connection that is numbered, can break, and comes back.

use std::time::{Duration, Instant};

use contracts::game::client::{CreateRoom, JoinRoom};
use game_rules::Action;
use serde_json::Value;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::{Error, Utf8Bytes};

use crate::{
    ConnectError, Dial, Dialect, End, Socket, What,
    game::{Event, Message, Request},
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a lost connection is tried again, with pauses of 0.1 s that double.
const TRIES: u32 = 5;

/// A seat, and the connection over which it is played.
pub struct Seat {
    dial: Dial,
    socket: Socket,
    dialect: Dialect,
    name: String,
    room: String,
    /// Of the seat, or of the account.
    token: String,
    connect_time: Duration,
    last: u64,
    number: u64,
    unanswered: Option<String>,
}

/// A message that was heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What it means for the player.
    pub what: What,
    /// Its number in the room.
    pub number: Option<u64>,
    /// The whole message.
    pub text: Utf8Bytes,
}

/// What the server says to a player who is back.
#[derive(Clone, Debug)]
pub struct Return {
    /// When the seat was there again.
    pub at: Instant,
    /// The message that returned the seat; it has the state of the game.
    pub answer: Utf8Bytes,
    /// Contract *game*: the events that were missed. *Battles* sends again what was not confirmed.
    pub missed: Vec<Heard>,
}

/// Why a seat can't be had, or not be kept. Its text is short enough to count errors by it.
#[derive(Debug, thiserror::Error)]
pub enum SeatError {
    /// There is no connection.
    #[error("connect: {}", brief(.0))]
    Connect(#[from] ConnectError),
    /// The connection has ended.
    #[error("closed: {}", match .0 { End::Closed { code, .. } => code.to_string(), End::Lost => "lost".to_owned() })]
    Ended(#[from] End),
    /// The server refused a request with this code.
    #[error("{0}")]
    Refused(String),
    /// The server did not answer within 30 s.
    #[error("no answer")]
    NoAnswer,
    /// The answer lacks this field.
    #[error("no {0}")]
    Missing(&'static str),
}

fn brief(error: &ConnectError) -> String {
    match error {
        ConnectError::Timeout(_) => "timeout".to_owned(),
        ConnectError::Io(error) | ConnectError::Untrusted(error) => error.kind().to_string(),
        ConnectError::Protocol(Error::Http(answer)) => format!("HTTP {}", answer.status().as_u16()),
        ConnectError::Address(_) | ConnectError::Protocol(_) => "no WebSocket".to_owned(),
    }
}

impl Seat {
    /// Creates a room in contract *game* and takes a seat in it as its host.
    ///
    /// # Errors
    /// If there is no connection, or the server refuses.
    pub async fn create(dial: Dial, room: CreateRoom) -> Result<Self, SeatError> {
        let name = room.player_name.clone();
        Self::in_game(dial, "lobby", name, Request::CreateRoom(room)).await
    }

    /// Takes a seat in a room of contract *game*.
    ///
    /// # Errors
    /// If there is no connection, or the server refuses.
    pub async fn join(dial: Dial, room: &str, name: String) -> Result<Self, SeatError> {
        let request = Request::JoinRoom(JoinRoom { player_name: name.clone(), ..JoinRoom::default() });
        Self::in_game(dial, room, name, request).await
    }

    /// Connects to a battle in which the owner of this token has a seat.
    ///
    /// # Errors
    /// If there is no connection, or the server refuses.
    pub async fn attend(dial: Dial, battle: String, token: String) -> Result<Self, SeatError> {
        let door = format!("battles/{battle}?token={token}");
        let (socket, here, connect_time) = open(&dial, &door, Dialect::Battles, &[What::Here]).await?;
        let here: Value = serde_json::from_str(&here.text).unwrap_or_default();
        let name = here["data"]["playerId"].as_str().ok_or(SeatError::Missing("playerId"))?.to_owned();
        Ok(Self::new(dial, socket, Dialect::Battles, name, (battle, token), connect_time))
    }

    async fn in_game(dial: Dial, door: &str, name: String, request: Request) -> Result<Self, SeatError> {
        let (mut socket, _, connect_time) = open(&dial, door, Dialect::Game, &[What::Here]).await?;
        // That the connection has ended shows when the answer is read.
        let _ = socket.send(request.text(None)).await;
        let answer = expect(&mut socket, Dialect::Game, &[What::Answer]).await?;
        let (room, token) = match Message::parse(&answer.text).and_then(|message| message.read()) {
            Ok(Event::RoomCreated(created)) => (created.room_id, created.session_token),
            Ok(Event::RoomJoined(joined)) => (joined.room_id, joined.session_token),
            _ => return Err(SeatError::Missing("room_id")),
        };
        let place = (room.into_owned(), token.ok_or(SeatError::Missing("session_token"))?.into_owned());
        Ok(Self::new(dial, socket, Dialect::Game, name, place, connect_time))
    }

    fn new(
        dial: Dial,
        socket: Socket,
        dialect: Dialect,
        name: String,
        (room, token): (String, String),
        connect_time: Duration,
    ) -> Self {
        Self { dial, socket, dialect, name, room, token, connect_time, last: 0, number: 0, unanswered: None }
    }

    /// The contract.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What the contract calls the player by: the name, in *battles* the account's id.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The room's id.
    #[must_use]
    pub fn room(&self) -> &str {
        &self.room
    }

    /// The time from the first packet to the server's first message.
    #[must_use]
    pub const fn connect_time(&self) -> Duration {
        self.connect_time
    }

    /// The highest event number that was heard; 0 if none was.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// Whether the last action has no answer yet.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.unanswered.is_some()
    }

    /// The last action needs no answer any more, as the server acted for the player.
    pub fn forget_action(&mut self) {
        self.unanswered = None;
    }

    /// The next message. May be dropped and called again.
    ///
    /// # Errors
    /// When the connection has ended; [`come_back`](Self::come_back) makes a new one.
    pub async fn next(&mut self) -> Result<Heard, End> {
        let text = self.socket.next().await?;
        Ok(self.take_in(text))
    }

    fn take_in(&mut self, text: Utf8Bytes) -> Heard {
        let (what, number) = self.dialect.glance(&text, &self.name);
        self.last = self.last.max(number.unwrap_or_default());
        if matches!(what, What::Accepted | What::Refused) {
            self.unanswered = None;
        }
        Heard { what, number, text }
    }

    /// Requests the start of the game; only the host may.
    pub async fn start(&mut self) {
        self.send(self.dialect.start(&self.name)).await;
    }

    /// Sends a decision under the next message number. That it was not sent shows in the next message.
    pub async fn act(&mut self, action: Action) {
        self.number += 1;
        let message = self.dialect.act(&self.name, action, self.number);
        self.unanswered = Some(message.clone());
        self.send(message).await;
    }

    /// Requests the current state, and in contract *game* the events that should have come by now.
    pub async fn sync(&mut self) {
        self.send(self.dialect.sync(self.last)).await;
    }

    async fn send(&mut self, message: String) {
        let _ = self.socket.send(message).await;
    }

    /// Drops the connection without a close frame, makes a new one and takes the seat again, in five tries at most.
    ///
    /// # Errors
    /// Why the last try failed.
    pub async fn come_back(&mut self) -> Result<Return, SeatError> {
        self.socket.cut().await;
        let mut failure = SeatError::NoAnswer;
        for attempt in 0..TRIES {
            let back = match self.dialect {
                Dialect::Game => self.regain_by_token().await,
                Dialect::Battles => self.regain_by_account().await,
            };
            match back {
                Ok(back) => return Ok(back),
                Err(error) => failure = error,
            }
            sleep(Duration::from_millis(100 << attempt)).await;
        }
        Err(failure)
    }

    /// Sends the last action again, under its number, if it has no answer yet; the server acts once on it.
    pub async fn send_again(&mut self) -> bool {
        let Some(message) = self.unanswered.clone() else { return false };
        self.send(message).await;
        true
    }

    async fn regain_by_token(&mut self) -> Result<Return, SeatError> {
        let (socket, ..) = open(&self.dial, &self.room, self.dialect, &[What::Here]).await?;
        self.socket = socket;
        let request = JoinRoom {
            player_name: self.name.clone(),
            session_token: Some(self.token.clone()),
            room_id: None,
            last_sequence: Some(self.last),
        };
        self.send(Request::JoinRoom(request).text(None)).await;
        let answer = expect(&mut self.socket, self.dialect, &[What::Back]).await?.text;
        let at = Instant::now();
        let Ok(Event::Reconnected(back)) = Message::parse(&answer).and_then(|message| message.read()) else {
            return Err(SeatError::Missing("missed_events"));
        };
        if let Some(token) = back.session_token {
            self.token = token.into_owned();
        }
        let mut missed = Vec::with_capacity(back.missed_events);
        for _ in 0..back.missed_events {
            let text = timeout(PATIENCE, self.socket.next()).await.map_err(|_| SeatError::NoAnswer)??;
            missed.push(self.take_in(text));
        }
        Ok(Return { at, answer, missed })
    }

    /// *Battles* has no number to come back with: the server sends again what was not confirmed, also what was heard.
    async fn regain_by_account(&mut self) -> Result<Return, SeatError> {
        let door = format!("battles/{}?token={}", self.room, self.token);
        let (socket, here, _) = open(&self.dial, &door, self.dialect, &[What::Here, What::Back]).await?;
        self.socket = socket;
        Ok(Return { at: Instant::now(), answer: here.text, missed: Vec::new() })
    }
}

/// Connects, and waits for a first message of these kinds; with how long both took.
async fn open(
    dial: &Dial,
    door: &str,
    dialect: Dialect,
    first: &[What],
) -> Result<(Socket, Heard, Duration), SeatError> {
    let begun = Instant::now();
    let mut socket = dial.open(door).await?;
    let here = expect(&mut socket, dialect, first).await?;
    Ok((socket, here, begun.elapsed()))
}

/// Reads on to a message of these kinds.
async fn expect(socket: &mut Socket, dialect: Dialect, wanted: &[What]) -> Result<Heard, SeatError> {
    let reading = async {
        loop {
            let text = socket.next().await?;
            // Nobody's name holds a zero, so that no action is taken for one's own.
            let (what, number) = dialect.glance(&text, "\u{0}");
            if what == What::Refused {
                return Err(SeatError::Refused(dialect.code(&text)));
            }
            if wanted.contains(&what) {
                return Ok(Heard { what, number, text });
            }
        }
    };
    timeout(PATIENCE, reading).await.unwrap_or(Err(SeatError::NoAnswer))
}
