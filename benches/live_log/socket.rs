//! A WebSocket that reads as little as it must: whole text frames, one after the other.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The sample of RFC 6455; nothing depends on it.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

// Kinds of frames (RFC 6455, 5.2).
const TEXT: u8 = 0x1;
const PING: u8 = 0x9;
const PONG: u8 = 0xA;

pub(crate) struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the buffer was read.
    done: usize,
}

impl Socket {
    /// Connects and reads the greeting.
    pub(crate) async fn connect(port: u16) -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        let head = format!(
            "GET /ws/live-log HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("a request");
        let mut socket = Self { stream, buffer: Vec::with_capacity(1 << 12), done: 0 };
        loop {
            if let Some(end) = socket.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                socket.done = end + 4;
                break;
            }
            socket.read().await;
        }
        assert!(socket.buffer.starts_with(b"HTTP/1.1 101"), "an upgrade");
        assert!(socket.text().await.contains("connected"), "a greeting");
        socket
    }

    /// A connection to a server that speaks in frames from the beginning.
    pub(crate) async fn bare(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        Self { stream, buffer: Vec::with_capacity(1 << 12), done: 0 }
    }

    /// Sends one byte.
    pub(crate) async fn nudge(&mut self) {
        self.stream.write_all(&[0]).await.expect("an open connection");
    }

    /// Sends a text of at most 125 bytes, or a longer one of up to 65,535.
    pub(crate) async fn send(&mut self, text: &str) {
        self.write(TEXT, text.as_bytes()).await;
    }

    async fn write(&mut self, kind: u8, payload: &[u8]) {
        let length = u16::try_from(payload.len()).expect("a short text");
        let mut frame = vec![0x80 | kind];
        match u8::try_from(length) {
            Ok(short @ 0..=125) => frame.push(0x80 | short),
            _ => {
                frame.push(0x80 | 126);
                frame.extend(length.to_be_bytes());
            }
        }
        // A mask of zeros changes nothing.
        frame.extend([0; 4]);
        frame.extend(payload);
        self.stream.write_all(&frame).await.expect("an open connection");
    }

    /// The next text; a ping is answered on the way.
    pub(crate) async fn text(&mut self) -> String {
        loop {
            if let Some((kind, from, to)) = frame(&self.buffer[self.done..]) {
                let (from, to) = (self.done + from, self.done + to);
                let text = (kind == TEXT).then(|| String::from_utf8_lossy(&self.buffer[from..to]).into_owned());
                let ping = (kind == PING).then(|| self.buffer[from..to].to_vec());
                self.done = to;
                if self.done == self.buffer.len() {
                    self.buffer.clear();
                    self.done = 0;
                }
                if let Some(text) = text {
                    return text;
                }
                if let Some(payload) = ping {
                    self.write(PONG, &payload).await;
                }
                continue;
            }
            self.read().await;
        }
    }

    async fn read(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.expect("an open connection");
        assert!(read > 0, "the server closed the connection");
    }
}

/// The kind of the first frame and where its payload is, when it is all there.
fn frame(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let [first, second, rest @ ..] = bytes else { return None };
    let (from, length) = match second & 0x7F {
        126 => (4, usize::from(u16::from_be_bytes(*rest.first_chunk()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?),
        short => (2, usize::from(short)),
    };
    (bytes.len() >= from + length).then_some((first & 0x0F, from, from + length))
}
