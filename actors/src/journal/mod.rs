//! The journal: one writer for all rooms. Waiting writes are committed together (group commit), so that durability
//! costs a room some milliseconds and the server no throughput.

mod queue;
mod writer;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix::{Actor, Addr, Arbiter};
use store::{Finished, Store};
use vocabulary::RoomId;

use self::{
    queue::{Pushed, Queue, Waiter, Work, Write},
    writer::{Flush, Wake, Writer},
};

/// When a room continues after a change; see `docs/guarantees.md`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Durability {
    /// When its facts are on the disk.
    #[default]
    Full,
    /// At once; the facts are written soon after. A crash loses what was acknowledged in the last moments.
    Relaxed,
    /// At once, and nothing is written. For benchmarks.
    Off,
}

/// The facts that a room appends to its journal.
pub(crate) struct Append {
    pub(crate) room: RoomId,
    /// The encoded founding, with the room's first facts.
    pub(crate) founding: Option<Vec<u8>>,
    /// The number in the room of the first of these facts.
    pub(crate) first: usize,
    pub(crate) entries: Vec<Vec<u8>>,
    /// The end of the game, with the room's last facts.
    pub(crate) ending: Option<Ending>,
}

/// The end of a room.
pub(crate) enum Ending {
    /// The game is kept.
    Kept(Finished),
    /// Neither the game nor the room is kept.
    NotKept,
}

/// The reason why facts were not written. None of them is durable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotWritten {
    /// The store failed.
    Failed,
    /// The store has other facts with these numbers.
    Diverged,
}

/// The handle through which rooms write; cheap to clone.
#[derive(Clone)]
pub(crate) struct Journal {
    queue: Arc<Queue>,
    writer: Addr<Writer>,
    store: Store,
    waits: bool,
}

impl Journal {
    /// Starts the writer on a thread of its own.
    pub(crate) fn start(store: Store, durability: Durability) -> Self {
        let queue = Arc::<Queue>::default();
        let (writes_to, takes_from) = (store.clone(), Arc::clone(&queue));
        let writer = Writer::start_in_arbiter(&Arbiter::new().handle(), move |_| Writer::new(writes_to, takes_from));
        Self { queue, writer, store, waits: durability == Durability::Full }
    }

    /// The store that it writes to.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Queues the facts, and returns a future that is ready when they are durable; `None` if rooms don't wait for that.
    pub(crate) fn append(&self, append: Append) -> Option<impl Future<Output = Result<(), NotWritten>> + use<>> {
        if !self.waits {
            self.push(Write { work: Work::Append(append), waiter: None, since: Instant::now() });
            return None;
        }
        let (waiter, written) = Waiter::here();
        self.push(Write { work: Work::Append(append), waiter: Some(waiter), since: Instant::now() });
        Some(async move { written.await.unwrap_or(Err(NotWritten::Failed)) })
    }

    /// Deletes a room that has closed without a finished game.
    pub(crate) fn forget(&self, room: RoomId) {
        self.push(Write { work: Work::Forget(room), waiter: None, since: Instant::now() });
    }

    /// The age of the oldest write that is not done; zero if there is none.
    pub(crate) fn behind(&self) -> Duration {
        self.queue.behind()
    }

    /// Waits until everything that was queued so far is written.
    pub(crate) async fn flush(&self) {
        let _ = self.writer.send(Flush).await;
    }

    fn push(&self, write: Write) {
        match self.queue.push(write) {
            Pushed::Waits => {}
            Pushed::Wake => self.writer.do_send(Wake),
            Pushed::Refused(Write { waiter: Some(waiter), .. }) => waiter.tell(Err(NotWritten::Failed)),
            // Nobody waits for it: durability is relaxed, or the room has closed.
            Pushed::Refused(_) => writer::count_lost(1),
        }
    }
}
