//! A WebSocket connection of a simulated player or listener, with small buffers: there are thousands.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpSocket, TcpStream, lookup_host},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Error, Message, Utf8Bytes, protocol::WebSocketConfig},
};

/// How long the server may take to open a connection.
const PATIENCE: Duration = Duration::from_secs(30);
/// What is read at once; most messages are smaller.
const BUFFER: usize = 8192;

/// A connection.
pub(super) struct Link(WebSocketStream<TcpStream>);

/// Why there is no connection, or none any more, as an error's code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Broken(pub(super) String);

impl Link {
    /// Connects to this door of the server, from this address if there is one; with when the first packet went out.
    pub(super) async fn open(base: &str, door: &str, from: Option<Ipv4Addr>) -> Result<(Self, Instant), Broken> {
        let begun = Instant::now();
        match timeout(PATIENCE, knock(base, door, from)).await {
            Ok(opened) => opened.map(|socket| (Self(socket), begun)),
            Err(_) => Err(Broken("connect: timeout".to_owned())),
        }
    }

    /// The next message. May be dropped and asked again.
    pub(super) async fn next(&mut self) -> Result<Utf8Bytes, Broken> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text),
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(1005, |frame| u16::from(frame.code));
                    return Err(Broken(format!("closed: {code}")));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Broken("closed: lost".to_owned())),
            }
        }
    }

    /// Ends the connection as a lost one ends: without a word.
    pub(super) async fn cut(&mut self) {
        let _ = self.0.get_mut().shutdown().await;
    }

    /// Sends a message; that the connection is gone shows when the next one is read.
    pub(super) async fn send(&mut self, message: String) {
        let _ = self.0.send(Message::text(message)).await;
    }
}

async fn knock(base: &str, door: &str, from: Option<Ipv4Addr>) -> Result<WebSocketStream<TcpStream>, Broken> {
    let address = base.strip_prefix("ws://").unwrap_or(base);
    let host = address.split('/').next().unwrap_or(address);
    let host = if host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let refused = |error: io::Error| Broken(format!("connect: {}", error.kind()));
    let stream = connect(&host, from).await.map_err(refused)?;
    let _ = stream.set_nodelay(true);
    let config = WebSocketConfig::default().read_buffer_size(BUFFER).write_buffer_size(0);
    match client_async_with_config(format!("{base}/ws/{door}"), stream, Some(config)).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(answer)) => Err(Broken(format!("connect: HTTP {}", answer.status().as_u16()))),
        Err(Error::Io(error)) => Err(refused(error)),
        Err(_) => Err(Broken("connect: no WebSocket".to_owned())),
    }
}

async fn connect(host: &str, from: Option<Ipv4Addr>) -> io::Result<TcpStream> {
    let Some(from) = from else { return TcpStream::connect(host).await };
    let to = lookup_host(host).await?.find(SocketAddr::is_ipv4).ok_or(io::ErrorKind::AddrNotAvailable)?;
    let socket = TcpSocket::new_v4()?;
    socket.bind((from, 0).into())?;
    socket.connect(to).await
}
