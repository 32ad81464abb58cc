//! Deletion in small steps, with pauses that leave most of the database's time to other writes.

use std::time::{Duration, Instant};

use store::StoreError;

/// Shortest pause between two steps.
const REST: Duration = Duration::from_millis(10);
/// Length of a pause relative to the step before it: other writes get most of the time.
const RESTS: u32 = 3;

/// Repeats a step, which returns the number of rows that it has deleted, until there is nothing left to delete; returns
/// the sum.
pub(crate) async fn sweep(mut step: impl AsyncFnMut() -> Result<u64, StoreError>) -> Result<u64, StoreError> {
    let mut deleted = 0;
    loop {
        let began = Instant::now();
        // One transaction per step, so that other writes get their turn in between.
        match step().await? {
            0 => return Ok(deleted),
            some => deleted += some,
        }
        tokio::time::sleep(REST.max(began.elapsed() * RESTS)).await;
    }
}
