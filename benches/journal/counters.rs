//! What a server has counted up to a moment.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::Server;

/// What a server has counted up to a moment.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counters {
    /// User and system time, in seconds.
    pub(crate) cpu: f64,
    /// Decisions of everybody.
    pub(crate) actions: f64,
    /// Writes of the journal.
    pub(crate) writes: f64,
    /// Seconds that they took together.
    pub(crate) write_seconds: f64,
}

impl Counters {
    /// Asks the server.
    pub(crate) async fn of(server: &Server) -> Self {
        let text = metrics(server.port).await;
        Self {
            cpu: server.cpu(),
            actions: sum(&text, "liap_actions_total"),
            writes: sum(&text, "liap_journal_seconds_count"),
            write_seconds: sum(&text, "liap_journal_seconds_sum"),
        }
    }
}

/// What the server tells of itself, in Prometheus' words.
async fn metrics(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("the server listens");
    let request = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request).await.expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

/// The sum of all lines of this metric, over its labels.
pub(crate) fn sum(metrics: &str, name: &str) -> f64 {
    let lines = metrics.lines().filter_map(|line| line.strip_prefix(name));
    let values = lines.filter(|rest| rest.starts_with([' ', '{'])).filter_map(|rest| rest.rsplit(' ').next());
    values.filter_map(|value| value.parse::<f64>().ok()).sum()
}
