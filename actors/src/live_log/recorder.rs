//! The recorder: every message is stored, many in one write, before anyone is told of it.

use std::time::Duration;

use store::{NewMessage, Store};
use tokio::sync::mpsc::Receiver;
use vocabulary::{LogKind, LogMessage};

use super::{Channels, messages::Deliver};

/// The most messages of one write.
const BATCH: usize = 256;
/// How long a store that can't be written is left alone.
const PAUSE: Duration = Duration::from_secs(1);

/// Stores what comes and hands it to its channel, as long as anyone can send.
pub(super) async fn record(store: Option<Store>, channels: Channels, mut incoming: Receiver<LogMessage>) {
    let mut batch = Vec::with_capacity(BATCH);
    while incoming.recv_many(&mut batch, BATCH).await > 0 {
        if let Some(store) = &store {
            keep(store, &batch).await;
        }
        for kind in LogKind::ALL {
            let of_kind: Vec<LogMessage> = batch.extract_if(.., |message| message.kind == kind).collect();
            if !of_kind.is_empty() {
                channels.of(kind).do_send(Deliver(of_kind));
            }
        }
        batch.clear();
    }
}

/// Tries until it is stored. Meanwhile the queue fills, and what has no place in it is not taken.
async fn keep(store: &Store, batch: &[LogMessage]) {
    let rows: Vec<NewMessage> = batch.iter().map(row).collect();
    let mut failed = false;
    while let Err(error) = store.store_messages(&rows).await {
        if !failed {
            log::warn!("the live log can't be written now and will be later: {error}");
        }
        failed = true;
        tokio::time::sleep(PAUSE).await;
    }
}

pub(super) fn row(message: &LogMessage) -> NewMessage {
    let audience = message.audience.iter().flatten().map(ToString::to_string).collect();
    NewMessage {
        id: message.id.clone(),
        kind: u8::try_from(message.kind.index()).unwrap_or(u8::MAX),
        at: i64::try_from(message.at.0).unwrap_or(i64::MAX),
        users: message.users.clone(),
        channel: message.channel.clone().unwrap_or_default(),
        names: message.names.clone(),
        content: message.content.clone(),
        audience,
        body: message.body.to_string(),
    }
}
