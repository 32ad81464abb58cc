//! The journal: one writer for all rooms. What waits is written together (group commit), so that durability costs a
//! room some milliseconds and the server no throughput.

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
    pub(crate) ending: Option<Ending>,
}

/// What becomes of a room's game when it is over.
pub(crate) enum Ending {
    /// It is kept.
    Kept(Finished),
    /// Nothing of the room is kept.
    NotKept,
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

    /// The store behind it.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Writes; what it returns is there when the facts are durable. None when a room does not wait for that.
    pub(crate) fn append(&self, append: Append) -> Option<impl Future<Output = Result<(), NotWritten>> + use<>> {
        if !self.waits {
            self.push(Write { work: Work::Append(append), waiter: None, since: Instant::now() });
            return None;
        }
        let (waiter, written) = Waiter::here();
        self.push(Write { work: Work::Append(append), waiter: Some(waiter), since: Instant::now() });
        Some(async move { written.await.unwrap_or(Err(NotWritten::Failed)) })
    }

    /// The room has closed without a finished game; nothing of it is kept.
    pub(crate) fn forget(&self, room: RoomId) {
        self.push(Write { work: Work::Forget(room), waiter: None, since: Instant::now() });
    }

    /// How long the oldest write has waited that is not written yet; zero while there is none.
    pub(crate) fn behind(&self) -> Duration {
        self.queue.behind()
    }

    /// Waits until all that was sent so far is written.
    pub(crate) async fn flush(&self) {
        let _ = self.writer.send(Flush).await;
    }

    fn push(&self, write: Write) {
        match self.queue.push(write) {
            Pushed::Waits => {}
            Pushed::Wake => self.writer.do_send(Wake),
            Pushed::Refused(Write { waiter: Some(waiter), .. }) => waiter.tell(Err(NotWritten::Failed)),
            Pushed::Refused(_) => writer::count_lost(1),
        }
    }
}
