//! One WebSocket connection in any contract. Every message is checked against its schema, both ways, and against what the
//! contract says of all messages.

use std::collections::HashSet;

use clients::{ConnectError, End, Socket};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::{
    Bytes, Error, Message,
    client::IntoClientRequest,
    http::{HeaderName, Response},
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::{DEADLINE, schemas, within};

/// A connection, and all that it heard.
pub(crate) struct Connection {
    socket: Socket,
    /// A frame that was read and not heard yet.
    ahead: Option<Result<Message, End>>,
    contract: &'static str,
    /// Contract *battles*: the battle of the path.
    pub(crate) battle: String,
    /// Every message, in order.
    pub(crate) seen: Vec<Value>,
    /// The last message to the letter.
    pub(crate) last_text: String,
    /// The highest number of an event.
    pub(crate) last_sequence: u64,
    numbers: HashSet<u64>,
    resent: HashSet<u64>,
}

/// A connection to this port of this machine.
pub(crate) async fn tcp(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
    stream.set_nodelay(true).expect("a socket option");
    stream
}

impl Connection {
    /// Connects to `/ws/{door}` in contract *game*.
    pub(crate) async fn open(port: u16, door: &str) -> Self {
        Self::over(tcp(port).await, port, door).await
    }

    /// Connects over a socket that was made beforehand.
    pub(crate) async fn over(stream: TcpStream, port: u16, door: &str) -> Self {
        Self::try_over(stream, port, door).await.expect("an upgrade")
    }

    /// The same, where the server may refuse.
    ///
    /// # Errors
    /// When it does.
    pub(crate) async fn try_over(stream: TcpStream, port: u16, door: &str) -> Result<Self, ConnectError> {
        Self::with(stream, format!("ws://127.0.0.1:{port}/ws/{door}")).await
    }

    /// The same with a request of one's own making, such as one with a token.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) async fn with(stream: TcpStream, request: impl IntoClientRequest) -> Result<Self, ConnectError> {
        Self::speaking("game", stream, request).await
    }

    /// The same in any contract.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) async fn speaking(
        contract: &'static str,
        stream: TcpStream,
        request: impl IntoClientRequest,
    ) -> Result<Self, ConnectError> {
        let socket = within("the handshake", Socket::over(stream, request)).await?;
        Ok(Self {
            socket,
            ahead: None,
            contract,
            battle: String::new(),
            seen: Vec::new(),
            last_text: String::new(),
            last_sequence: 0,
            numbers: HashSet::new(),
            resent: HashSet::new(),
        })
    }

    /// Asks for an upgrade in any contract, with these headers.
    ///
    /// # Errors
    /// The answer when it is none.
    pub(crate) async fn knock(
        contract: &'static str,
        port: u16,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Box<Response<Option<Vec<u8>>>>> {
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(HeaderName::from_static(name), value.parse().expect("a header's value"));
        }
        match Self::speaking(contract, tcp(port).await, request).await {
            Ok(connection) => Ok(connection),
            Err(ConnectError::Protocol(Error::Http(answer))) => Err(answer),
            Err(error) => panic!("{error}"),
        }
    }

    /// Waits until the server has said something, which is heard again: only then has it taken the connection in, and what
    /// happens from now on is told to it.
    pub(crate) async fn arrived(mut self) -> Self {
        self.ahead = Some(within("the first message", self.socket.frame()).await);
        self
    }

    /// The subprotocol that the server chose.
    pub(crate) fn protocol(&self) -> Option<&str> {
        self.socket.protocol()
    }

    /// Sends an event that keeps to the contract.
    pub(crate) async fn send(&mut self, event: &str, data: Value) {
        self.send_message(&json!({ "event": event, "data": data })).await;
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
        self.send_message(&json!({ "event": event, "sequence": number, "data": data })).await;
    }

    /// Goes on with the message numbers of an earlier connection.
    pub(crate) fn numbers_of(&mut self, earlier: &Self) {
        self.numbers.extend(&earlier.numbers);
    }

    /// Sends a message that keeps to the contract.
    pub(crate) async fn send_message(&mut self, message: &Value) {
        let text = message.to_string();
        schemas::check(&format!("{}/client/{}", self.contract, self.name(message)), &text, message);
        self.send_raw(&text).await;
    }

    /// What a message is, as the file of its schema is called.
    pub(crate) fn name(&self, message: &Value) -> String {
        let tag = match self.contract {
            "game" | "battles" => "event",
            // Messages of the live log's six types have no action.
            "live_log" if message.get("action").is_some() => "action",
            _ => "type",
        };
        message[tag].as_str().unwrap_or_else(|| panic!("nobody knows what this is: {message}")).replace(':', "_")
    }

    /// Sends any text.
    pub(crate) async fn send_raw(&mut self, text: &str) {
        self.try_send_raw(text).await.expect("an open connection");
    }

    /// Sends a text without a look at whether the connection still takes it.
    pub(crate) async fn try_send_raw(&mut self, text: &str) -> Result<(), End> {
        self.socket.send(text).await
    }

    /// Sends a binary frame.
    pub(crate) async fn send_binary(&mut self, bytes: &'static [u8]) {
        self.socket.send_frame(Message::Binary(Bytes::from_static(bytes))).await.expect("an open connection");
    }

    /// Sends a protocol ping and waits for its own pong; messages on the way are not for the caller.
    pub(crate) async fn ping_pong(&mut self, payload: &'static [u8]) {
        self.socket.send_frame(Message::Ping(Bytes::from_static(payload))).await.expect("an open connection");
        self.until("a pong", |_, frame| matches!(frame, Message::Pong(echo) if **echo == *payload)).await;
    }

    /// Takes part in the connection until such a frame, and takes in the messages on the way.
    async fn until(&mut self, what: &str, mut is_it: impl FnMut(&Self, &Message) -> bool) {
        within(what, async {
            loop {
                let frame = self.frame().await.unwrap_or_else(|end| panic!("waited for {what}, got {end:?}"));
                if is_it(self, &frame) {
                    return;
                }
                match frame {
                    Message::Text(text) => drop(self.take_in(&text)),
                    Message::Ping(_) | Message::Pong(_) => {}
                    other => panic!("waited for {what}, got {other:?}"),
                }
            }
        })
        .await;
    }

    /// Sends a close frame.
    pub(crate) async fn close(&mut self, why: Option<(u16, &str)>) {
        self.socket.close(why).await.expect("an open connection");
    }

    /// Sends a text message in several frames.
    pub(crate) async fn send_fragments(&mut self, pieces: &[&str]) {
        for (number, piece) in pieces.iter().enumerate() {
            let opcode = OpCode::Data(if number == 0 { Data::Text } else { Data::Continue });
            let last = number + 1 == pieces.len();
            let frame = Frame::message(Bytes::copy_from_slice(piece.as_bytes()), opcode, last);
            if self.socket.send_frame(Message::Frame(frame)).await.is_err() {
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
        self.socket.cut().await;
    }

    /// The socket below, to be used without the protocol: nobody answers a ping any more.
    pub(crate) fn into_socket(self) -> TcpStream {
        self.socket.into_tcp().expect("no TLS")
    }

    async fn frame(&mut self) -> Result<Message, End> {
        match self.ahead.take() {
            Some(first) => first,
            None => self.socket.frame().await,
        }
    }

    /// The next message.
    ///
    /// # Errors
    /// How the connection ended.
    pub(crate) async fn hear(&mut self) -> Result<Value, End> {
        let hearing = async {
            loop {
                match self.frame().await? {
                    Message::Text(text) => return Ok(self.take_in(&text)),
                    Message::Binary(_) => panic!("no contract has binary frames"),
                    _ => {}
                }
            }
        };
        match tokio::time::timeout(DEADLINE, hearing).await {
            Ok(heard) => heard,
            Err(_) => panic!("the server has nothing more to say after {:#?}", self.seen.last()),
        }
    }

    /// Takes part in the connection until the server has asked this often for a sign of life, which the library gives.
    pub(crate) async fn answer_pings(&mut self, count: usize) {
        let mut asked = 0;
        self.until("the server's pings", |_, frame| {
            asked += usize::from(matches!(frame, Message::Ping(_)));
            asked == count
        })
        .await;
    }

    /// Confirms by a pong all that it has heard, and waits until the server knows: the number that was confirmed.
    pub(crate) async fn confirm_all(&mut self) -> u64 {
        let is_last = |own: &Self, frame: &Message| matches!(frame, Message::Ping(number) if **number == *own.last_sequence.to_string().as_bytes());
        self.until("a ping with the number of the last event", is_last).await;
        // The library has sent its pong before this ping.
        self.ping_pong(b"after the pong").await;
        self.last_sequence
    }

    /// Waits until something has come that was not read.
    pub(crate) async fn something_to_read(&self) {
        let stream = self.socket.tcp().expect("no TLS");
        let peeked = within("something to read", stream.peek(&mut [0])).await;
        assert_eq!(peeked.expect("an open connection"), 1);
    }

    /// The next message; a test that wants one fails when the connection ends.
    pub(crate) async fn next(&mut self) -> Value {
        self.hear()
            .await
            .unwrap_or_else(|end| panic!("waited for a message, got {end:?}; before it: {:#?}", self.seen.last()))
    }

    /// Reads up to the end: the close code and the reason.
    pub(crate) async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.hear().await {
                Ok(_) => {}
                Err(End::Closed { code, reason }) => return (code, reason),
                Err(End::Lost) => panic!("the connection broke; its last message: {:#?}", self.seen.last()),
            }
        }
    }

    /// The same on a connection of any contract, whose messages are not looked at.
    pub(crate) async fn raw_close(&mut self) -> (u16, String) {
        loop {
            match within("a close frame", self.socket.frame()).await {
                Ok(_) => {}
                Err(End::Closed { code, reason }) => return (code, reason),
                Err(End::Lost) => panic!("the connection broke"),
            }
        }
    }

    fn take_in(&mut self, text: &str) -> Value {
        let message: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        schemas::check(&format!("{}/server/{}", self.contract, self.name(&message)), text, &message);
        match self.contract {
            "game" => self.check_game(&message),
            "battles" => self.check_battles(&message),
            _ => {}
        }
        self.seen.push(message.clone());
        text.clone_into(&mut self.last_text);
        message
    }

    /// Numbers rise, but for the answer to a message that was sent again, which is the first answer.
    fn check_game(&mut self, message: &Value) {
        assert!(message["server_time"].is_f64(), "server_time is on every envelope: {message}");
        assert!(message["room_id"].is_string(), "room_id is on every envelope: {message}");
        let Some(sequence) = message["sequence_number"].as_u64() else {
            return;
        };
        if message["client_sequence"].as_u64().is_some_and(|number| self.resent.contains(&number)) {
            return;
        }
        if ["room_created", "room_joined"].contains(&message["event"].as_str().unwrap_or_default()) {
            self.last_sequence = 0;
        }
        self.rises(sequence, message);
    }

    fn check_battles(&mut self, message: &Value) {
        let data = &message["data"];
        assert!(data["timestamp"].as_u64().is_some_and(|time| time > 1_700_000_000_000), "milliseconds: {message}");
        if let Some(battle) = data["battleId"].as_str() {
            assert_eq!(battle, self.battle, "{message}");
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
            self.rises(sequence, message);
        }
    }

    fn rises(&mut self, sequence: u64, message: &Value) {
        assert!(sequence > self.last_sequence, "{sequence} after {}: {message}", self.last_sequence);
        self.last_sequence = sequence;
    }
}
