//! A WebSocket connection with limits on how long a server may stay silent.

use std::{
    future::pending,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpSocket, TcpStream, lookup_host},
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config,
    tungstenite::{
        Error, Message, Utf8Bytes,
        client::IntoClientRequest,
        http::header::SEC_WEBSOCKET_PROTOCOL,
        protocol::{CloseFrame, WebSocketConfig, frame::coding::CloseCode},
    },
};

use crate::ServerAddress;

/// What is read at once; most messages are smaller.
const BUFFER: usize = 8192;

/// How to connect to a server.
#[derive(Clone, Debug)]
pub struct Dial {
    server: ServerAddress,
    from: Option<Ipv4Addr>,
    patience: Duration,
    silence: Option<Duration>,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The server did not answer in time.
    #[error("the server did not answer within {} s", .0.as_secs())]
    Timeout(Duration),
    /// No TCP connection could be made, or it broke.
    #[error(transparent)]
    Io(io::Error),
    /// The server's certificate is not trusted.
    #[error(transparent)]
    Untrusted(io::Error),
    /// The address can't be used.
    #[error(transparent)]
    Address(Error),
    /// What answers is not such a server, or it refused the upgrade ([`Error::Http`] with its answer).
    #[error(transparent)]
    Protocol(Error),
}

/// Why a connection has ended.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum End {
    /// The server closed it.
    #[error("the server closed the connection with code {code}: {reason}")]
    Closed {
        /// The WebSocket close code, 1005 if the server sent none.
        code: u16,
        /// The server's reason in a few words.
        reason: String,
    },
    /// It broke, or the server gave no sign of life.
    #[error("the connection is lost")]
    Lost,
}

/// A WebSocket connection. Pings are answered while it is read.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    protocol: Option<String>,
    silence: Option<Duration>,
    quiet_until: Option<Instant>,
    is_probed: bool,
}

impl Dial {
    /// To this server, which may take 5 s to answer. After 20 s of silence it is asked for a sign of life; after another
    /// 20 s the connection counts as lost.
    #[must_use]
    pub const fn to(server: ServerAddress) -> Self {
        let (patience, silence) = (Duration::from_secs(5), Some(Duration::from_secs(20)));
        Self { server, from: None, patience, silence }
    }

    /// The same from one of this machine's own addresses.
    #[must_use]
    pub fn from(self, address: Option<Ipv4Addr>) -> Self {
        Self { from: address, ..self }
    }

    /// The same with another time for the server to answer.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same with another silence after which the server is asked for a sign of life; `None` for no limit.
    #[must_use]
    pub fn silence(self, silence: Option<Duration>) -> Self {
        Self { silence, ..self }
    }

    /// The server.
    #[must_use]
    pub const fn server(&self) -> &ServerAddress {
        &self.server
    }

    /// Connects to the path `/ws/{door}`: in contract *game* a room's id or `lobby`.
    ///
    /// # Errors
    /// If there is no connection within the time limit.
    pub async fn open(&self, door: &str) -> Result<Socket, ConnectError> {
        let opening = async {
            let stream = self.connect().await.map_err(ConnectError::Io)?;
            stream.set_nodelay(true).map_err(ConnectError::Io)?;
            let mut socket = Socket::over(stream, format!("{}/ws/{door}", self.server.ws())).await?;
            socket.silence = self.silence;
            socket.hears();
            Ok(socket)
        };
        timeout(self.patience, opening).await.unwrap_or(Err(ConnectError::Timeout(self.patience)))
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let host = self.server.host_and_port();
        let Some(from) = self.from else { return TcpStream::connect(host).await };
        let to = lookup_host(host).await?.find(SocketAddr::is_ipv4).ok_or(io::ErrorKind::AddrNotAvailable)?;
        let socket = TcpSocket::new_v4()?;
        socket.bind((from, 0).into())?;
        socket.connect(to).await
    }
}

