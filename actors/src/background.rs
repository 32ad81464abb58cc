//! Work that takes too long for a serving thread. It runs on other threads, and only on a few at once, so that the
//! serving threads keep their cores.

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use tokio::sync::Semaphore;
use vocabulary::Denial;

/// Jobs that may wait or run; more are refused.
const QUEUE: usize = 4_096;

/// A bounded pool: one job fewer than there are cores at once, at least one.
pub struct Background {
    places: Semaphore,
    waiting: AtomicUsize,
}

impl Background {
    pub(crate) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self { places: Semaphore::new(cores.saturating_sub(1).max(1)), waiting: AtomicUsize::new(0) }
    }

    /// Runs the work on another thread, first come, first served.
    ///
    /// # Errors
    /// [`Denial::Busy`] if too many jobs wait, [`Denial::ServerError`] if the work panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Denial> {
        let _waiting = Waiting::begin(&self.waiting)?;
        let _place = self.places.acquire().await.map_err(|_| Denial::ServerError)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Denial::ServerError)
    }
}

/// Counts a job that waits or runs. It is a guard, so that a job whose requester disconnects is uncounted too.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Result<Self, Denial> {
        let waiting = Self(count);
        if count.fetch_add(1, Ordering::Relaxed) >= QUEUE { Err(Denial::Busy) } else { Ok(waiting) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
