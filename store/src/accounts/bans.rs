//! Bans: the accounts and networks that operators have blocked, why, and until when.

use vocabulary::Timestamp;

use crate::database::{Connection, Readers, Statement, Store, StoreError, Value, in_transaction};

/// A ban as it is stored; only the caller interprets its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBan {
    /// The banned account or network, as a text that no two bans share.
    pub target: String,
    /// The id of the ban.
    pub id: String,
    /// The operator's description of who is banned.
    pub subject: String,
    /// The reason for the ban.
    pub reason: String,
    /// The username of the operator who set the ban.
    pub banned_by: String,
    /// The time at which it began.
    pub created_at: Timestamp,
    /// The time at which the ban ends; `None` if it lasts until it is lifted.
    pub ends_at: Option<Timestamp>,
}

type Columns = (String, String, String, String, String, i64, i64);

impl Store {
    /// Stores a ban; it replaces an earlier one of the same target.
    pub async fn ban(&self, ban: &StoredBan) -> Result<(), StoreError> {
        in_transaction!(self, writer, |connection| add(connection, ban)).map(drop)
    }

    /// Deletes the ban with this id and returns whether there was one.
    pub async fn lift_ban(&self, id: &str) -> Result<bool, StoreError> {
        Ok(in_transaction!(self, writer, |connection| lift(connection, id))? > 0)
    }

    /// Deletes the bans that have ended by `now` and returns their number.
    pub async fn purge_bans(&self, now: Timestamp) -> Result<u64, StoreError> {
        in_transaction!(self, writer, |connection| purge(connection, now))
    }

    /// All bans, newest first, including those that have ended and are not purged yet.
    pub async fn bans(&self) -> Result<Vec<StoredBan>, StoreError> {
        self.patiently(all(&self.inner.readers)).await
    }
}

async fn add(connection: &mut Connection, ban: &StoredBan) -> Result<u64, StoreError> {
    let text = "INSERT INTO bans (target, id, subject, reason, banned_by, created_at, ends_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (target) DO UPDATE SET id = excluded.id, \
                subject = excluded.subject, reason = excluded.reason, banned_by = excluded.banned_by, \
                created_at = excluded.created_at, ends_at = excluded.ends_at";
    let values = vec![
        Value::Text(&ban.target),
        Value::Text(&ban.id),
        Value::Text(&ban.subject),
        Value::Text(&ban.reason),
        Value::Text(&ban.banned_by),
        Value::Time(ban.created_at),
        // The time 0 stands for no end.
        Value::Time(ban.ends_at.unwrap_or_default()),
    ];
    Ok(connection.execute(Statement::new(text, values)).await?)
}

async fn lift(connection: &mut Connection, id: &str) -> Result<u64, StoreError> {
    Ok(connection.execute(Statement::new("DELETE FROM bans WHERE id = $1", vec![Value::Text(id)])).await?)
}

async fn purge(connection: &mut Connection, now: Timestamp) -> Result<u64, StoreError> {
    let text = "DELETE FROM bans WHERE ends_at <> 0 AND ends_at <= $1";
    Ok(connection.execute(Statement::new(text, vec![Value::Time(now)])).await?)
}

async fn all(readers: &Readers) -> Result<Vec<StoredBan>, StoreError> {
    let text = "SELECT target, id, subject, reason, banned_by, created_at, ends_at FROM bans \
                ORDER BY created_at DESC, id DESC";
    let rows: Vec<Columns> = readers.rows(Statement::new(text, Vec::new())).await?;
    Ok(rows.into_iter().map(ban).collect())
}

fn ban((target, id, subject, reason, banned_by, created_at, ends_at): Columns) -> StoredBan {
    let [created_at, ends_at] = [created_at, ends_at].map(Timestamp::from_millis);
    let ends_at = Some(ends_at).filter(|at| *at != Timestamp::default());
    StoredBan { target, id, subject, reason, banned_by, created_at, ends_at }
}
