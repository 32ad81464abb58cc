//! The live log: a channel for each type of message, one recorder before them, and the lists of what is stored.

mod channel;
mod keeping;
pub(crate) mod messages;
mod recorder;
mod source;

use std::{sync::Arc, time::Duration};

use actix::{Actor, Addr};
use metrics::{Counter, counter, describe_counter};
use parking_lot::Mutex;
use store::{MessageFilter, Reader, Store, StoreError};
use tokio::sync::{
    mpsc::{self, Receiver, Sender},
    oneshot,
};
use vocabulary::{AccountId, LogFilter, LogFound, LogHistory, LogKind, LogMessage, LogRequest, LogSlice, Reply};

pub use self::source::Source;
use self::{channel::Channel, recorder::Waiting, source::Rate};
use crate::Engine;

/// How many messages may wait to be stored.
const QUEUE: usize = 8_192;
/// How long anyone waits for theirs.
const PATIENCE: Duration = Duration::from_secs(10);

/// The live log's handle.
pub struct LiveLog {
    channels: Channels,
    queue: Sender<Waiting>,
    store: Option<Store>,
    rate: Rate,
    dropped: Counter,
}

/// The channels' addresses. A channel begins with its first subscriber, on that subscriber's thread: there it wakes most
/// of its subscribers without another thread's help.
#[derive(Clone, Default)]
pub(crate) struct Channels(Arc<[Mutex<Option<Addr<Channel>>>; LogKind::COUNT]>);

impl Channels {
    /// The channel; none when nobody has ever subscribed to it.
    pub(crate) fn of(&self, kind: LogKind) -> Option<Addr<Channel>> {
        self.0[kind.index()].lock().clone()
    }

    /// The channel, begun on this thread when there is none, or when the thread that it was on has ended.
    fn start(&self, kind: LogKind, engine: &Engine) -> Addr<Channel> {
        let mut channel = self.0[kind.index()].lock();
        channel.take_if(|channel| !channel.connected());
        channel.get_or_insert_with(|| Channel::new(engine.clone()).start()).clone()
    }
}

/// What of the live log does not run yet: its tasks need the engine, and the engine their handle.
pub(crate) struct Unstarted {
    incoming: Receiver<Waiting>,
}

impl Unstarted {
    /// Starts the recorder and the keeper in the current arbiter.
    pub(crate) fn start(self, engine: &Engine) {
        let log = engine.live_log();
        actix::spawn(recorder::record(log.store.clone(), log.channels.clone(), self.incoming));
        if let Some(store) = &log.store {
            actix::spawn(keeping::keep(store.clone(), engine.clone()));
        }
    }
}

/// The live log takes nothing now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the live log can't be written now")]
pub struct NotLogged;

impl LiveLog {
    /// The handle, and what is to be started when there is an engine.
    pub(crate) fn new(store: Option<Store>, per_source: u32) -> (Self, Unstarted) {
        describe_counter!("liap_live_log_dropped_total", "Messages of the live log that found its queue full");
        let channels = Channels::default();
        let (queue, incoming) = mpsc::channel(QUEUE);
        let rate = Rate::per_minute(per_source);
        let log = Self { channels, queue, store, rate, dropped: counter!("liap_live_log_dropped_total") };
        (log, Unstarted { incoming })
    }

    /// The channel, which begins on this thread if it has not yet.
    pub(crate) fn begin_channel(&self, kind: LogKind, engine: &Engine) -> Addr<Channel> {
        self.channels.start(kind, engine)
    }

    /// The channel; none when nobody has ever subscribed to it.
    pub(crate) fn channel(&self, kind: LogKind) -> Option<Addr<Channel>> {
        self.channels.of(kind)
    }

    /// Takes a message of the server's own. While the store does not work and the queue is full it is lost, and counted:
    /// no game waits for the log.
    pub fn publish(&self, message: LogMessage) {
        if self.queue.try_send(Waiting { message: Some(message), stored: None }).is_err() {
            self.dropped.increment(1);
        }
    }

    /// The same for a message that this source brings about; what is over the source's rate is counted, and dropped.
    pub fn publish_of(&self, source: Source, message: LogMessage) {
        if self.admits(source, message.kind) {
            self.publish(message);
        }
    }

    /// Counts a message of this source; whether it is within the source's rate.
    pub fn admits(&self, source: Source, kind: LogKind) -> bool {
        self.rate.admits(source, kind)
    }

    /// Takes a message of a service, and returns when it is stored.
    ///
    /// # Errors
    /// When it can't be stored now.
    pub async fn take(&self, message: LogMessage) -> Result<(), NotLogged> {
        self.wait_for(Some(message)).await
    }

    /// Waits until all that was taken so far is stored.
    ///
    /// # Errors
    /// When it can't be stored now.
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
        tokio::time::timeout(PATIENCE, taken).await.unwrap_or(Err(NotLogged))
    }

    /// Lists or finds messages that the reader may see; one without an account sees what everybody may.
    ///
    /// # Errors
    /// When the store can't be read.
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

/// The filter in the store's words.
fn stored(filter: &LogFilter) -> MessageFilter {
    MessageFilter {
        kind: filter.kind.map(|kind| u8::try_from(kind.index()).unwrap_or(u8::MAX)),
        user: filter.user.clone(),
        channel: filter.channel.clone(),
        from: filter.from,
        to: filter.to,
    }
}
