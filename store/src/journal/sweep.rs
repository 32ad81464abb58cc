//! Sweeping: on SQLite the entries of rooms that ended stay where they lie until there are many, and are then deleted by the
//! way, some after each append, in the order of the table. Deleting them room by room would touch pages all over it.

use crate::{
    database::{
        connection::Connection,
        error::StoreError,
        statement::{Statement, Value},
    },
    journal::rooms::Rooms,
};

/// So many dead entries are left lying in any case.
const ENOUGH: u64 = 20_000;
/// So many entries are looked at after an append, at least.
const STEP: usize = 500;
/// So many for each entry that was appended: a pass comes to its end while the table grows by a quarter.
const PER_ENTRY: usize = 4;
/// After a failure so many appends are left alone: the next ones have better to do than to fail with the same.
const REST: u32 = 1_000;

/// Where the sweeping is.
#[derive(Debug, Default)]
pub(crate) struct Sweep {
    /// During a pass: entries before this one have been looked at.
    from: Option<i64>,
    rest: u32,
}

/// What is deleted need not be on the disk at once; the next append takes it there.
const LAZILY: &str = "PRAGMA synchronous = NORMAL";
const DURABLY: &str = "PRAGMA synchronous = FULL";

impl Sweep {
    /// What was counted anew may be swept at once.
    pub(crate) fn start(&mut self, rooms: &Rooms) {
        self.from = (rooms.dead > 0).then_some(i64::MIN);
    }

    /// Whether there is something to do, now that a batch is written.
    pub(crate) fn is_due(&mut self, rooms: &Rooms) -> bool {
        if self.rest > 0 {
            self.rest -= 1;
            return false;
        }
        if self.from.is_none() && rooms.dead > ENOUGH.max(rooms.live) {
            self.from = Some(i64::MIN);
        }
        self.from.is_some()
    }

    /// Nothing more for a while.
    pub(crate) fn rest(&mut self) {
        self.rest = REST;
    }

    /// Goes a step on, after so many entries were appended.
    pub(crate) async fn step(
        &mut self,
        connection: &mut Connection,
        rooms: &mut Rooms,
        appended: usize,
    ) -> Result<(), StoreError> {
        let Some(from) = self.from else {
            return Ok(());
        };
        let step = STEP.max(appended.saturating_mul(PER_ENTRY));
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        let last = "SELECT max(id) FROM (SELECT id FROM journal WHERE id >= $1 ORDER BY id LIMIT $2)";
        let last = Statement::new(last, vec![Value::Number(from), Value::Number(step)]);
        let last: Vec<(Option<i64>,)> = connection.rows(last).await?;
        let Some((Some(last),)) = last.first() else {
            self.from = None;
            return Ok(());
        };
        connection.run(LAZILY).await?;
        let text = "DELETE FROM journal WHERE id >= $1 AND id <= $2 AND NOT EXISTS \
                    (SELECT 1 FROM rooms WHERE rooms.id = room_id AND state IN ('open', 'quarantined'))";
        let delete = Statement::new(text, vec![Value::Number(from), Value::Number(*last)]);
        let deleted = connection.execute(delete).await?;
        connection.run(DURABLY).await?;
        rooms.dead = rooms.dead.saturating_sub(deleted);
        self.from = Some(last.saturating_add(1));
        Ok(())
    }
}
