//! One WebSocket connection of contract live log, chat or state. Every message is held against its schema, both ways.

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Bytes, Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, Response},
    },
};

use crate::support::{Person, schemas, within};

/// A connection, and all that it heard.
pub(crate) struct Speaker {
    socket: WebSocketStream<TcpStream>,
    /// A frame that was read and not heard yet.
    ahead: Option<Result<Message, Error>>,
    contract: &'static str,
    /// The field that says what a message is.
    tag: &'static str,
    /// Every message, in order.
    pub(crate) seen: Vec<Value>,
    /// The headers of the handshake's answer.
    pub(crate) protocol: Option<String>,
}

impl Speaker {
    /// Contract *live log*; the query begins with `?`, or is empty.
    pub(crate) async fn live_log(port: u16, query: &str) -> Self {
        Self::knock(port, "live_log", &format!("/ws/live-log{query}"), &[]).await.expect("an upgrade").arrived().await
    }

    /// Contract *chat*, as this person.
    pub(crate) async fn chat(person: &Person) -> Self {
        Self::knock(person.port(), "chat", &format!("/ws?token={}", person.token), &[])
            .await
            .expect("an upgrade")
            .arrived()
            .await
    }

    /// Contract *state*, as this person.
    pub(crate) async fn state(person: &Person, client_type: &str, device: Option<&str>) -> Self {
        let bearer = format!("Bearer {}", person.token);
        let mut headers = vec![("authorization", bearer.as_str()), ("client-type", client_type)];
        headers.extend(device.map(|device| ("device-id", device)));
        Self::knock(person.port(), "state", "/ws", &headers).await.expect("an upgrade").arrived().await
    }

    /// Waits until the server has said something, which is heard again: only then has it taken the connection in, and what
    /// happens from now on is told to it.
    async fn arrived(mut self) -> Self {
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

    /// Asks for an upgrade with these headers.
    ///
    /// # Errors
    /// The answer when it is none.
    pub(crate) async fn knock(
        port: u16,
        contract: &'static str,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Box<Response<Option<Vec<u8>>>>> {
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(HeaderName::from_static(name), value.parse().expect("a header's value"));
        }
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        let tag = if contract == "live_log" { "action" } else { "type" };
        match within("the handshake", client_async(request, stream)).await {
            Ok((socket, answer)) => {
                let protocol = answer.headers().get("sec-websocket-protocol");
                let protocol = protocol.map(|value| value.to_str().expect("a text").to_owned());
                Ok(Self { socket, ahead: None, contract, tag, seen: Vec::new(), protocol })
            }
            Err(Error::Http(answer)) => Err(answer),
            Err(error) => panic!("{error}"),
        }
    }

    /// Sends a message that keeps to the contract.
    pub(crate) async fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let name = message[self.tag].as_str().expect("a message says what it is");
        schemas::check(&format!("{}/client/{name}", self.contract), &text, message);
        self.send_raw(&text).await;
    }

    /// Sends any text.
    pub(crate) async fn send_raw(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.expect("an open connection");
    }

    /// Sends a binary frame.
    pub(crate) async fn send_binary(&mut self, bytes: &'static [u8]) {
        self.socket.send(Message::Binary(Bytes::from_static(bytes))).await.expect("an open connection");
    }

    /// Ends the connection as the protocol wants it.
    pub(crate) async fn close(&mut self) {
        self.socket.close(None).await.expect("an open connection");
    }

    /// Ends the TCP connection without a close frame.
    pub(crate) async fn cut(&mut self) {
        self.socket.get_mut().shutdown().await.expect("an open connection");
    }

    fn take_in(&mut self, text: &str) -> Value {
        let message: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        // Messages of the live log's six types have no action.
        let name = message.get(self.tag).or_else(|| message.get("type")).and_then(Value::as_str);
        let name = name.unwrap_or_else(|| panic!("nobody knows what this is: {text}"));
        schemas::check(&format!("{}/server/{name}", self.contract), text, &message);
        self.seen.push(message.clone());
        message
    }

    /// The next message; none when the server closes, with code and reason.
    ///
    /// # Errors
    /// The close code and its reason.
    pub(crate) async fn hear(&mut self) -> Result<Value, (u16, String)> {
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

    /// Reads on until a message of this name.
    pub(crate) async fn expect(&mut self, name: &str) -> Value {
        self.expect_that(name, |_| true).await
    }

    /// Reads on until such a message of this name. An error on the way is one that the test did not want.
    pub(crate) async fn expect_that(&mut self, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.next().await;
            let this = message.get(self.tag).or_else(|| message.get("type")).expect("every message says what it is");
            if this == name && wanted(&message) {
                return message;
            }
            assert!(name == "error" || this != "error", "waited for {name}, got {message}");
        }
    }

    /// Reads on until the server closes: code and reason.
    pub(crate) async fn end(&mut self) -> (u16, String) {
        loop {
            if let Err(end) = self.hear().await {
                return end;
            }
        }
    }
}
