//! The queue before the writer: a bounded list under a lock that is held for a few instructions. The writer is woken
//! only if it sleeps, because waking a thread for every fact costs more than writing the fact.

use std::{
    thread::ThreadId,
    time::{Duration, Instant},
};

use actix::{Arbiter, ArbiterHandle};
use parking_lot::Mutex;
use tokio::sync::oneshot;
use vocabulary::RoomId;

use super::{Append, NotWritten};

/// The most writes in one transaction.
const MOST_AT_ONCE: usize = 1_000;
/// Writes that may wait in memory. With full durability there are never as many, because each room waits for its own.
const MOST_BEHIND: usize = 100_000;
/// Pause before a store that failed is tried again.
pub(super) const RETRY: Duration = Duration::from_millis(250);

/// A write, and the room that waits for it.
pub(super) struct Write {
    pub(super) work: Work,
    pub(super) waiter: Option<Waiter>,
    /// The time at which it was queued.
    pub(super) since: Instant,
}

pub(super) enum Work {
    Append(Append),
    Forget(RoomId),
}

/// A room that waits for its write, on the room's own thread.
pub(super) struct Waiter {
    home: Option<(ThreadId, ArbiterHandle)>,
    done: oneshot::Sender<Result<(), NotWritten>>,
}

impl Waiter {
    /// A waiter on this thread, and the receiver of its outcome.
    pub(super) fn here() -> (Self, oneshot::Receiver<Result<(), NotWritten>>) {
        let (done, written) = oneshot::channel();
        let home = Arbiter::try_current().map(|arbiter| (std::thread::current().id(), arbiter));
        (Self { home, done }, written)
    }

    pub(super) fn tell(self, result: Result<(), NotWritten>) {
        // The room may have ended meanwhile.
        let _ = self.done.send(result);
    }

    /// Reports success to all of them, each on its own thread: one wake-up per thread, not one per room.
    pub(super) fn tell_all(waiters: impl Iterator<Item = Self>) {
        let mut homes: Vec<(ThreadId, ArbiterHandle, Vec<Self>)> = Vec::new();
        for waiter in waiters {
            let Some((thread, arbiter)) = &waiter.home else {
                waiter.tell(Ok(()));
                continue;
            };
            match homes.iter_mut().find(|(home, ..)| home == thread) {
                Some((.., together)) => together.push(waiter),
                None => homes.push((*thread, arbiter.clone(), vec![waiter])),
            }
        }
        for (_, arbiter, together) in homes {
            // A stopped arbiter has no rooms.
            arbiter.spawn_fn(move || together.into_iter().for_each(|waiter| waiter.tell(Ok(()))));
        }
    }
}

/// The outcome of a push.
pub(super) enum Pushed {
    /// The writer is busy and will find it.
    Waits,
    /// The writer sleeps and must be woken.
    Wake,
    /// The write was not queued: the queue is full, the writer has ended, or the store is failing and a room would wait
    /// for it.
    Refused(Write),
}

/// The next batch of the writer.
pub(super) struct Taken {
    pub(super) writes: Vec<Write>,
    /// The number of writes that wait after these.
    pub(super) left: usize,
}

#[derive(Default)]
pub(super) struct Queue(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: Vec<Write>,
    awake: bool,
    /// The time at which the oldest write of the present batch was queued.
    writing_since: Option<Instant>,
    /// Whether the writer has ended.
    closed: bool,
    /// The time of the last failure, until the store works again.
    failed: Option<Instant>,
}

impl Queue {
    pub(super) fn push(&self, write: Write) -> Pushed {
        let mut state = self.0.lock();
        let failing = state.failed.is_some_and(|failed| failed.elapsed() < RETRY);
        if failing && write.waiter.is_some() || state.waiting.len() >= MOST_BEHIND || state.closed {
            return Pushed::Refused(write);
        }
        state.waiting.push(write);
        if std::mem::replace(&mut state.awake, true) { Pushed::Waits } else { Pushed::Wake }
    }

    /// The next batch. If it is empty the writer may sleep: the next push then reports that it must be woken.
    pub(super) fn take(&self) -> Option<Taken> {
        let mut state = self.0.lock();
        state.writing_since = state.waiting.first().map(|write| write.since);
        if state.waiting.is_empty() {
            state.awake = false;
            return None;
        }
        let rest = match state.waiting.len() {
            few if few <= MOST_AT_ONCE => Vec::with_capacity(few),
            _ => state.waiting.split_off(MOST_AT_ONCE),
        };
        let writes = std::mem::replace(&mut state.waiting, rest);
        Some(Taken { writes, left: state.waiting.len() })
    }

    /// The age of the oldest write that is not done; zero if there is none.
    pub(super) fn behind(&self) -> Duration {
        let state = self.0.lock();
        let oldest = [state.writing_since, state.waiting.first().map(|write| write.since)];
        oldest.into_iter().flatten().min().map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// The present batch is done: it is written, or the rooms that wait for it know that it is not.
    pub(super) fn note_end(&self) {
        self.0.lock().writing_since = None;
    }

    /// Puts writes back at the front of the queue, drops those that no longer fit, and returns the number of dropped
    /// writes.
    pub(super) fn put_back(&self, writes: Vec<Write>) -> usize {
        let mut state = self.0.lock();
        state.waiting.splice(..0, writes);
        let lost = state.waiting.len().saturating_sub(MOST_BEHIND);
        state.waiting.truncate(MOST_BEHIND);
        lost
    }

    /// The writer ends: every waiting room is sent a failure.
    pub(super) fn close(&self) {
        let mut state = self.0.lock();
        state.closed = true;
        state.waiting.clear();
    }

    /// Notes that the store failed, and returns whether it had worked before.
    pub(super) fn note_failure(&self) -> bool {
        self.0.lock().failed.replace(Instant::now()).is_none()
    }

    /// Notes that the store works, and returns whether it had failed before.
    pub(super) fn note_success(&self) -> bool {
        self.0.lock().failed.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by it")]

    use super::*;

    #[test]
    fn a_write_counts_as_behind_until_it_is_written() {
        let queue = Queue::default();
        assert_eq!(queue.behind(), Duration::ZERO);
        let long_ago = Instant::now().checked_sub(Duration::from_secs(2)).unwrap();
        let write = |since| Write { work: Work::Forget(RoomId::random()), waiter: None, since };
        assert!(matches!(queue.push(write(long_ago)), Pushed::Wake));
        assert!(queue.behind() >= Duration::from_secs(2), "it waits");
        let taken = queue.take().unwrap();
        assert!(queue.behind() >= Duration::from_secs(2), "it is being written");
        queue.note_end();
        assert_eq!(queue.behind(), Duration::ZERO);
        queue.put_back(taken.writes);
        assert!(queue.behind() >= Duration::from_secs(2), "it failed and waits again");
    }
}
