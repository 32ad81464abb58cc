//! What waits for the writer: a bounded list under a lock that is held for a few instructions. The writer is woken only
//! when it sleeps, for waking a thread for every fact costs more than writing the fact.

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
/// How many writes may wait in memory; full durability never comes near, for there a room waits for its own.
const MOST_BEHIND: usize = 100_000;
/// How long a failed store is left alone.
pub(super) const RETRY: Duration = Duration::from_millis(250);

/// A write, and who waits for it.
pub(super) struct Write {
    pub(super) work: Work,
    pub(super) waiter: Option<Waiter>,
    /// When it was handed in.
    pub(super) since: Instant,
}

pub(super) enum Work {
    Append(Append),
    Forget(RoomId),
}

/// A room that waits for its write, on its own thread.
pub(super) struct Waiter {
    home: Option<(ThreadId, ArbiterHandle)>,
    done: oneshot::Sender<Result<(), NotWritten>>,
}

impl Waiter {
    /// Someone on this thread, and what they wait for.
    pub(super) fn here() -> (Self, oneshot::Receiver<Result<(), NotWritten>>) {
        let (done, written) = oneshot::channel();
        let home = Arbiter::try_current().map(|arbiter| (std::thread::current().id(), arbiter));
        (Self { home, done }, written)
    }

    pub(super) fn tell(self, result: Result<(), NotWritten>) {
        // A room that is gone has nobody to tell.
        let _ = self.done.send(result);
    }

    /// Tells them all that they succeeded, each on its own thread: one wake-up per thread, not one per room.
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
            // An arbiter that has stopped has no rooms.
            arbiter.spawn_fn(move || together.into_iter().for_each(|waiter| waiter.tell(Ok(()))));
        }
    }
}

/// What became of a push.
pub(super) enum Pushed {
    /// The writer sees it when it is done with what it does.
    Waits,
    /// The writer sleeps: wake it.
    Wake,
    /// There is no place, the writer is gone, or the store does not work and somebody would wait for it.
    Refused(Write),
}

/// What the writer writes next.
pub(super) struct Taken {
    pub(super) writes: Vec<Write>,
    /// How many wait after these.
    pub(super) left: usize,
}

#[derive(Default)]
pub(super) struct Queue(Mutex<State>);

#[derive(Default)]
struct State {
    waiting: Vec<Write>,
    awake: bool,
    /// Since when the oldest of the writes that are under way has waited.
    writing_since: Option<Instant>,
    /// Whether the writer is gone.
    closed: bool,
    /// When the store failed last, while it has not worked again.
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

    /// The next writes. With none the writer may sleep: the next push says that it must be woken.
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

    /// How long the oldest write has waited that is not written yet; zero while there is none.
    pub(super) fn behind(&self) -> Duration {
        let state = self.0.lock();
        let oldest = [state.writing_since, state.waiting.first().map(|write| write.since)];
        oldest.into_iter().flatten().min().map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// The writes that were taken last are written, or whoever waits for them has been told that they are not.
    pub(super) fn note_end(&self) {
        self.0.lock().writing_since = None;
    }

    /// Puts writes back in front; what has no place then is lost. Returns how many.
    pub(super) fn put_back(&self, writes: Vec<Write>) -> usize {
        let mut state = self.0.lock();
        state.waiting.splice(..0, writes);
        let lost = state.waiting.len().saturating_sub(MOST_BEHIND);
        state.waiting.truncate(MOST_BEHIND);
        lost
    }

    /// Nobody writes any more: whoever waits hears of it.
    pub(super) fn close(&self) {
        let mut state = self.0.lock();
        state.closed = true;
        state.waiting.clear();
    }

    /// The store failed. Whether it had worked before.
    pub(super) fn note_failure(&self) -> bool {
        self.0.lock().failed.replace(Instant::now()).is_none()
    }

    /// The store works. Whether it had failed before.
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
