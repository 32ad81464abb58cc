//! Writes a batch in one transaction with a handful of statements: one statement per row would cost fifteen times as
//! much.

use vocabulary::Timestamp;

use super::{
    retention,
    rooms::Changed,
    types::{Batch, Ended, Finished, Founded},
};
use crate::{
    database::{Connection, ROWS, Statement, StoreError, Value, checksum},
    standings::write as standing_write,
};

/// Writes all of the batch or nothing. After an error the transaction may still be open.
pub(crate) async fn write(
    connection: &mut Connection,
    changed: &mut Changed<'_>,
    batch: &Batch,
) -> Result<(), StoreError> {
    if batch.founded.is_empty() && batch.ended.is_empty() && batch.entries.len() <= ROWS {
        // A single statement is its own transaction, which saves two round trips.
        return append_entries(connection, batch, changed).await;
    }
    connection.begin_write().await?;
    found(connection, &batch.founded, changed).await?;
    append_entries(connection, batch, changed).await?;
    end(connection, &batch.ended, changed).await?;
    connection.run("COMMIT").await?;
    Ok(())
}

async fn found<'a>(
    connection: &mut Connection,
    founded: &'a [Founded],
    changed: &mut Changed<'_>,
) -> Result<(), StoreError> {
    for some in founded.chunks(ROWS) {
        let row = |room: &'a Founded| {
            let crc = Value::Number(checksum::of_founding(&room.room, room.at, &room.founding));
            let (name, founding) = (Value::Text(&room.room), Value::Bytes(&room.founding));
            [name, Value::Text("open"), founding, Value::Time(room.at), crc]
        };
        let rows: Vec<_> = some.iter().map(row).collect();
        let before = "INSERT INTO rooms (room, state, founding, founded_at, crc) VALUES";
        let statement = Statement::of_rows(before, &rows, " RETURNING id, room");
        connection.each(statement, |(id, room): (i64, String)| changed.name(&room, id)).await?;
    }
    Ok(())
}

async fn append_entries(connection: &mut Connection, batch: &Batch, changed: &Changed<'_>) -> Result<(), StoreError> {
    for some in batch.entries.chunks(ROWS) {
        let mut rows = Vec::with_capacity(some.len());
        for entry in some {
            rows.push([
                Value::Number(changed.id(&entry.room)?),
                Value::Number(entry.number),
                Value::Bytes(&entry.body),
                Value::Number(checksum::of_entry(&entry.room, entry.number, &entry.body)),
            ]);
        }
        let before = "INSERT INTO journal (room_id, number, body, crc) VALUES";
        connection.execute(Statement::of_rows(before, &rows, "")).await?;
    }
    Ok(())
}

async fn end(connection: &mut Connection, ended: &[Ended], changed: &Changed<'_>) -> Result<(), StoreError> {
    let mut games: Vec<(i64, Timestamp, &Finished)> = Vec::new();
    let mut checksums = Vec::new();
    let mut closed = Vec::new();
    for room in ended {
        let id = changed.id(&room.room)?;
        match &room.game {
            Some(game) => {
                games.push((id, room.at, game));
                checksums.push(checksum::of_game(&room.room, room.at, &game.result, &game.record));
            }
            None => closed.push(id),
        }
    }
    let finished: Vec<i64> = games.iter().map(|(id, ..)| *id).collect();
    // SQLite deletes them later, in the order of the table.
    if !connection.sweeps() {
        for_rooms(connection, "DELETE FROM journal WHERE room_id IN", &[finished.as_slice(), &closed].concat()).await?;
    }
    for_rooms(connection, "DELETE FROM rooms WHERE id IN", &closed).await?;
    for_rooms(connection, "UPDATE rooms SET state = 'finished', founding = NULL WHERE id IN", &finished).await?;
    let games_with_checksums: Vec<_> = games.iter().zip(&checksums).collect();
    for some in games_with_checksums.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|((id, at, game), crc)| {
                let public = Value::Number(i64::from(game.public));
                let (result, record) = (Value::Text(&game.result), Value::Bytes(&game.record));
                let (crc, kind) = (Value::Number(**crc), Value::Number(retention::kind(game)));
                [Value::Number(*id), Value::Time(*at), result, record, public, crc, kind]
            })
            .collect();
        let before = "INSERT INTO games (room_id, ended_at, result, record, public, crc, kind) VALUES";
        connection.execute(Statement::of_rows(before, &rows, "")).await?;
    }
    retention::count_new(connection, &games).await?;
    standing_write::record(connection, games.iter().map(|(id, at, game)| (*id, *at, &*game.players))).await
}

async fn for_rooms(connection: &mut Connection, before: &str, rooms: &[i64]) -> Result<(), StoreError> {
    for some in rooms.chunks(ROWS) {
        let values = some.iter().map(|number| Value::Number(*number)).collect();
        connection.execute(Statement::of_list(before, values, "")).await?;
    }
    Ok(())
}
