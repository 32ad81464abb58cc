//! The WebSocket connection to the server.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};
use tokio::{
    net::TcpStream,
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{Error, Message},
};

use crate::command::address::ServerAddress;

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
    pub(super) async fn open(url: &ServerAddress, door: &str) -> anyhow::Result<Self> {
        let connector = if url.is_secure() { Connector::Rustls(Arc::new(trusting()?)) } else { Connector::Plain };
        let knock = connect_async_tls_with_config(format!("{url}/ws/{door}"), None, true, Some(connector));
        match timeout(PATIENCE, knock).await {
            Ok(Ok((socket, _))) => Ok(Self { socket, quiet_until: Instant::now() + SILENCE, pinged: false }),
            Ok(Err(Error::Io(error))) if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
                bail!("{url} can't be trusted: {error}; SSL_CERT_FILE can name the certificate of a private authority")
            }
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

/// Trusts the authorities of the system, or those of `SSL_CERT_FILE`.
fn trusting() -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().context("TLS can't be set up")?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
