//! Queries for rooms, their entries and finished games.

use std::collections::HashMap;

use vocabulary::Timestamp;

use super::types::{Damaged, FinishedGame, FinishedSummary, JournalSize, StoredRoom};
use crate::database::{Connection, Readers, Statement, StoreError, Value, checksum, window};

/// Queries for all entries that pack many of them into one row, since a row costs more than its contents.
struct Packing {
    bounds: &'static str,
    range: &'static str,
    /// The number of keys per row.
    step: i64,
}

impl Packing {
    /// SQLite reads entries in the order of the file, where those of one room are scattered. PostgreSQL has an index by
    /// room.
    const fn of(connection: &Connection) -> Self {
        match connection {
            Connection::Sqlite(_) => Self {
                bounds: "SELECT coalesce(min(id), 0), coalesce(max(id), -1) FROM journal",
                range: "SELECT group_concat(CAST(room_id AS INTEGER) || ',' || CAST(coalesce(number, -1) AS INTEGER) || ',' \
                        || hex(body) || ',' || coalesce(crc, ''), ';') FROM journal \
                        WHERE id >= $1 AND id < $2",
                step: 5_000,
            },
            Connection::Postgres(_) => Self {
                bounds: "SELECT coalesce(min(room_id), 0), coalesce(max(room_id), -1) FROM journal",
                range: "SELECT string_agg(room_id || ',' || number || ',' || encode(body, 'hex') || ',' \
                        || coalesce(CAST(crc AS TEXT), ''), ';') FROM journal \
                        WHERE room_id >= $1 AND room_id < $2",
                step: 50,
            },
        }
    }
}

/// An open room's number, id, founding, time and checksum.
type Open = (i64, String, Vec<u8>, i64, Option<i64>);

/// Reads all entries and drops those of quarantined rooms, and on SQLite of ended rooms that are not swept yet: they
/// are few.
pub(crate) async fn unfinished(snapshot: &mut Connection) -> Result<Vec<StoredRoom>, StoreError> {
    let text = "SELECT id, room, founding, founded_at, crc FROM rooms WHERE state = 'open' ORDER BY id";
    let rooms: Vec<Open> = snapshot.rows(Statement::new(text, Vec::new())).await?;
    let places: HashMap<i64, usize> = rooms.iter().enumerate().map(|(place, (id, ..))| (*id, place)).collect();
    let mut entries: Vec<Vec<Entry>> = rooms.iter().map(|_| Vec::new()).collect();
    let Packing { bounds, range, step } = Packing::of(snapshot);
    let bounds: Vec<(i64, i64)> = snapshot.rows(Statement::new(bounds, Vec::new())).await?;
    let (mut from, last) = bounds.into_iter().next().unwrap_or((0, -1));
    while from <= last {
        let values = vec![Value::Number(from), Value::Number(from + step)];
        let packed: Vec<(Option<String>,)> = snapshot.rows(Statement::new(range, values)).await?;
        for entry in packed.iter().filter_map(|(packed,)| packed.as_deref()).flat_map(|packed| packed.split(';')) {
            let (room, entry) = unpack(entry)?;
            // Entries of rooms that are not open are dropped here.
            if let Some(of_room) = places.get(&room).and_then(|place| entries.get_mut(*place)) {
                of_room.push(entry);
            }
        }
        from += step;
    }
    let rooms = rooms.into_iter().zip(entries);
    Ok(rooms.map(|((_, room, founding, at, crc), entries)| stored(room, founding, at, crc, entries)).collect())
}

/// An entry's number, body and checksum.
type Entry = (i64, Vec<u8>, Option<i64>);

