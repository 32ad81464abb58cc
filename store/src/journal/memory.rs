//! Writes to the journal, checked against the writer's memory of the open rooms.

use super::{
    rooms::{Changed, Rooms},
    sweep::Sweep,
    types::Batch,
    write,
};
use crate::database::{Statement, StoreError, Value, Writer};

/// What the writer remembers of the journal. The rooms change only after a commit.
#[derive(Default)]
struct Memory {
    /// The connection on which the rooms were read; 0 before they are.
    generation: u64,
    rooms: Rooms,
    sweep: Sweep,
}

/// Writes all of the batch or nothing.
pub(crate) async fn append(writer: &mut Writer, batch: &Batch) -> Result<(), StoreError> {
    if batch.is_empty() {
        return Ok(());
    }
    let mut memory = recall(writer).await?;
    let outcome = write_batch(writer, &mut memory, batch).await;
    writer.remember(memory);
    outcome
}

async fn write_batch(writer: &mut Writer, memory: &mut Memory, batch: &Batch) -> Result<(), StoreError> {
    // Checked in memory first: on SQLite the journal has no index that would refuse a number twice.
    let mut changed = Changed::of(&memory.rooms, batch)?;
    let connection = writer.take().await?;
    let written = write::write(connection, &mut changed, batch).await;
    if written.is_ok() {
        // If giving the connection back fails, the next one has another generation and this memory is void.
        memory.rooms.add_batch(&changed, batch, connection.sweeps());
    }
    writer.give_back(written).await?;
    sweep(writer, memory, batch.entries.len()).await;
    Ok(())
}

/// The number of the room's last entry, if the room is open and has one.
pub(crate) async fn last_number(writer: &mut Writer, room: &str) -> Result<Option<i64>, StoreError> {
    let memory = recall(writer).await?;
    let last = memory.rooms.get(room).and_then(|room| room.last);
    writer.remember(memory);
    Ok(last)
}

/// Quarantines an open room for this reason.
pub(crate) async fn quarantine(writer: &mut Writer, room: &str, reason: &str) -> Result<(), StoreError> {
    let statement = Statement::new(
        "UPDATE rooms SET state = 'quarantined', reason = $2 WHERE room = $1 AND state = 'open'",
        vec![Value::Text(room), Value::Text(reason)],
    );
    let outcome = match writer.take().await?.execute(statement).await {
        Ok(0) => Err(StoreError::NoSuchRoom(room.to_owned())),
        Ok(_) => Ok(()),
        Err(error) => Err(error.into()),
    };
    writer.give_back(outcome).await?;
    let mut memory: Box<Memory> = writer.recall();
    memory.rooms.quarantine(room);
    writer.remember(memory);
    Ok(())
}

/// The memory with the open rooms as the database has them, after every earlier write is decided.
async fn recall(writer: &mut Writer) -> Result<Box<Memory>, StoreError> {
    writer.settle().await?;
    let mut memory: Box<Memory> = writer.recall();
    if memory.generation != writer.generation() {
        let read = Rooms::read(writer.take().await?).await;
        memory.rooms = writer.give_back(read).await?;
        memory.generation = writer.generation();
        memory.sweep.start(&memory.rooms);
    }
    Ok(memory)
}

/// Deletes some entries of ended rooms. A failure is not reported, since nothing depends on it.
async fn sweep(writer: &mut Writer, memory: &mut Memory, appended: usize) {
    if !memory.sweep.is_due(&memory.rooms) {
        return;
    }
    let Ok(connection) = writer.take().await else { return };
    let swept = memory.sweep.step(connection, &mut memory.rooms, appended).await;
    if writer.give_back(swept).await.is_err() {
        memory.sweep.rest();
    }
}
