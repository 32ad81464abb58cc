//! What those who use the live log say and hear: texts, one after the other.

use tokio::net::TcpStream;

use crate::socket::{Frame, Socket};

impl Socket {
    /// Connects to the live log and reads the greeting.
    pub(crate) async fn greeted(port: u16) -> Self {
        let mut socket = Self::connect(port, "live-log").await.expect("an upgrade");
        assert!(socket.text().await.contains("connected"), "a greeting");
        socket
    }

    /// A connection to the ceiling.
    pub(crate) async fn at_ceiling(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the ceiling listens");
        stream.set_nodelay(true).expect("a socket option");
        Self::bare(stream)
    }

    /// The next text.
    pub(crate) async fn text(&mut self) -> String {
        loop {
            match self.next().await.expect("an open connection") {
                Frame::Text(text) => return text.to_owned(),
                Frame::Pong => {}
                Frame::Close => panic!("the server closed the connection"),
            }
        }
    }
}
