//! One HTTP/1.1 request over a socket, and its answer.

use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};

use super::within;

/// A request that is being put together.
pub(crate) struct Request {
    method: &'static str,
    path: String,
    headers: String,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The headers, as they came.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: String,
}

/// Asks for a page.
pub(crate) async fn get(port: u16, path: &str) -> Answer {
    Request::new("GET", path).send(port).await
}

impl Request {
    /// Without a body.
    pub(crate) fn new(method: &'static str, path: &str) -> Self {
        Self { method, path: path.to_owned(), headers: String::new(), body: Vec::new() }
    }

    /// With a header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers += &format!("{name}: {value}\r\n");
        self
    }

    /// With a token of this scheme.
    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// With a body of some type.
    pub(crate) fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("Content-Type", content_type)
    }

    /// With a JSON body.
    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sends it and waits for the answer.
    pub(crate) async fn send(self, port: u16) -> Answer {
        let connecting = TcpStream::connect(("127.0.0.1", port));
        let stream = within("a connection", connecting).await.expect("the server listens");
        self.send_over(stream).await
    }

    /// The same over a connection that was made beforehand, which ends with it.
    pub(crate) async fn send_over(self, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Answer {
        let Self { method, path, headers, body } = self;
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        within("an HTTP answer", async {
            stream.write_all(head.as_bytes()).await.expect("the server reads");
            // A server that refuses a large body need not read it.
            let _ = stream.write_all(&body).await;
            Answer::read(&mut stream).await
        })
        .await
    }
}

impl Answer {
    /// All that comes until the connection ends.
    pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Self {
        let mut bytes = Vec::new();
        // A reset after the answer is an end too.
        let _ = stream.read_to_end(&mut bytes).await;
        Self::parse(&bytes)
    }

    /// The same from a connection that must not end with a reset.
    pub(crate) async fn read_whole(stream: &mut (impl AsyncRead + Unpin)) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("an end that is not a reset");
        Self::parse(&bytes)
    }

    /// One answer, over a connection that need not end with it.
    pub(crate) async fn read_one(stream: &mut (impl AsyncRead + Unpin)) -> Self {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            bytes.push(stream.read_u8().await.expect("a whole head"));
        }
        let length = Self::parse(&bytes).header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.expect("a length")];
        stream.read_exact(&mut body).await.expect("a whole body");
        bytes.extend(body);
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The body, which must be JSON and say so.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// The body of this status.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// The error body of this status and code, and nothing else in it; its details.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> Value {
        let mut body = self.expect(status);
        assert_eq!(body["code"], code, "{self:?}");
        assert!(body["message"].as_str().is_some_and(|message| message.len() > 5), "{self:?}");
        let fields: Vec<&String> = body.as_object().unwrap().keys().collect();
        assert!(fields.iter().all(|field| ["code", "message", "details"].contains(&field.as_str())), "{self:?}");
        assert_eq!(status == 401, self.header("www-authenticate") == Some("Bearer"), "{self:?}");
        body["details"].take()
    }

    /// The field that the error body is about.
    #[track_caller]
    pub(crate) fn invalid(&self, field: &str) {
        let details = self.refused(400, "VALIDATION_FAILED");
        assert_eq!(details["field"], field, "{self:?}");
        assert!(details["problem"].as_str().is_some_and(|problem| !problem.is_empty()), "{self:?}");
    }
}
