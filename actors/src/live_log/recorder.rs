//! The recorder stores every message, many in one write, before anybody receives it.

use std::time::Duration;

use futures_util::future::join_all;
use store::{NewMessage, Store};
use tokio::{
    sync::{mpsc::Receiver, oneshot},
    time::{Instant, sleep_until},
};
use vocabulary::{LogKind, LogMessage};

use super::{Channels, messages::Deliver};

/// The most messages of one write.
const BATCH: usize = 256;
/// With at least this many messages in a write, the next one begins [`APART`] later: fewer and larger writes cost a
/// busy server less time.
const MANY: usize = 8;
/// Time between the starts of two large writes, which a message waits longer at most.
const APART: Duration = Duration::from_millis(50);
/// Pause before a store that failed is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// A message in the queue.
pub(super) struct Waiting {
    /// `None` only asks for an answer when everything before it is stored.
    pub(super) message: Option<LogMessage>,
    /// Answered when the message is stored, and dropped when it can't be. Without it, storing is tried again.
    pub(super) stored: Option<oneshot::Sender<()>>,
}

/// Stores messages and sends them to their channels, until every sender has been dropped.
pub(super) async fn record(store: Option<Store>, channels: Channels, mut incoming: Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let received = incoming.recv_many(&mut batch, BATCH).await;
        if received == 0 {
            return;
        }
        let began = Instant::now();
        if let Some(store) = &store {
            keep(store, &mut batch).await;
        }
        deliver(&mut batch, &channels).await;
        // After a full batch more messages are waiting than one write takes.
        if (MANY..BATCH).contains(&received) {
            sleep_until(began + APART).await;
        }
    }
}

/// Waits until the channels have pushed the messages: if they are slow, the bounded queue fills instead of their
/// mailboxes.
async fn deliver(batch: &mut Vec<Waiting>, channels: &Channels) {
    let mut by_kind = LogKind::ALL.map(|_| Vec::new());
    for Waiting { message, stored } in batch.drain(..) {
        if let Some(message) = message {
            by_kind[message.kind.index()].push(message);
        }
        if let Some(stored) = stored {
            // The requester may have gone.
            let _ = stored.send(());
        }
    }
    let delivering = LogKind::ALL.into_iter().zip(by_kind).filter(|(_, messages)| !messages.is_empty());
    let delivering = delivering.filter_map(|(kind, messages)| Some(channels.of(kind)?.send(Deliver(messages))));
    // A channel that has ended has no subscribers.
    join_all(delivering).await;
}

/// Tries until the batch is stored. Whoever waits for a message hears of the first failure, and that message is
/// dropped. Meanwhile the queue fills, and further messages are refused.
async fn keep(store: &Store, batch: &mut Vec<Waiting>) {
    let mut failed = false;
    loop {
        let rows: Vec<NewMessage> = batch.iter().filter_map(|waiting| waiting.message.as_ref()).map(row).collect();
        let Err(error) = store.store_messages(&rows).await else { return };
        if !failed {
            log::warn!("the live log can't be written now; it is tried again every second: {error}");
        }
        failed = true;
        batch.retain(|waiting| waiting.stored.is_none());
        if batch.is_empty() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn row(message: &LogMessage) -> NewMessage {
    let audience = message.audience.iter().flatten().map(ToString::to_string).collect();
    NewMessage {
        id: message.id.clone(),
        kind: u8::try_from(message.kind.index()).unwrap_or(u8::MAX),
        at: message.at,
        users: message.users.clone(),
        channel: message.channel.clone().unwrap_or_default(),
        names: message.names.clone(),
        content: message.content.clone(),
        audience,
        body: message.body.to_string(),
    }
}
