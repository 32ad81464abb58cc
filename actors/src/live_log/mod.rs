//! The live log: a recorder that stores every message, a channel per type of message behind it, and lists of the stored
//! messages.

mod channel;
mod keeping;
pub(crate) mod messages;
mod recorder;
mod source;

use std::{sync::Arc, time::Duration};

use actix::{Actor, Addr};
use metrics::Counter;
use parking_lot::Mutex;
use store::{MessageFilter, Reader, Store, StoreError};
use tokio::sync::{
    mpsc::{self, Sender},
    oneshot,
};
use vocabulary::{AccountId, LogFilter, LogFound, LogHistory, LogKind, LogMessage, LogRequest, LogSlice, Reply};

pub use self::source::Source;
use self::{channel::Channel, recorder::Waiting, source::Rate};
use crate::{Settings, meters::counter};

/// Messages that may wait to be stored.
const QUEUE: usize = 8_192;
/// Longest wait of a service for its message.
const PATIENCE: Duration = Duration::from_secs(10);

/// The live log's handle.
pub struct LiveLog {
    channels: Channels,
    queue: Sender<Waiting>,
    store: Option<Store>,
    rate: Rate,
    dropped: Counter,
    delivered: Counter,
}

/// The channels' addresses. A channel starts with its first subscriber, on that subscriber's thread: there it wakes
/// most of its subscribers without another thread's help.
#[derive(Clone, Default)]
struct Channels(Arc<[Mutex<Option<Addr<Channel>>>; LogKind::COUNT]>);

impl Channels {
    /// The channel; `None` if nobody has ever subscribed to it.
    fn of(&self, kind: LogKind) -> Option<Addr<Channel>> {
        self.0[kind.index()].lock().clone()
    }

    /// The channel, started on this thread if there is none, or if the thread that it was on has ended.
    fn start(&self, kind: LogKind, delivered: &Counter) -> Addr<Channel> {
        let mut channel = self.0[kind.index()].lock();
        channel.take_if(|channel| !channel.connected());
        channel.get_or_insert_with(|| Channel::new(delivered.clone()).start()).clone()
    }
}

/// The message was not stored, because the store failed or was too slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the live log can't be written now")]
pub struct NotLogged;

impl LiveLog {
    /// Starts the recorder, and the keeper if there is a store, in the current arbiter. `delivered` counts a message
    /// once per subscriber.
    pub(crate) fn start(store: Option<Store>, settings: &Settings, delivered: Counter) -> Arc<Self> {
        let channels = Channels::default();
        let (queue, incoming) = mpsc::channel(QUEUE);
        actix::spawn(recorder::record(store.clone(), channels.clone(), incoming));
        if let Some(store) = &store {
            actix::spawn(keeping::keep(store.clone(), settings.clone()));
        }
        let rate = Rate::per_minute(settings.live_log_source_per_minute);
        let dropped = counter("liap_live_log_dropped_total", "Messages of the live log that found its queue full");
        Arc::new(Self { channels, queue, store, rate, dropped, delivered })
    }

    /// The channel, started on this thread if it is not running.
    pub(crate) fn start_channel(&self, kind: LogKind) -> Addr<Channel> {
        self.channels.start(kind, &self.delivered)
    }

    /// The channel; `None` if nobody has ever subscribed to it.
    pub(crate) fn channel(&self, kind: LogKind) -> Option<Addr<Channel>> {
        self.channels.of(kind)
    }

    /// Queues a message of the server's own. If the queue is full because the store is failing, the message is dropped
    /// and counted: no game waits for the log.
    pub fn publish(&self, message: LogMessage) {
        if self.queue.try_send(Waiting { message: Some(message), stored: None }).is_err() {
            self.dropped.increment(1);
        }
    }

    /// Queues a message that this source causes; above the source's rate it is dropped and counted.
    pub fn publish_of(&self, source: Source, message: LogMessage) {
        if self.admits(source, message.kind) {
            self.publish(message);
        }
    }

    /// Counts a message of this source, and returns whether it is within the source's rate.
    pub fn admits(&self, source: Source, kind: LogKind) -> bool {
        self.rate.admits(source, kind)
    }

    /// Stores a message of a service; it is stored when this returns.
    ///
    /// # Errors
    /// The store failed, or did not answer within ten seconds.
    pub async fn take(&self, message: LogMessage) -> Result<(), NotLogged> {
        self.wait_for(Some(message)).await
    }

    /// Waits until all messages that were queued so far are stored.
    ///
    /// # Errors
    /// The store failed, or did not answer within ten seconds.
    pub async fn flush(&self) -> Result<(), NotLogged> {
        self.wait_for(None).await
    }

    async fn wait_for(&self, message: Option<LogMessage>) -> Result<(), NotLogged> {
        let (stored, done) = oneshot::channel();
        let waiting = Waiting { message, stored: Some(stored) };
        let taken = async {
            self.queue.send(waiting).await.map_err(|_| NotLogged)?;
            done.await.map_err(|_| NotLogged)
        };
        // A message that is stored later has been answered as a failure; a service may send it again.
        tokio::time::timeout(PATIENCE, taken).await.unwrap_or(Err(NotLogged))
    }

    /// Lists or searches the messages that the reader may see; a reader without an account sees the public ones.
    ///
    /// # Errors
    /// The store can't be read.
    pub(crate) async fn look_up(&self, account: Option<AccountId>, request: LogRequest) -> Result<Reply, StoreError> {
        let reader = Reader { account: account.map(|account| account.to_string()) };
        match request {
            LogRequest::History { filter, slice } => self.history(&reader, &filter, slice).await.map(Reply::History),
            LogRequest::Search { query, filter, slice } => {
                self.search(&reader, query, &filter, slice).await.map(Reply::Found)
            }
            LogRequest::Subscribe(_) | LogRequest::Unsubscribe(_) => Ok(Reply::Subscribed(Vec::new())),
        }
    }

    async fn history(&self, reader: &Reader, filter: &LogFilter, slice: LogSlice) -> Result<LogHistory, StoreError> {
        let Some(store) = &self.store else {
            return Ok(LogHistory { bodies: Vec::new(), total: 0, slice });
        };
        let page = store.messages(reader, &stored(filter), slice.offset, slice.limit).await?;
        Ok(LogHistory { bodies: page.bodies, total: page.total, slice })
    }

    async fn search(
        &self,
        reader: &Reader,
        query: String,
        filter: &LogFilter,
        slice: LogSlice,
    ) -> Result<LogFound, StoreError> {
        let Some(store) = &self.store else {
            return Ok(LogFound { query, bodies: Vec::new(), count: 0, exact: true });
        };
        let found = store.search_messages(reader, &query, &stored(filter), slice.offset, slice.limit).await?;
        Ok(LogFound { query, bodies: found.bodies, count: found.count, exact: found.exact })
    }
}

/// Converts the filter into the store's type.
fn stored(filter: &LogFilter) -> MessageFilter {
    MessageFilter {
        kind: filter.kind.map(|kind| u8::try_from(kind.index()).unwrap_or(u8::MAX)),
        user: filter.user.clone(),
        channel: filter.channel.clone(),
        from: filter.from,
        to: filter.to,
    }
}
