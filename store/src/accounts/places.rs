//! Places that accounts have logged in from. A place is a keyed hash, so the database holds no addresses.

use vocabulary::Timestamp;

use crate::database::{Connection, Readers, Statement, Store, StoreError, Value, in_transaction};

/// The most places per account. A new one replaces the least recently used one.
const KEPT: i64 = 16;

impl Store {
    /// The last login of the account from this place; `None` if there was none. An unknown id runs the same query, so
    /// that timing reveals nothing.
    pub async fn place_seen_at(&self, account: &str, place: &[u8; 32]) -> Result<Option<Timestamp>, StoreError> {
        self.patiently(seen_at(&self.inner.readers, account, place)).await
    }

    /// Records a login from this place. The 16 most recently used places of an account are kept.
    ///
    /// # Errors
    /// When the database fails, or if there is no such account.
    pub async fn note_place(&self, account: &str, place: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
        in_transaction!(self, writer, |connection| note(connection, account, place, now)).map(drop)
    }

    /// Deletes the places that were last used before this moment and returns their number.
    pub async fn purge_places(&self, before: Timestamp) -> Result<u64, StoreError> {
        in_transaction!(self, writer, |connection| purge(connection, before))
    }
}

async fn seen_at(readers: &Readers, account: &str, place: &[u8; 32]) -> Result<Option<Timestamp>, StoreError> {
    let text = "SELECT seen_at FROM known_places WHERE account = $1 AND place = $2";
    let values = vec![Value::Text(account), Value::Bytes(place)];
    let found: Option<(i64,)> = readers.first(Statement::new(text, values)).await?;
    Ok(found.map(|(seen_at,)| Timestamp::from_millis(seen_at)))
}

/// Inserts or updates one row and deletes the oldest ones beyond the limit.
async fn note(connection: &mut Connection, account: &str, place: &[u8; 32], now: Timestamp) -> Result<u64, StoreError> {
    let text = "INSERT INTO known_places (account, place, seen_at) VALUES ($1, $2, $3) \
                ON CONFLICT (account, place) DO UPDATE SET seen_at = excluded.seen_at";
    let values = vec![Value::Text(account), Value::Bytes(place), Value::Time(now)];
    let noted = connection.execute(Statement::new(text, values)).await?;
    let text = "DELETE FROM known_places WHERE account = $1 AND place NOT IN \
                (SELECT place FROM known_places WHERE account = $1 ORDER BY seen_at DESC, place LIMIT $2)";
    connection.execute(Statement::new(text, vec![Value::Text(account), Value::Number(KEPT)])).await?;
    Ok(noted)
}

async fn purge(connection: &mut Connection, before: Timestamp) -> Result<u64, StoreError> {
    let text = "DELETE FROM known_places WHERE seen_at < $1";
    Ok(connection.execute(Statement::new(text, vec![Value::Time(before)])).await?)
}
