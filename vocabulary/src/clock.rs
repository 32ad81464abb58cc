//! Ids and times for lists that are sorted by time: neither ever decreases, whatever the system's clock does.

use std::sync::{Mutex, MutexGuard, PoisonError};

use uuid::{ContextV7, Uuid};

use crate::Timestamp;

/// The last time that was returned, and what distinguishes the ids of one millisecond.
static CLOCK: Mutex<(Timestamp, ContextV7)> = Mutex::new((Timestamp(0), ContextV7::new()));

fn clock() -> MutexGuard<'static, (Timestamp, ContextV7)> {
    CLOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ensures that no later time is before this one, which is that of the newest stored entry.
pub fn not_before(at: Timestamp) {
    let mut clock = clock();
    clock.0 = clock.0.max(at);
}

/// A new id, a UUID of version 7, and the time in it. Both are greater than or equal to all earlier ones.
pub fn stamp() -> (Uuid, Timestamp) {
    let mut clock = clock();
    let at = clock.0.max(Timestamp::now());
    clock.0 = at;
    let nanoseconds = u32::try_from(at.0 % 1_000 * 1_000_000).unwrap_or_default();
    (Uuid::new_v7(uuid::Timestamp::from_unix(&clock.1, at.0 / 1_000, nanoseconds)), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_ids_nor_times_go_back_when_the_clock_does() {
        let (first, before) = stamp();
        // As if the clock had been a day ahead until now.
        let ahead = Timestamp(before.0 + 86_400_000);
        not_before(ahead);
        not_before(before);
        let mut last = (first, ahead);
        for _ in 0..10_000 {
            let next = stamp();
            assert!(next.0 > last.0 && next.1 >= last.1, "{last:?} {next:?}");
            last = next;
        }
        assert_eq!(last.0.get_timestamp().unwrap().to_unix().0, last.1.0 / 1_000);
    }
}
