//! A WebSocket by hand, over a bare TCP connection: what no well-behaved client would send, and exactly what comes back.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::within;

/// A connection after the handshake.
pub(crate) struct Raw {
    stream: TcpStream,
}

impl Raw {
    /// Opens a WebSocket at this path.
    pub(crate) async fn open(port: u16, path: &str) -> Self {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(within("the handshake", stream.read_u8()).await.expect("an answer"));
        }
        assert!(head.starts_with(b"HTTP/1.1 101 "), "{path}: {}", String::from_utf8_lossy(&head));
        Self { stream }
    }

    /// Sends all these bytes, however long the server takes to read them.
    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        within("the server to read", self.stream.write_all(bytes)).await.expect("a connection that is not reset");
    }

    /// Reads until a text that holds this.
    pub(crate) async fn hears(&mut self, wanted: &str) {
        within(wanted, async {
            loop {
                let (kind, payload) = self.frame().await;
                assert_ne!(kind, 0x8, "the end came before {wanted}");
                if String::from_utf8_lossy(&payload).contains(wanted) {
                    return;
                }
            }
        })
        .await;
    }

    /// Reads until the close frame, and on to the end, which must not be a reset: the close code.
    pub(crate) async fn closed(&mut self) -> u16 {
        within("the end of the connection", async {
            loop {
                let (kind, payload) = self.frame().await;
                if kind == 0x8 {
                    let mut rest = Vec::new();
                    self.stream.read_to_end(&mut rest).await.expect("an end that is not a reset");
                    assert!(rest.is_empty(), "the close frame is the last: {rest:?}");
                    return u16::from_be_bytes([payload[0], payload[1]]);
                }
            }
        })
        .await
    }

    /// The next frame: its opcode, its payload.
    async fn frame(&mut self) -> (u8, Vec<u8>) {
        const ALIVE: &str = "a close frame before the end";
        let (first, short) = (self.stream.read_u8().await.expect(ALIVE), self.stream.read_u8().await.expect(ALIVE));
        let length = match short {
            126 => u64::from(self.stream.read_u16().await.expect(ALIVE)),
            127 => self.stream.read_u64().await.expect(ALIVE),
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).expect("a frame that fits")];
        self.stream.read_exact(&mut payload).await.expect(ALIVE);
        (first & 0x0F, payload)
    }
}

/// The header of a frame whose mask is zero, so that its payload stands in it as it is.
pub(crate) fn header(first: u8, length: u64) -> Vec<u8> {
    let mut bytes = vec![first];
    match length {
        0..=125 => bytes.push(0x80 | u8::try_from(length).unwrap()),
        126..=65_535 => {
            bytes.push(0x80 | 126);
            bytes.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | 127);
            bytes.extend(length.to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes
}

/// A whole frame.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    [&header(first, u64::try_from(payload.len()).unwrap()), payload].concat()
}