/// `room,number,hex,checksum`; text that is not a checksum differs from every checksum.
fn unpack(entry: &str) -> Result<(i64, Entry), StoreError> {
    let mut fields = entry.split(',');
    let mut number = || fields.next()?.parse::<i64>().ok();
    let (room, place) = (number(), number());
    let body = fields.next().and_then(bytes);
    let crc = fields.next().filter(|crc| !crc.is_empty()).map(|crc| crc.parse().unwrap_or(-1));
    match (room, place, body) {
        (Some(room), Some(number), Some(body)) => Ok((room, (number, body, crc))),
        _ => Err(StoreError::Other("the database packs entries in another way than it should".to_owned())),
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    hex.as_bytes().chunks(2).map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// A room's founding, time and checksum with the number, body and checksum of one of its entries.
type Joined = (Vec<u8>, i64, Option<i64>, Option<i64>, Option<Vec<u8>>, Option<i64>);

/// On SQLite this reads the whole journal, which has no index.
pub(crate) async fn unfinished_room(readers: &Readers, room: &str) -> Result<Option<StoredRoom>, StoreError> {
    // One statement reads one snapshot. A room without entries has one row, whose last columns are NULL.
    let text = "SELECT rooms.founding, rooms.founded_at, rooms.crc, journal.number, journal.body, journal.crc \
                FROM rooms LEFT JOIN journal ON journal.room_id = rooms.id WHERE rooms.room = $1 AND rooms.state = 'open'";
    let rows: Vec<Joined> = readers.rows(Statement::new(text, vec![Value::Text(room)])).await?;
    let Some((founding, at, crc, ..)) = rows.first().cloned() else {
        return Ok(None);
    };
    let entry = |(.., number, body, crc): Joined| Some((number?, body?, crc));
    let entries = rows.into_iter().filter_map(entry).collect();
    Ok(Some(stored(room.to_owned(), founding, at, crc, entries)))
}

fn stored(room: String, founding: Vec<u8>, at: i64, crc: Option<i64>, mut entries: Vec<Entry>) -> StoredRoom {
    if !entries.is_sorted_by_key(|(number, ..)| *number) {
        entries.sort_unstable_by_key(|(number, ..)| *number);
    }
    let at = Timestamp::from_millis(at);
    let gap = (0..).zip(&entries).any(|(expected, (number, ..))| expected != *number);
    let is_whole = checksum::matches(crc, checksum::of_founding(&room, at, &founding));
    let differs = |(number, body, crc): &&Entry| !checksum::matches(*crc, checksum::of_entry(&room, *number, body));
    let damaged = match is_whole {
        false => Some(Damaged::Founding),
        true => entries.iter().find(differs).map(|(number, ..)| Damaged::Entry(*number)),
    };
    let entries = entries.into_iter().map(|(_, body, _)| body).collect();
    StoredRoom { room, founding, at, entries, gap, damaged }
}

pub(crate) async fn quarantined(readers: &Readers) -> Result<Vec<(String, String)>, StoreError> {
    let text = "SELECT room, reason FROM rooms WHERE state = 'quarantined' ORDER BY id";
    Ok(readers.rows(Statement::new(text, Vec::new())).await?)
}

pub(crate) async fn finished(readers: &Readers, room: &str) -> Result<Option<FinishedGame>, StoreError> {
    let text = "SELECT rooms.room, rooms.founded_at, games.ended_at, games.result, games.record, games.crc \
                FROM rooms JOIN games ON games.room_id = rooms.id WHERE rooms.room = $1";
    let found: Option<Game> = readers.first(Statement::new(text, vec![Value::Text(room)])).await?;
    found.map(game).transpose()
}

/// The room, when it began and when it ended, the result, the record, the checksum.
type Game = (String, i64, i64, String, Vec<u8>, Option<i64>);

fn game((room, founded_at, ended_at, result, record, crc): Game) -> Result<FinishedGame, StoreError> {
    let [founded_at, ended_at] = [founded_at, ended_at].map(Timestamp::from_millis);
    if checksum::matches(crc, checksum::of_game(&room, ended_at, &result, &record)) {
        Ok(FinishedGame { room, founded_at, ended_at, result, record })
    } else {
        Err(StoreError::Damaged(room))
    }
}

pub(crate) async fn finished_list(
    readers: &Readers,
    offset: u64,
    limit: u64,
) -> Result<Vec<FinishedSummary>, StoreError> {
    let text = "SELECT rooms.room, rooms.founded_at, games.ended_at, games.result \
                FROM games JOIN rooms ON rooms.id = games.room_id \
                ORDER BY games.ended_at DESC, games.room_id DESC LIMIT $1 OFFSET $2";
    let rows: Vec<(String, i64, i64, String)> = readers.rows(Statement::new(text, window(offset, limit))).await?;
    let summary = |(room, founded_at, ended_at, result)| {
        let [founded_at, ended_at] = [founded_at, ended_at].map(Timestamp::from_millis);
        FinishedSummary { room, founded_at, ended_at, result }
    };
    Ok(rows.into_iter().map(summary).collect())
}

pub(crate) async fn finished_public(
    readers: &Readers,
    offset: u64,
    limit: u64,
) -> Result<(Vec<FinishedGame>, u64), StoreError> {
    let text = "SELECT rooms.room, rooms.founded_at, games.ended_at, games.result, games.record, games.crc \
                FROM games JOIN rooms ON rooms.id = games.room_id WHERE games.public = 1 \
                ORDER BY games.ended_at DESC, games.room_id DESC LIMIT $1 OFFSET $2";
    let rows: Vec<Game> = readers.rows(Statement::new(text, window(offset, limit))).await?;
    // One damaged game must not make the whole list fail.
    let whole = |row| game(row).inspect_err(|error| log::error!("{error}; the list leaves it out")).ok();
    let games = rows.into_iter().filter_map(whole).collect();
    let count = Statement::new("SELECT count(*) FROM games WHERE public = 1", Vec::new());
    let count: Option<(i64,)> = readers.first(count).await?;
    Ok((games, count.map_or(0, |(count,)| count.cast_unsigned())))
}

pub(crate) async fn size_of_journal(snapshot: &mut Connection) -> Result<JournalSize, StoreError> {
    let text = "SELECT (SELECT count(*) FROM rooms WHERE state = 'open'), count(*), \
                CAST(coalesce(sum(length(body)), 0) AS BIGINT) FROM journal \
                WHERE room_id IN (SELECT id FROM rooms WHERE state = 'open' \
                UNION ALL SELECT id FROM rooms WHERE state = 'quarantined')";
    let found: Option<(i64, i64, i64)> = snapshot.first(Statement::new(text, Vec::new())).await?;
    let (rooms, entries, bytes) = found.unwrap_or_default();
    Ok(JournalSize { rooms: rooms.cast_unsigned(), entries: entries.cast_unsigned(), bytes: bytes.cast_unsigned() })
}
