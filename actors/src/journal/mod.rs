//! The journal: one writer for all rooms. What waits is written together (group commit), so that durability costs a
//! room some milliseconds and the server no throughput.

pub(crate) mod codec;

use std::time::{Duration, Instant};

use actix::{Actor, ActorFutureExt, Addr, Arbiter, AsyncContext, Context, Handler, Message, WrapFuture};
use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use store::{Batch, Ended, Finished, Founded, NewEntry, Store, StoreError};
use tokio::sync::oneshot;
use vocabulary::{RoomId, Timestamp};

/// The most appends in one transaction.
const MOST_AT_ONCE: usize = 1_000;
/// While this many rooms write at once, writes begin [`APART`]: fewer and larger ones take a busy server less time.
const MANY: usize = 8;
/// See [`MANY`]; it is what a room then waits longer, at most.
const APART: Duration = Duration::from_millis(3);
/// How many facts may wait in memory where rooms do not wait for the journal.
const MOST_BEHIND: usize = 100_000;
/// How long a failed store is left alone.
const RETRY: Duration = Duration::from_millis(250);

/// When a room goes on: see `docs/guarantees.md`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Durability {
    /// When its facts are on the disk.
    #[default]
    Full,
    /// At once; the facts follow. A crash loses what was acknowledged in the last moments.
    Relaxed,
    /// At once, and nothing is written: for benchmarks.
    Off,
}

/// What a room has to keep.
pub(crate) struct Append {
    pub(crate) room: RoomId,
    /// With the room's first facts.
    pub(crate) founding: Option<Vec<u8>>,
    /// The number of the first of these facts in the room.
    pub(crate) first: usize,
    pub(crate) entries: Vec<Vec<u8>>,
    /// With the room's last facts.
    pub(crate) finished: Option<Finished>,
}

/// Why facts were not written. None of them is durable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotWritten {
    /// The store does not work now.
    Failed,
    /// The store has other facts of these numbers.
    Diverged,
}

/// The handle that rooms write with; cheap to clone.
#[derive(Clone)]
pub(crate) struct Journal {
    writer: Addr<Writer>,
    store: Store,
    waits: bool,
}

impl Journal {
    /// Starts the writer on a thread of its own.
    pub(crate) fn start(store: Store, durability: Durability) -> Self {
        describe();
        let writes_to = store.clone();
        let writer = Writer::start_in_arbiter(&Arbiter::new().handle(), move |_| Writer::new(writes_to));
        Self { writer, store, waits: durability == Durability::Full }
    }

    /// The store behind it.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Writes; what it returns is there when the facts are durable. None when a room does not wait for that.
    pub(crate) fn append(&self, append: Append) -> Option<impl Future<Output = Result<(), NotWritten>> + use<>> {
        if !self.waits {
            self.writer.do_send(Write { append: Work::Append(append), done: None });
            return None;
        }
        let (done, written) = oneshot::channel();
        self.writer.do_send(Write { append: Work::Append(append), done: Some(done) });
        Some(async move { written.await.unwrap_or(Err(NotWritten::Failed)) })
    }

    /// The room has closed without a finished game; nothing of it is kept.
    pub(crate) fn forget(&self, room: RoomId) {
        self.writer.do_send(Write { append: Work::Forget(room), done: None });
    }

    /// Waits until all that was sent so far is written.
    pub(crate) async fn flush(&self) {
        let _ = self.writer.send(Flush).await;
    }
}

enum Work {
    Append(Append),
    Forget(RoomId),
}

#[derive(Message)]
#[rtype(result = "()")]
struct Write {
    append: Work,
    done: Option<oneshot::Sender<Result<(), NotWritten>>>,
}

#[derive(Message)]
#[rtype(result = "()")]
struct Flush;

/// The one writer.
struct Writer {
    store: Store,
    waiting: Vec<Write>,
    writing: bool,
    /// When the store failed last, while it has not worked again.
    failed: Option<Instant>,
    flushed: Vec<oneshot::Sender<()>>,
    meters: Meters,
}

