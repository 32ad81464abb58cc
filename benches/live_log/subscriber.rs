//! Those who are told: each message says when it was sent.

use std::{
    cell::RefCell,
    time::{Duration, Instant},
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
            let mut socket = Socket::connect(port).await;
            took.push(began.elapsed());
            socket.send(r#"{"action":"subscribe","message_types":["user"]}"#).await;
            assert!(socket.text().await.contains("subscribed"), "an answer");
            sockets.push(socket);
        }
        Self { sockets, took }
    }

    /// How long connecting took.
    pub(crate) fn connecting(&self) -> Times {
        Times::new(self.took.clone())
    }

    /// Listens as long as it is polled.
    pub(crate) async fn listen(self, began: Instant) {
        let listening = self.sockets.into_iter().map(|mut socket| async move {
            loop {
                let text = socket.text().await;
                let now = began.elapsed();
                if let Some(sent) = sent(&text) {
                    DELIVERED.with_borrow_mut(|delivered| delivered.push(now.saturating_sub(sent)));
                }
            }
        });
        join_all(listening).await;
    }
}

/// All deliveries.
pub(crate) fn delivered() -> (usize, Times) {
    let took = DELIVERED.take();
    (took.len(), Times::new(took))
}

/// When the message was sent, after the beginning.
fn sent(text: &str) -> Option<Duration> {
    let (_, rest) = text.split_once("sent=")?;
    let digits = rest.split(|sign: char| !sign.is_ascii_digit()).next()?;
    digits.parse().ok().map(Duration::from_nanos)
}
