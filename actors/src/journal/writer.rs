//! The one writer of the journal, an actor on a thread of its own.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{Actor, ActorFutureExt, AsyncContext, Context, Handler, Message, WrapFuture};
use metrics::{Counter, Gauge, Histogram, describe_counter};
use store::{Batch, Ended, Founded, NewEntry, Store, StoreError};
use tokio::sync::oneshot;
use vocabulary::Timestamp;

use super::{
    Ending, NotWritten,
    queue::{Queue, RETRY, Waiter, Work, Write},
};
use crate::meters::{as_float, counter, gauge, histogram};

/// With at least this many rooms in a write, the next one begins [`APART`] later: fewer and larger writes cost a busy
/// server less time.
const MANY: usize = 16;
/// Time between the starts of two large writes, which a room waits longer at most.
const APART: Duration = Duration::from_millis(6);

/// Wakes the writer, because something waits in the queue.
#[derive(Message)]
#[rtype(result = "()")]
pub(super) struct Wake;

/// Asks to be answered when everything that was queued so far is written.
#[derive(Message)]
#[rtype(result = "()")]
pub(super) struct Flush;

/// The one writer.
pub(super) struct Writer {
    store: Store,
    queue: Arc<Queue>,
    writing: bool,
    flushed: Vec<oneshot::Sender<()>>,
    meters: Meters,
}

struct Meters {
    seconds: Histogram,
    batch: Histogram,
    failures: Counter,
    behind: Gauge,
}

impl Writer {
    pub(super) fn new(store: Store, queue: Arc<Queue>) -> Self {
        describe_counter!("liap_journal_lost_total", "Writes that were dropped because the journal was too far behind");
        let meters = Meters {
            seconds: histogram("liap_journal_seconds", "Duration of a write of the journal, in seconds"),
            batch: histogram("liap_journal_batch", "Rooms per write of the journal"),
            failures: counter("liap_journal_failures_total", "Writes of the journal that failed"),
            behind: gauge("liap_journal_behind", "Writes that wait for the journal"),
        };
        Self { store, queue, writing: false, flushed: Vec::new(), meters }
    }

    /// Starts the next write, unless one is running.
    fn write(&mut self, ctx: &mut Context<Self>) {
        if self.writing {
            return;
        }
        let Some(next) = self.queue.take() else {
            self.flushed.drain(..).for_each(|flushed| {
                // The room may have ended meanwhile.
                let _ = flushed.send(());
            });
            return;
        };
        self.writing = true;
        self.meters.behind.set(as_float(next.left as u64));
        self.meters.batch.record(as_float(next.writes.len() as u64));
        let (store, started) = (self.store.clone(), Instant::now());
        let writing = async move {
            let result = store.append(&batch(&next.writes)).await;
            (next.writes, result)
        };
        ctx.spawn(writing.into_actor(self).map(move |(written, result), writer, ctx| {
            writer.writing = false;
            writer.queue.note_end();
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

    /// Writes the waiting batch, at once unless the last write was for many rooms.
    fn write_after_a_rest(&mut self, last: usize, began: Instant, ctx: &mut Context<Self>) {
        let rest = APART.saturating_sub(began.elapsed());
        if last < MANY || rest.is_zero() {
            return self.write(ctx);
        }
        self.write_in(rest, ctx);
    }

    fn write_in(&mut self, rest: Duration, ctx: &mut Context<Self>) {
        self.writing = true;
        ctx.run_later(rest, |writer, ctx| {
            writer.writing = false;
            writer.write(ctx);
        });
    }

    fn succeed(&mut self, written: Vec<Write>) {
        if self.queue.note_success() {
            log::info!("the journal works again");
        }
        Waiter::tell_all(written.into_iter().filter_map(|write| write.waiter));
    }

    /// Writes a batch room by room: one of them repeats a number, and the others must not fail for it.
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

    /// Sends waiting rooms the failure; writes without a waiting room are tried again later.
    fn fail(&mut self, written: Vec<Write>, error: &StoreError, ctx: &mut Context<Self>) {
        let of_one_room = matches!(error, StoreError::Duplicate | StoreError::NoSuchRoom(_));
        if of_one_room {
            // Deletes a room whose founding failed, in case it was written after all; mostly it was not.
            if written.iter().any(|write| matches!(write.work, Work::Append(_))) {
                log::warn!("a room and its journal disagree: {error}");
            }
            return tell(written, NotWritten::Diverged);
        }
        self.meters.failures.increment(1);
        if self.queue.note_failure() {
            log::error!("the journal can't be written: {error}; rooms wait until it can");
        }
        let (told, kept): (Vec<Write>, Vec<Write>) = written.into_iter().partition(|write| write.waiter.is_some());
        tell(told, NotWritten::Failed);
        if kept.is_empty() {
            return;
        }
        let lost = self.queue.put_back(kept);
        if lost > 0 {
            count_lost(lost);
            log::error!("the journal is too far behind; {lost} writes were dropped");
        }
        self.write_in(RETRY, ctx);
    }
}

impl Actor for Writer {
    type Context = Context<Self>;
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Handler<Wake> for Writer {
    type Result = ();

    fn handle(&mut self, _: Wake, ctx: &mut Self::Context) {
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

/// Counts writes without a waiting room that the full queue dropped.
pub(super) fn count_lost(count: usize) {
    metrics::counter!("liap_journal_lost_total").increment(u64::try_from(count).unwrap_or(u64::MAX));
}

fn tell(writes: Vec<Write>, failure: NotWritten) {
    writes.into_iter().filter_map(|write| write.waiter).for_each(|waiter| waiter.tell(Err(failure)));
}

fn batch(writes: &[Write]) -> Batch {
    let mut batch = Batch::default();
    let at = Timestamp::now();
    for write in writes {
        match &write.work {
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
                if let Some(ending) = &append.ending {
                    let game = match ending {
                        Ending::Kept(finished) => Some(finished.clone()),
                        Ending::NotKept => None,
                    };
                    batch.ended.push(Ended { room, at, game });
                }
            }
        }
    }
    batch
}
