//! Sweeping: on SQLite the entries of ended rooms are kept until there are many, and then deleted in the order of the
//! table, some after each append. Deleting them room by room would touch pages all over the table.

use super::rooms::Rooms;
use crate::database::{Connection, Statement, StoreError, Value};

/// Sweeping does not begin below this number of dead entries.
const ENOUGH: u64 = 20_000;
/// The fewest entries that are visited after an append.
const STEP: usize = 500;
/// Entries visited per appended entry: a pass ends while the table grows by a quarter.
const PER_ENTRY: usize = 4;
/// Appends without sweeping after a failure, which the next ones would only meet again.
const REST: u32 = 1_000;

/// The state of sweeping.
#[derive(Debug, Default)]
pub(crate) struct Sweep {
    /// The first entry that this pass has not visited; `None` between passes.
    from: Option<i64>,
    rest: u32,
}

/// Deletions need not be on the disk at once; the next append makes them durable.
const LAZILY: &str = "PRAGMA synchronous = NORMAL";
const DURABLY: &str = "PRAGMA synchronous = FULL";

impl Sweep {
    /// Begins a pass at once if there are dead entries, after they were counted.
    pub(crate) fn start(&mut self, rooms: &Rooms) {
        self.from = (rooms.dead > 0).then_some(i64::MIN);
    }

    /// Whether to sweep after this batch.
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

    /// Pauses sweeping after a failure.
    pub(crate) fn rest(&mut self) {
        self.rest = REST;
    }

    /// Sweeps one step, whose size depends on the number of appended entries.
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
