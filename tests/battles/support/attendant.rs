//! One WebSocket connection at `/ws/battles/{id}`. Every message that comes in is held against its schema and against
//! what the contract says of all messages.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Bytes, Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, Response},
    },
};

use super::{Person, player::decision, schemas, within};

/// A connection, and all that it heard.
pub(crate) struct Attendant {
    socket: WebSocketStream<TcpStream>,
    /// A frame that was read and not heard yet.
    ahead: Option<Result<Message, Error>>,
    battle: String,
    /// Every message, in order.
    pub(crate) seen: Vec<Value>,
    last_sequence: u64,
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
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(HeaderName::from_static(name), value.parse().expect("a header's value"));
        }
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        let battle = path.rsplit('/').next().unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
        match within("the handshake", client_async(request, stream)).await {
            Ok((socket, _)) => Ok(Self { socket, ahead: None, battle, seen: Vec::new(), last_sequence: 0 }),
            Err(Error::Http(answer)) => Err(answer),
            Err(error) => panic!("{error}"),
        }
    }

    /// Waits until the server has said something, which is heard again: only then has it taken the connection in, and what
    /// happens from now on is told to it.
    pub(crate) async fn arrived(mut self) -> Self {
        self.ahead = within("the first message", self.socket.next()).await;
        self
    }

    /// The next frame.
    async fn frame(&mut self) -> Option<Result<Message, Error>> {
        match self.ahead.take() {
            Some(first) => Some(first),
            None => self.socket.next().await,
        }
    }

    /// Sends an event that keeps to the contract.
    pub(crate) async fn send(&mut self, event: &str, data: Value) {
        let message = json!({ "event": event, "data": data });
        let text = message.to_string();
        schemas::check(&format!("battles/client/{}", event.replace(':', "_")), &text, &message);
        self.send_raw(&text).await;
    }

    /// Submits an action.
    pub(crate) async fn act(&mut self, action: &Value) {
        self.send("game:action", json!({ "action": action })).await;
    }

    /// The same with the number of the message.
    pub(crate) async fn act_numbered(&mut self, number: u64, action: &Value) {
        self.send("game:action", json!({ "requestId": number, "action": action })).await;
    }

    /// Sends any text.
    pub(crate) async fn send_raw(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("an open connection");
    }

    /// Sends a binary frame.
    pub(crate) async fn send_binary(&mut self, bytes: &'static [u8]) {
        self.socket.send(Message::Binary(Bytes::from_static(bytes))).await.expect("an open connection");
    }

    /// Ends the TCP connection without a close frame.
    pub(crate) async fn cut(&mut self) {
        self.socket.get_mut().shutdown().await.expect("an open connection");
    }

    /// The socket below, to be used without the protocol: nobody answers a ping any more.
    pub(crate) fn into_socket(self) -> TcpStream {
        self.socket.into_inner()
    }

    /// Takes part in the connection until the server has asked this often for a sign of life, which the library gives.
    pub(crate) async fn answer_pings(&mut self, count: usize) {
        within("the server's pings", async {
            let mut asked = 0;
            while asked < count {
                match self.frame().await {
                    Some(Ok(Message::Ping(_))) => asked += 1,
                    Some(Ok(Message::Text(text))) => drop(self.take_in(&text)),
                    other => panic!("the connection ended: {other:?}"),
                }
            }
        })
        .await;
    }

    /// The next message; none when the server closes, with code and reason.
    async fn hear(&mut self) -> Result<Value, (u16, String)> {
        within("a message", async {
            loop {
                match self.frame().await {
                    Some(Ok(Message::Text(text))) => return Ok(self.take_in(&text)),
                    Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                    Some(Ok(Message::Close(Some(frame)))) => {
                        return Err((frame.code.into(), frame.reason.to_string()));
                    }
                    other => panic!("the connection broke: {other:?}; its last message: {:#?}", self.seen.last()),
                }
            }
        })
        .await
    }

    /// The next message; a test that wants one fails when the connection ends.
    pub(crate) async fn next(&mut self) -> Value {
        self.hear().await.unwrap_or_else(|end| panic!("waited for a message, got {end:?}"))
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

    /// Reads up to the end: the close code and the reason. The last message has announced it.
    pub(crate) async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Err(end) = self.hear().await {
                return end;
            }
        }
    }

    /// The same on a connection of any contract, whose messages are not looked at.
    pub(crate) async fn raw_close(&mut self) -> (u16, String) {
        loop {
            match within("a close frame", self.socket.next()).await {
                Some(Ok(Message::Close(Some(frame)))) => return (frame.code.into(), frame.reason.to_string()),
                Some(Ok(_)) => {}
                other => panic!("the connection broke: {other:?}"),
            }
        }
    }

    fn take_in(&mut self, text: &str) -> Value {
        let message: Value = serde_json::from_str(text).expect("the server speaks JSON");
        let event = message["event"].as_str().expect("every message has an event").replace(':', "_");
        schemas::check(&format!("battles/server/{event}"), text, &message);
        let data = &message["data"];
        assert!(data["timestamp"].as_u64().is_some_and(|time| time > 1_700_000_000_000), "milliseconds: {text}");
        if let Some(battle) = data["battleId"].as_str() {
            assert_eq!(battle, self.battle, "{text}");
        }
        // The first answer again: what a connection missed comes to it without the number of the message.
        let event_of = |data: &Value| {
            let mut data = data.clone();
            data.as_object_mut().map(|fields| fields.remove("requestId"));
            data
        };
        let is_known = |seen: &Value| event_of(&seen["data"]) == event_of(data);
        let repeated = data["requestId"].is_u64() && self.seen.iter().any(is_known);
        if let Some(sequence) = data["sequence"].as_u64().filter(|_| !repeated) {
            assert!(sequence > self.last_sequence, "{sequence} after {}: {text}", self.last_sequence);
            self.last_sequence = sequence;
        }
        self.seen.push(message.clone());
        message
    }
}
