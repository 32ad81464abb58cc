//! One WebSocket connection. Every message that comes in is held against its schema and against what the contract says
//! of all messages.

use std::collections::HashSet;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Bytes, Error, Message,
        client::IntoClientRequest,
        protocol::frame::{
            CloseFrame, Frame,
            coding::{CloseCode, Data, OpCode},
        },
    },
};

use super::{DEADLINE, schemas, within};

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Heard {
    /// A message.
    Message(Value),
    /// The server closed: code and reason.
    Closed(u16, String),
    /// The connection broke without a close frame.
    Broken,
}

/// A connection, and all that it heard.
pub(crate) struct Connection {
    socket: WebSocketStream<TcpStream>,
    /// Every message, in order.
    pub(crate) seen: Vec<Value>,
    /// The last message to the letter.
    pub(crate) last_text: String,
    /// The highest number of an event.
    pub(crate) last_sequence: u64,
    numbers: HashSet<u64>,
    resent: HashSet<u64>,
}

impl Connection {
    /// Connects to `/ws/{door}`.
    pub(crate) async fn open(port: u16, door: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        Self::over(stream, port, door).await
    }

    /// Connects over a socket that was made beforehand.
    pub(crate) async fn over(stream: TcpStream, port: u16, door: &str) -> Self {
        Self::try_over(stream, port, door).await.expect("an upgrade")
    }

    /// The same, where the server may refuse.
    ///
    /// # Errors
    /// When it does.
    pub(crate) async fn try_over(stream: TcpStream, port: u16, door: &str) -> Result<Self, Error> {
        Self::with(stream, format!("ws://127.0.0.1:{port}/ws/{door}")).await
    }