struct Meters {
    seconds: Histogram,
    batch: Histogram,
    failures: Counter,
    lost: Counter,
    behind: Gauge,
}

impl Writer {
    fn new(store: Store) -> Self {
        let meters = Meters {
            seconds: histogram!("liap_journal_seconds"),
            batch: histogram!("liap_journal_batch"),
            failures: counter!("liap_journal_failures_total"),
            lost: counter!("liap_journal_lost_total"),
            behind: gauge!("liap_journal_behind"),
        };
        Self { store, waiting: Vec::new(), writing: false, failed: None, flushed: Vec::new(), meters }
    }

    /// Writes what waits, unless a write is on.
    fn write(&mut self, ctx: &mut Context<Self>) {
        if self.writing {
            return;
        }
        if self.waiting.is_empty() {
            self.flushed.drain(..).for_each(|flushed| {
                // Whoever waited may be gone.
                let _ = flushed.send(());
            });
            return;
        }
        self.writing = true;
        let count = self.waiting.len().min(MOST_AT_ONCE);
        let now: Vec<Write> = self.waiting.drain(..count).collect();
        self.meters.behind.set(count_as_float(self.waiting.len()));
        self.meters.batch.record(count_as_float(now.len()));
        let (store, started) = (self.store.clone(), Instant::now());
        let writing = async move {
            let result = store.append(&batch(&now)).await;
            (now, result)
        };
        ctx.spawn(writing.into_actor(self).map(move |(written, result), writer, ctx| {
            writer.writing = false;
            writer.meters.seconds.record(started.elapsed());
            let count = written.len();
            match result {
                Ok(()) => {
                    writer.succeed(written);
                    return writer.write_after_a_rest(count, started, ctx);
                }
                Err(StoreError::Duplicate | StoreError::NoSuchRoom(_)) if written.len() > 1 => {
                    return writer.write_one_by_one(written, ctx);
                }
                Err(error) => writer.fail(written, &error, ctx),
            }
            writer.write(ctx);
        }));
    }

    /// Writes what waits by now, at once unless the last write was for many rooms.
    fn write_after_a_rest(&mut self, last: usize, began: Instant, ctx: &mut Context<Self>) {
        let rest = APART.saturating_sub(began.elapsed());
        if last < MANY || rest.is_zero() {
            return self.write(ctx);
        }
        self.writing = true;
        ctx.run_later(rest, |writer, ctx| {
            writer.writing = false;
            writer.write(ctx);
        });
    }

    fn succeed(&mut self, written: Vec<Write>) {
        if self.failed.take().is_some() {
            log::info!("the journal works again");
        }
        for write in written {
            answer(write, Ok(()));
        }
    }

    /// One of them is a repeat; the others must not suffer for it.
    fn write_one_by_one(&mut self, written: Vec<Write>, ctx: &mut Context<Self>) {
        self.writing = true;
        let store = self.store.clone();
        let writing = async move {
            let mut results = Vec::with_capacity(written.len());
            for write in written {
                let result = store.append(&batch(std::slice::from_ref(&write))).await;
                results.push((write, result));
            }
            results
        };
        ctx.spawn(writing.into_actor(self).map(|results, writer, ctx| {
            writer.writing = false;
            for (write, result) in results {
                match result {
                    Ok(()) => writer.succeed(vec![write]),
                    Err(error) => writer.fail(vec![write], &error, ctx),
                }
            }
            writer.write(ctx);
        }));
    }

