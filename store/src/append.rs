//! A batch becomes a handful of statements in one transaction: many rows per statement, for one statement per row costs
//! fifteen times as much.

use std::collections::{HashMap, HashSet};

use crate::{
    batch::{Batch, Ended, Finished, Founded},
    connection::Connection,
    error::StoreError,
    standing_write,
    statement::{ROWS, Statement, Value},
    writer::Rooms,
};

/// Writes all of the batch or nothing. After an error the transaction is still open.
pub(crate) async fn write(connection: &mut Connection, rooms: &mut Rooms, batch: &Batch) -> Result<(), StoreError> {
    if is_one_statement(rooms, batch) {
        // It is a transaction of its own, which saves two round trips.
        return append_entries(connection, batch, &Numbers::known(rooms, batch)).await;
    }
    connection.begin_write().await?;
    let founded = found(connection, &batch.founded).await?;
    let numbers = Numbers::of(connection, rooms, founded, batch).await?;
    append_entries(connection, batch, &numbers).await?;
    end(connection, &batch.ended, &numbers).await?;
    connection.run("COMMIT").await?;
    numbers.remember(rooms, &batch.ended);
    Ok(())
}

fn is_one_statement(rooms: &Rooms, batch: &Batch) -> bool {
    batch.founded.is_empty()
        && batch.ended.is_empty()
        && batch.entries.len() <= ROWS
        && batch.entries.iter().all(|entry| rooms.contains_key(&entry.room))
}

/// The numbers of the rooms that a batch names, as the database has them.
struct Numbers<'a>(HashMap<&'a str, i64>);

impl<'a> Numbers<'a> {
    fn known(rooms: &Rooms, batch: &'a Batch) -> Self {
        let names = batch.entries.iter().map(|entry| entry.room.as_str());
        Self(names.filter_map(|name| rooms.get(name).map(|number| (name, *number))).collect())
    }

    /// Of the rooms founded just now, those known here, and the rest from the database.
    async fn of(
        connection: &mut Connection,
        rooms: &Rooms,
        founded: Vec<(i64, String)>,
        batch: &'a Batch,
    ) -> Result<Self, StoreError> {
        let founded: HashMap<String, i64> = founded.into_iter().map(|(number, room)| (room, number)).collect();
        let named = batch.founded.iter().map(|room| &room.room);
        let named = named.chain(batch.entries.iter().map(|entry| &entry.room));
        let named = named.chain(batch.ended.iter().map(|ended| &ended.room));
        let mut numbers = HashMap::new();
        let mut unknown = HashSet::new();
        for name in named {
            match founded.get(name).or_else(|| rooms.get(name)) {
                Some(number) => drop(numbers.insert(name.as_str(), *number)),
                None => drop(unknown.insert(name.as_str())),
            }
        }
        let unknown: Vec<&str> = unknown.into_iter().collect();
        for names in unknown.chunks(ROWS) {
            look_up(connection, names, &mut numbers).await?;
        }
        Ok(Self(numbers))
    }

    fn get(&self, room: &str) -> Result<i64, StoreError> {
        self.0.get(room).copied().ok_or_else(|| StoreError::NoSuchRoom(room.to_owned()))
    }

    fn remember(&self, rooms: &mut Rooms, ended: &[Ended]) {
        for (name, number) in &self.0 {
            if !rooms.contains_key(*name) {
                rooms.insert((*name).to_owned(), *number);
            }
        }
        for ended in ended {
            rooms.remove(&ended.room);
        }
    }
}

async fn look_up<'a>(
    connection: &mut Connection,
    names: &[&'a str],
    numbers: &mut HashMap<&'a str, i64>,
) -> Result<(), StoreError> {
    let values = names.iter().map(|name| Value::Text(name)).collect();
    let statement = Statement::of_list("SELECT id, room FROM rooms WHERE state = 'open' AND room IN", values, "");
    let found: Vec<(i64, String)> = connection.rows(statement).await?;
    let found: HashMap<String, i64> = found.into_iter().map(|(number, room)| (room, number)).collect();
    numbers.extend(names.iter().filter_map(|name| found.get(*name).map(|number| (*name, *number))));
    Ok(())
}

async fn found<'a>(connection: &mut Connection, founded: &'a [Founded]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut numbers = Vec::with_capacity(founded.len());
    for some in founded.chunks(ROWS) {
        let row = |room: &'a Founded| {
            [Value::Text(&room.room), Value::Text("open"), Value::Bytes(&room.founding), Value::Number(room.at)]
        };
        let rows: Vec<_> = some.iter().map(row).collect();
        let before = "INSERT INTO rooms (room, state, founding, founded_at) VALUES";
        numbers.extend(connection.rows(Statement::of_rows(before, &rows, " RETURNING id, room")).await?);
    }
    Ok(numbers)
}

async fn append_entries(connection: &mut Connection, batch: &Batch, numbers: &Numbers<'_>) -> Result<(), StoreError> {
    for some in batch.entries.chunks(ROWS) {
        let mut rows = Vec::with_capacity(some.len());
        for entry in some {
            rows.push([
                Value::Number(numbers.get(&entry.room)?),
                Value::Number(entry.number),
                Value::Bytes(&entry.body),
            ]);
        }
        let before = "INSERT INTO journal (room_id, number, body) VALUES";
        connection.execute(Statement::of_rows(before, &rows, "")).await?;
    }
    Ok(())
}

async fn end(connection: &mut Connection, ended: &[Ended], numbers: &Numbers<'_>) -> Result<(), StoreError> {
    let mut games: Vec<(i64, i64, &Finished)> = Vec::new();
    let mut closed = Vec::new();
    for room in ended {
        let number = numbers.get(&room.room)?;
        match &room.game {
            Some(game) => games.push((number, room.at, game)),
            None => closed.push(number),
        }
    }
    let finished: Vec<i64> = games.iter().map(|(number, ..)| *number).collect();
    for_rooms(connection, "DELETE FROM journal WHERE room_id IN", &[finished.as_slice(), &closed].concat()).await?;
    for_rooms(connection, "DELETE FROM rooms WHERE id IN", &closed).await?;
    for_rooms(connection, "UPDATE rooms SET state = 'finished', founding = NULL WHERE id IN", &finished).await?;
    for some in games.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|(number, at, game)| {
                [Value::Number(*number), Value::Number(*at), Value::Text(&game.result), Value::Bytes(&game.record)]
            })
            .collect();
        let before = "INSERT INTO games (room_id, ended_at, result, record) VALUES";
        connection.execute(Statement::of_rows(before, &rows, "")).await?;
    }
    standing_write::record(connection, &games).await
}

async fn for_rooms(connection: &mut Connection, before: &str, rooms: &[i64]) -> Result<(), StoreError> {
    for some in rooms.chunks(ROWS) {
        let values = some.iter().map(|number| Value::Number(*number)).collect();
        connection.execute(Statement::of_list(before, values, "")).await?;
    }
    Ok(())
}