impl Socket {
    /// Upgrades a TCP connection. There is no limit on the server's silence.
    ///
    /// # Errors
    /// If the server does not upgrade it.
    pub async fn over(stream: TcpStream, request: impl IntoClientRequest) -> Result<Self, ConnectError> {
        let request = request.into_client_request().map_err(ConnectError::Address)?;
        let is_secure = request.uri().scheme_str() == Some("wss");
        let connector = if is_secure { Connector::Rustls(Arc::new(trusting()?)) } else { Connector::Plain };
        let config = WebSocketConfig::default().read_buffer_size(BUFFER).write_buffer_size(0);
        match client_async_tls_with_config(request, stream, Some(config), Some(connector)).await {
            Ok((stream, answer)) => {
                let protocol = answer.headers().get(SEC_WEBSOCKET_PROTOCOL);
                let protocol = protocol.and_then(|name| name.to_str().ok()).map(str::to_owned);
                Ok(Self { stream, protocol, silence: None, quiet_until: None, is_probed: false })
            }
            Err(Error::Io(error)) if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
                Err(ConnectError::Untrusted(error))
            }
            Err(Error::Io(error)) => Err(ConnectError::Io(error)),
            Err(error @ (Error::Url(_) | Error::HttpFormat(_))) => Err(ConnectError::Address(error)),
            Err(error) => Err(ConnectError::Protocol(error)),
        }
    }

    /// The subprotocol that the server chose.
    #[must_use]
    pub fn protocol(&self) -> Option<&str> {
        self.protocol.as_deref()
    }

    /// The next text. May be dropped and called again.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn next(&mut self) -> Result<Utf8Bytes, End> {
        loop {
            if let Message::Text(text) = self.frame().await? {
                return Ok(text);
            }
        }
    }

    /// The next frame of any kind except a close frame. May be dropped and called again.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn frame(&mut self) -> Result<Message, End> {
        loop {
            let quiet_until = self.quiet_until;
            let silence = async {
                match quiet_until {
                    Some(until) => sleep_until(until).await,
                    None => pending().await,
                }
            };
            let frame = tokio::select! {
                biased;
                frame = self.stream.next() => frame,
                () = silence => {
                    if self.is_probed {
                        return Err(End::Lost);
                    }
                    self.send_frame(Message::Ping(Vec::new().into())).await?;
                    self.hears();
                    self.is_probed = true;
                    continue;
                }
            };
            self.hears();
            return match frame {
                Some(Ok(Message::Close(frame))) => {
                    let closed = frame.map(|frame| (u16::from(frame.code), frame.reason.to_string()));
                    let (code, reason) = closed.unwrap_or((u16::from(CloseCode::Status), String::new()));
                    Err(End::Closed { code, reason })
                }
                Some(Ok(frame)) => Ok(frame),
                Some(Err(_)) | None => Err(End::Lost),
            };
        }
    }

    /// The silence begins again.
    fn hears(&mut self) {
        self.quiet_until = self.silence.map(|silence| Instant::now() + silence);
        self.is_probed = false;
    }

    /// Sends a text.
    ///
    /// # Errors
    /// If the connection is known to have ended; that it has may also show only when the next message is read.
    pub async fn send(&mut self, text: impl Into<Utf8Bytes>) -> Result<(), End> {
        self.send_frame(Message::Text(text.into())).await
    }

    /// Sends any frame.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn send_frame(&mut self, frame: Message) -> Result<(), End> {
        self.stream.send(frame).await.map_err(|_| End::Lost)
    }

    /// Sends a close frame, with a code and a reason if there are some.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn close(&mut self, why: Option<(u16, &str)>) -> Result<(), End> {
        let frame = why.map(|(code, reason)| CloseFrame { code: code.into(), reason: reason.into() });
        self.stream.close(frame).await.map_err(|_| End::Lost)
    }

    /// Ends the connection as a lost one ends: without a close frame.
    pub async fn cut(&mut self) {
        // It may have ended already.
        let _ = self.stream.get_mut().shutdown().await;
    }

    /// The connection below the protocol; `None` under TLS.
    #[must_use]
    pub fn tcp(&self) -> Option<&TcpStream> {
        match self.stream.get_ref() {
            MaybeTlsStream::Plain(stream) => Some(stream),
            _ => None,
        }
    }

    /// The connection below the protocol, to be used without it; `None` under TLS.
    #[must_use]
    pub fn into_tcp(self) -> Option<TcpStream> {
        match self.stream.into_inner() {
            MaybeTlsStream::Plain(stream) => Some(stream),
            _ => None,
        }
    }
}

/// Trusts the authorities of the system, or those of `SSL_CERT_FILE`.
fn trusting() -> Result<ClientConfig, ConnectError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| ConnectError::Io(io::Error::other(error)))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
