//! One plain HTTP request over a socket, for the few pages that are no WebSocket.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::within;

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    /// The status code.
    pub(crate) status: u16,
    /// The headers, as they came.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: String,
}

/// Asks for a page.
pub(crate) async fn get(port: u16, path: &str) -> Response {
    within("an HTTP response", async {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("the server answers in text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Response { status, head: head.to_owned(), body: body.to_owned() }
    })
    .await
}
