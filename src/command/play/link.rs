//! The WebSocket connection to the server.

use std::time::Duration;

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::TcpStream,
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Error, Message},
};

/// How long the server may take to answer the knock.
const PATIENCE: Duration = Duration::from_secs(5);
/// After so long a silence the server is asked for a sign of life; after another one the connection counts as lost.
const SILENCE: Duration = Duration::from_secs(20);

/// A connection; reading or writing says when it is lost.
pub(super) struct Link {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    quiet_until: Instant,
    pinged: bool,
}

/// The connection is gone.
#[derive(Debug)]
pub(super) struct Lost;

impl Link {
    /// Connects to a door: a room or `lobby`.
    ///
    /// # Errors
    /// A sentence for the player.
    pub(super) async fn open(url: &str, door: &str) -> anyhow::Result<Self> {
        let base = url.trim_end_matches('/').replacen("http://", "ws://", 1);
        if !base.starts_with("ws://") {
            bail!("{url} can't be used; it should look like ws://127.0.0.1:8000");
        }
        let knock = connect_async_with_config(format!("{base}/ws/{door}"), None, true);
        match timeout(PATIENCE, knock).await {
            Ok(Ok((socket, _))) => Ok(Self { socket, quiet_until: Instant::now() + SILENCE, pinged: false }),
            Ok(Err(Error::Io(_))) | Err(_) => {
                bail!("no server at {url}; start one with `make run`")
            }
            Ok(Err(problem @ (Error::Url(_) | Error::HttpFormat(_)))) => {
                bail!("{url} can't be used: {problem}; it should look like ws://127.0.0.1:8000")
            }
            Ok(Err(other)) => Err(other).with_context(|| format!("what answers at {url} is no Liap Tui server")),
        }
    }

    /// The next message. May be dropped and asked again.
    pub(super) async fn next(&mut self) -> Result<String, Lost> {
        loop {
            let frame = tokio::select! {
                frame = self.socket.next() => frame,
                () = sleep_until(self.quiet_until) => {
                    self.probe().await?;
                    continue;
                }
            };
            self.quiet_until = Instant::now() + SILENCE;
            self.pinged = false;
            match frame {
                Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Lost),
                Some(Ok(_)) => {}
            }
        }
    }

    async fn probe(&mut self) -> Result<(), Lost> {
        if self.pinged {
            return Err(Lost);
        }
        self.pinged = true;
        self.quiet_until = Instant::now() + SILENCE;
        let ping = Message::Ping(Vec::new().into());
        self.socket.send(ping).await.map_err(|_| Lost)
    }

    /// Sends a message.
    pub(super) async fn send(&mut self, message: String) -> Result<(), Lost> {
        self.socket.send(Message::text(message)).await.map_err(|_| Lost)
    }

    /// Waits until the server has let go, for a moment at most, and closes.
    pub(super) async fn close(mut self) {
        let goodbye = async {
            while let Ok(message) = self.next().await {
                if message.contains("\"room_left\"") {
                    break;
                }
            }
            let _ = self.socket.close(None).await;
        };
        let _ = timeout(Duration::from_secs(2), goodbye).await;
    }
}
