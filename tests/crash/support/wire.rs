//! One WebSocket connection to a server that may die at any moment. All that is heard and sent keeps to its schema.

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

use super::{schemas, within};

/// Why a person can't go on with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The connection broke.
    Broken,
    /// No connection could be made.
    NoServer,
    /// The server closed it with this code.
    Closed(u16),
    /// What was asked could not be made durable; nothing was done.
    Refused,
    /// The room is not there any more.
    NoRoom,
}

/// The connection.
pub(crate) struct Wire(WebSocketStream<TcpStream>);

impl Wire {
    /// Connects to `/ws/{door}`.
    pub(crate) async fn open(port: u16, door: &str) -> Result<Self, Stop> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(|_| Stop::NoServer)?;
        stream.set_nodelay(true).map_err(|_| Stop::NoServer)?;
        let address = format!("ws://127.0.0.1:{port}/ws/{door}");
        let (socket, _) = within("the handshake", client_async(address, stream)).await.map_err(|_| Stop::NoServer)?;
        let mut wire = Self(socket);
        let first = wire.hear().await?;
        match first["event"].as_str() {
            Some("connected") => Ok(wire),
            // Of a room that is unknown, or whose game has ended.
            _ if ["1003", "2008"].iter().any(|code| first["error"]["code"] == *code) => Err(Stop::NoRoom),
            _ => panic!("expected to be greeted, got {first}"),
        }
    }

    /// Sends; whether the server lives shows in what is heard next.
    pub(crate) async fn send(&mut self, message: &Value) {
        let text = message.to_string();
        schemas::check_client(&text, message);
        let _ = self.0.send(Message::text(text)).await;
    }

    /// The next message.
    pub(crate) async fn hear(&mut self) -> Result<Value, Stop> {
        within("something to hear", async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let message = serde_json::from_str(&text).expect("the server speaks JSON");
                        schemas::check_server(&text, &message);
                        return Ok(message);
                    }
                    Some(Ok(Message::Close(Some(frame)))) => return Err(Stop::Closed(frame.code.into())),
                    Some(Ok(Message::Close(None)) | Err(_)) | None => return Err(Stop::Broken),
                    Some(Ok(_)) => {}
                }
            }
        })
        .await
    }
}
