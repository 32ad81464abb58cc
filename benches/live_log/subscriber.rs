//! Those who are told: each message says when it was sent.

use std::{
    cell::RefCell,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use futures_util::future::join_all;

use crate::{figures::Times, socket::Socket};

thread_local! {
    /// How long after its sending each delivery came, of all subscribers.
    static DELIVERED: RefCell<Vec<Duration>> = const { RefCell::new(Vec::new()) };
}

pub(crate) struct Subscribers {
    sockets: Vec<Socket>,
    took: Vec<Duration>,
}

impl Subscribers {
    /// Connects one after the other, and subscribes.
    pub(crate) async fn connect(port: u16, count: usize) -> Self {
        let (mut sockets, mut took) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for _ in 0..count {
            let began = Instant::now();
            let mut socket = Socket::greeted(port).await;
            took.push(began.elapsed());
            socket.send(r#"{"action":"subscribe","message_types":["user"]}"#).await;
            assert!(socket.text().await.contains("subscribed"), "an answer");
            sockets.push(socket);
        }
        Self { sockets, took }
    }

    /// The same at the ceiling, which needs no subscription.
    pub(crate) async fn bare(port: u16, count: usize) -> Self {
        let mut sockets = Vec::with_capacity(count);
        for _ in 0..count {
            sockets.push(Socket::at_ceiling(port).await);
        }
        sockets[0].ping().await;
        Self { sockets, took: Vec::new() }
    }

    /// How long connecting took.
    pub(crate) fn connecting(&self) -> Times {
        Times::new(self.took.clone())
    }

    /// Listens as long as it is polled. A connection that ends is the end of the bench.
    pub(crate) async fn listen(self) {
        let listening = self.sockets.into_iter().map(|mut socket| async move {
            loop {
                let text = socket.text().await;
                let now = now();
                if let Some(sent) = sent(&text) {
                    DELIVERED.with_borrow_mut(|delivered| delivered.push(now.saturating_sub(sent)));
                }
            }
        });
        join_all(listening).await;
    }
}

/// Since 1970: the ceiling is another process.
pub(crate) fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a time")
}

/// All deliveries.
pub(crate) fn delivered() -> Times {
    Times::new(DELIVERED.take())
}

/// How many there were.
pub(crate) fn count() -> usize {
    DELIVERED.with_borrow(Vec::len)
}

/// When the message was sent, since 1970.
fn sent(text: &str) -> Option<Duration> {
    let (_, rest) = text.split_once("sent=")?;
    let digits = rest.split(|sign: char| !sign.is_ascii_digit()).next()?;
    digits.parse().ok().map(Duration::from_nanos)
}