    /// The same with a request of one's own making, such as one with a token.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) async fn with(stream: TcpStream, request: impl IntoClientRequest + Unpin) -> Result<Self, Error> {
        let (socket, _) = within("the handshake", client_async(request, stream)).await?;
        Ok(Self {
            socket,
            seen: Vec::new(),
            last_text: String::new(),
            last_sequence: 0,
            numbers: HashSet::new(),
            resent: HashSet::new(),
        })
    }

    /// Sends an event that keeps to the contract.
    pub(crate) async fn send(&mut self, event: &str, data: Value) {
        self.send_message(json!({ "event": event, "data": data })).await;
    }

    /// Sends an event that need not keep to the contract.
    pub(crate) async fn send_loose(&mut self, event: &str, data: Value) {
        self.send_raw(&json!({ "event": event, "data": data }).to_string()).await;
    }

    /// Sends an event with a message number. The same number again is a repeat.
    pub(crate) async fn send_numbered(&mut self, number: u64, event: &str, data: Value) {
        if !self.numbers.insert(number) {
            self.resent.insert(number);
        }
        self.send_message(json!({ "event": event, "sequence": number, "data": data })).await;
    }

    /// Goes on with the message numbers of an earlier connection.
    pub(crate) fn numbers_of(&mut self, earlier: &Self) {
        self.numbers.extend(&earlier.numbers);
    }

    async fn send_message(&mut self, message: Value) {
        let text = message.to_string();
        schemas::check_client(&text, &message);
        self.send_raw(&text).await;
    }

    /// Sends any text.
    pub(crate) async fn send_raw(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("an open connection");
    }

    /// Sends a text without a look at whether the connection still takes it.
    pub(crate) async fn try_send_raw(&mut self, text: &str) -> Result<(), Error> {
        self.socket.send(Message::text(text)).await
    }

    /// Sends a binary frame.
    pub(crate) async fn send_binary(&mut self, bytes: &'static [u8]) {
        self.socket.send(Message::Binary(Bytes::from_static(bytes))).await.expect("an open connection");
    }

    /// Sends a protocol ping and waits for its own pong; messages on the way are not for the caller.
    pub(crate) async fn ping_pong(&mut self, payload: &'static [u8]) {
        self.socket.send(Message::Ping(Bytes::from_static(payload))).await.expect("an open connection");
        within("a pong", async {
            loop {
                match self.socket.next().await.expect("an open connection").expect("a frame") {
                    Message::Pong(echo) => return assert_eq!(&*echo, payload),
                    Message::Text(text) => drop(self.take_in(&text)),
                    Message::Ping(_) => {}
                    other => panic!("waited for a pong, got {other:?}"),
                }
            }
        })
        .await;
    }

    /// Sends a close frame.
    pub(crate) async fn close(&mut self, code: u16, reason: &'static str) {
        let frame = CloseFrame { code: code.into(), reason: reason.into() };
        self.socket.close(Some(frame)).await.expect("an open connection");
    }

    /// Sends a text message in several frames.
    pub(crate) async fn send_fragments(&mut self, pieces: &[&str]) {
        for (number, piece) in pieces.iter().enumerate() {
            let opcode = OpCode::Data(if number == 0 { Data::Text } else { Data::Continue });
            let last = number + 1 == pieces.len();
            let frame = Frame::message(Bytes::copy_from_slice(piece.as_bytes()), opcode, last);
            if self.socket.send(Message::Frame(frame)).await.is_err() {
                return;
            }
        }
    }

    /// Writes bytes below the protocol and no more: whether the server then ends the connection.
    pub(crate) async fn send_bytes_and_end(self, bytes: &[u8]) -> bool {
        let mut stream = self.into_socket();
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut rest = Vec::new();
        within("the end of the connection", stream.read_to_end(&mut rest)).await.is_ok()
    }

    /// Ends the TCP connection without a close frame.
    pub(crate) async fn cut(&mut self) {
        self.socket.get_mut().shutdown().await.expect("an open connection");
    }

    /// The socket below, to be used without the protocol.
    pub(crate) fn into_socket(self) -> TcpStream {
        self.socket.into_inner()
    }

    /// What comes next, whatever it is.
    pub(crate) async fn hear(&mut self) -> Heard {
        match tokio::time::timeout(DEADLINE, self.hear_or_wait()).await {
            Ok(heard) => heard,
            Err(_) => panic!("the server has nothing more to say after {:#?}", self.seen.last()),
        }
    }

    async fn hear_or_wait(&mut self) -> Heard {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => return Heard::Message(self.take_in(&text)),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Binary(_))) => panic!("the contract has no binary frames"),
                Some(Ok(Message::Close(frame))) => {
                    let frame = frame.map(|frame| (u16::from(frame.code), frame.reason.to_string()));
                    let (code, reason) = frame.unwrap_or((u16::from(CloseCode::Status), String::new()));
                    return Heard::Closed(code, reason);
                }
                Some(Err(_)) | None => return Heard::Broken,
            }
        }
    }

    /// Takes part in the connection until the server has asked this often for a sign of life, which the library gives.
    pub(crate) async fn answer_pings(&mut self, count: usize) {
        within("the server's pings", async {
            let mut asked = 0;
            while asked < count {
                match self.socket.next().await {
                    Some(Ok(Message::Ping(_))) => asked += 1,
                    Some(Ok(Message::Text(text))) => drop(self.take_in(&text)),
                    other => panic!("the connection ended: {other:?}"),
                }
            }
        })
        .await;
    }

    /// Confirms by a pong all that it has heard, and waits until the server knows: the number that was confirmed.
    pub(crate) async fn confirm_all(&mut self) -> u64 {
        within("a ping with the number of the last event", async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Ping(number))) if *number == *self.last_sequence.to_string().as_bytes() => break,
                    Some(Ok(Message::Text(text))) => drop(self.take_in(&text)),
                    Some(Ok(_)) => {}
                    other => panic!("the connection ended: {other:?}"),
                }
            }
        })
        .await;
        // The library has sent its pong before this ping.
        self.ping_pong(b"after the pong").await;
        self.last_sequence
    }

    /// Waits until something has come that was not read.
    pub(crate) async fn something_to_read(&self) {
        let peeked = within("something to read", self.socket.get_ref().peek(&mut [0])).await;
        assert_eq!(peeked.expect("an open connection"), 1);
    }

    /// The next message; a test that wants one fails when the connection ends.
    pub(crate) async fn next(&mut self) -> Value {
        match self.hear().await {
            Heard::Message(message) => message,
            end => panic!("waited for a message, got {end:?}; before it: {:#?}", self.seen.last()),
        }
    }

    /// Reads up to the end: the close code and the reason.
    pub(crate) async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.hear().await {
                Heard::Message(_) => {}
                Heard::Closed(code, reason) => return (code, reason),
                Heard::Broken => panic!("the connection broke; its last message: {:#?}", self.seen.last()),
            }
        }
    }

    fn take_in(&mut self, text: &str) -> Value {
        let message: Value = serde_json::from_str(text).expect("the server speaks JSON");
        schemas::check_server(text, &message);
        assert!(message["server_time"].is_f64(), "server_time is on every envelope: {text}");
        assert!(message["room_id"].is_string(), "room_id is on every envelope: {text}");
        self.check_order(&message);
        self.seen.push(message.clone());
        text.clone_into(&mut self.last_text);
        message
    }

    /// Numbers rise, but for the answer to a message that was sent again, which is the first answer.
    fn check_order(&mut self, message: &Value) {
        let Some(sequence) = message["sequence_number"].as_u64() else {
            return;
        };
        if message["client_sequence"].as_u64().is_some_and(|number| self.resent.contains(&number)) {
            return;
        }
        if ["room_created", "room_joined"].contains(&message["event"].as_str().unwrap_or_default()) {
            self.last_sequence = 0;
        }
        assert!(sequence > self.last_sequence, "{sequence} after {}: {message}", self.last_sequence);
        self.last_sequence = sequence;
    }
}
