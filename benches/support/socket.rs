//! A WebSocket that costs its process as little as it can, for the players must not be what the server waits for.

use std::net::Ipv4Addr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

/// The sample of RFC 6455, and what a server answers to it; nothing depends on it.
pub(crate) const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
pub(crate) const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// The most that a player holds of what it has not read yet; a longer message makes it grow.
const BUFFER: usize = 1 << 12;

/// A client's connection.
pub(crate) struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the buffer was read.
    done: usize,
    /// Reads that brought something.
    pub(crate) reads: u64,
}

/// What a server may send.
#[derive(Debug)]
pub(crate) enum Frame<'a> {
    Text(&'a str),
    Pong,
    Close,
}

impl Socket {
    /// Connects to `/ws/{door}`.
    pub(crate) async fn connect(port: u16, door: &str) -> std::io::Result<Self> {
        Self::connect_from(Ipv4Addr::LOCALHOST, port, door).await
    }

    /// The same from one of this machine's own addresses, 127.0.0.0/8.
    pub(crate) async fn connect_from(client: Ipv4Addr, port: u16, door: &str) -> std::io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((client, 0).into())?;
        let mut stream = socket.connect((Ipv4Addr::LOCALHOST, port).into()).await?;
        stream.set_nodelay(true)?;
        let head = format!(
            "GET /ws/{door} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await?;
        let mut socket = Self::bare(stream);
        loop {
            if let Some(end) = socket.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                socket.done = end + 4;
                break;
            }
            if !socket.read().await {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        let upgraded = socket.buffer.starts_with(b"HTTP/1.1 101");
        upgraded.then_some(socket).ok_or_else(|| std::io::Error::other("no upgrade"))
    }

    /// On a connection whose server speaks in frames from the beginning.
    pub(crate) fn bare(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::with_capacity(BUFFER), done: 0, reads: 0 }
    }

    /// Sends a text; whether the server is there shows when the next message is read.
    pub(crate) async fn send(&mut self, text: &str) {
        self.write(1, text.as_bytes()).await;
    }

    /// Asks for a sign of life.
    pub(crate) async fn ping(&mut self) {
        self.write(9, b"").await;
    }

    async fn write(&mut self, kind: u8, payload: &[u8]) {
        let mut frame = Vec::with_capacity(payload.len() + 8);
        head(kind, 0x80, payload.len(), &mut frame);
        // A mask of zeros changes nothing.
        frame.extend([0; 4]);
        frame.extend(payload);
        let _ = self.stream.write_all(&frame).await;
    }

    /// The next frame, after an answer to each ping before it; nothing when the server has gone.
    pub(crate) async fn next(&mut self) -> Option<Frame<'_>> {
        let (kind, from, to) = loop {
            if let Some((kind, from, to)) = frame(&self.buffer[self.done..]) {
                let (from, to) = (self.done + from, self.done + to);
                self.done = to;
                if kind == 9 {
                    let payload = self.buffer[from..to].to_vec();
                    self.write(10, &payload).await;
                    continue;
                }
                break (kind, from, to);
            }
            if !self.read().await {
                return None;
            }
        };
        Some(match kind {
            1 => Frame::Text(std::str::from_utf8(&self.buffer[from..to]).ok()?),
            10 => Frame::Pong,
            _ => Frame::Close,
        })
    }

    async fn read(&mut self) -> bool {
        self.buffer.drain(..self.done);
        self.done = 0;
        self.reads += 1;
        self.stream.read_buf(&mut self.buffer).await.is_ok_and(|read| read > 0)
    }
}

/// The head of a frame with this payload, whole and of this kind.
pub(crate) fn head(kind: u8, mask: u8, length: usize, bytes: &mut Vec<u8>) {
    bytes.push(0x80 | kind);
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => bytes.push(mask | short),
        (_, Ok(longer)) => {
            bytes.push(mask | 126);
            bytes.extend(longer.to_be_bytes());
        }
        _ => {
            bytes.push(mask | 127);
            bytes.extend((length as u64).to_be_bytes());
        }
    }
}

/// The kind of the first frame and where its payload is, when it is all there and carries no mask.
fn frame(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let [first, second, rest @ ..] = bytes else { return None };
    let (from, length) = match second & 0x7F {
        126 => (4, usize::from(u16::from_be_bytes(*rest.first_chunk()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?),
        short => (2, usize::from(short)),
    };
    (bytes.len() >= from + length).then_some((first & 0x0F, from, from + length))
}