    /// Rooms that wait are told; what nobody waits for is tried again later.
    fn fail(&mut self, written: Vec<Write>, error: &StoreError, ctx: &mut Context<Self>) {
        let of_one_room = matches!(error, StoreError::Duplicate | StoreError::NoSuchRoom(_));
        if of_one_room {
            // A room whose founding failed is forgotten in case it was written all the same; mostly it was not.
            if written.iter().any(|write| matches!(write.append, Work::Append(_))) {
                log::warn!("a room and its journal disagree: {error}");
            }
            return written.into_iter().for_each(|write| answer(write, Err(NotWritten::Diverged)));
        }
        self.meters.failures.increment(1);
        if self.failed.is_none() {
            log::error!("the journal can't be written: {error}; rooms freeze until it can");
        }
        self.failed = Some(Instant::now());
        let (told, kept): (Vec<Write>, Vec<Write>) = written.into_iter().partition(|write| write.done.is_some());
        told.into_iter().for_each(|write| answer(write, Err(NotWritten::Failed)));
        if kept.is_empty() {
            return;
        }
        self.waiting.splice(..0, kept);
        self.drop_what_is_too_much();
        self.writing = true;
        ctx.run_later(RETRY, |writer, ctx| {
            writer.writing = false;
            writer.write(ctx);
        });
    }

    fn drop_what_is_too_much(&mut self) {
        let excess = self.waiting.len().saturating_sub(MOST_BEHIND);
        if excess > 0 {
            self.meters.lost.increment(u64::try_from(excess).unwrap_or(u64::MAX));
            log::error!("the journal is too far behind; {excess} writes are lost");
            self.waiting.truncate(MOST_BEHIND);
        }
    }
}

impl Actor for Writer {
    type Context = Context<Self>;
}

impl Handler<Write> for Writer {
    type Result = ();

    fn handle(&mut self, write: Write, ctx: &mut Self::Context) {
        let resting = self.failed.is_some_and(|failed| failed.elapsed() < RETRY);
        if resting && write.done.is_some() {
            return answer(write, Err(NotWritten::Failed));
        }
        self.waiting.push(write);
        self.drop_what_is_too_much();
        self.write(ctx);
    }
}

impl Handler<Flush> for Writer {
    type Result = actix::ResponseFuture<()>;

    fn handle(&mut self, _: Flush, ctx: &mut Self::Context) -> Self::Result {
        let (flushed, done) = oneshot::channel();
        self.flushed.push(flushed);
        self.write(ctx);
        Box::pin(async move {
            let _ = done.await;
        })
    }
}

fn answer(write: Write, result: Result<(), NotWritten>) {
    if let Some(done) = write.done {
        // A room that is gone has nobody to tell.
        let _ = done.send(result);
    }
}

fn batch(writes: &[Write]) -> Batch {
    let mut batch = Batch::default();
    let at = i64::try_from(Timestamp::now().0).unwrap_or(i64::MAX);
    for write in writes {
        match &write.append {
            Work::Forget(room) => batch.ended.push(Ended { room: room.to_string(), at, game: None }),
            Work::Append(append) => {
                let room = append.room.to_string();
                if let Some(founding) = &append.founding {
                    batch.founded.push(Founded { room: room.clone(), founding: founding.clone(), at });
                }
                for (number, body) in (append.first..).zip(&append.entries) {
                    let number = i64::try_from(number).unwrap_or(i64::MAX);
                    batch.entries.push(NewEntry { room: room.clone(), number, body: body.clone() });
                }
                if let Some(finished) = &append.finished {
                    batch.ended.push(Ended { room, at, game: Some(finished.clone()) });
                }
            }
        }
    }
    batch
}

#[expect(clippy::cast_precision_loss, reason = "counts below 2^52")]
fn count_as_float(count: usize) -> f64 {
    count as f64
}

fn describe() {
    describe_histogram!("liap_journal_seconds", "How long a write of the journal took, in seconds");
    describe_histogram!("liap_journal_batch", "How many rooms a write of the journal was for");
    describe_counter!("liap_journal_failures_total", "Writes of the journal that failed");
    describe_counter!("liap_journal_lost_total", "Writes that were dropped because the journal was too far behind");
    describe_gauge!("liap_journal_behind", "Writes that wait for the journal");
}
