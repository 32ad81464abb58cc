//! Retention of finished games: those beyond the operator's quota are deleted, games of bots first, then games of
//! guests. No game is deleted before it is rated.

use std::collections::BTreeMap;

use vocabulary::Timestamp;

use super::types::Finished;
use crate::database::{Connection, ROWS, Readers, Statement, StoreError, Value};

/// The kinds of games by their players, as stored, in the order in which they are deleted.
const KINDS: [i64; 3] = [BOTS, GUESTS, ACCOUNTS];
const BOTS: i64 = 0;
const GUESTS: i64 = 1;
const ACCOUNTS: i64 = 2;

/// The limits within which finished games are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GameQuota {
    /// Games that ended before this moment are deleted; `None` keeps games of any age.
    pub before: Option<Timestamp>,
    /// The most bytes that the results and records of all games may have.
    pub bytes: u64,
    /// The most games that only bots finished.
    pub of_bots: u64,
}

/// The number and size of the stored finished games.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GamesKept {
    /// The number of games.
    pub games: u64,
    /// The number of games that only bots finished.
    pub of_bots: u64,
    /// The bytes of all results and records; the database needs a little more for each game.
    pub bytes: u64,
}

/// The game's kind by its players.
pub(crate) const fn kind(game: &Finished) -> i64 {
    if !game.players.is_empty() {
        ACCOUNTS
    } else if game.of_bots {
        BOTS
    } else {
        GUESTS
    }
}

/// Games and bytes that are added or removed, by kind. They are ordered like the table, so that two servers never
/// deadlock.
type Change = BTreeMap<i64, (i64, i64)>;

/// Adds games that have just been written to the tally.
pub(crate) async fn count_new(
    connection: &mut Connection,
    games: &[(i64, Timestamp, &Finished)],
) -> Result<(), StoreError> {
    let mut change = Change::new();
    for (_, _, game) in games {
        let (count, bytes) = change.entry(kind(game)).or_default();
        *count += 1;
        *bytes += i64::try_from(game.result.len() + game.record.len()).unwrap_or(i64::MAX);
    }
    count(connection, &change).await
}

async fn count(connection: &mut Connection, change: &Change) -> Result<(), StoreError> {
    let rows: Vec<_> = change.iter().map(|(kind, (games, bytes))| [*kind, *games, *bytes].map(Value::Number)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let before = "INSERT INTO game_tally (kind, games, bytes) VALUES";
    let after = " ON CONFLICT (kind) DO UPDATE SET games = game_tally.games + excluded.games, \
                 bytes = game_tally.bytes + excluded.bytes";
    connection.execute(Statement::of_rows(before, &rows, after)).await?;
    Ok(())
}

const TALLY: &str = "SELECT kind, games, bytes FROM game_tally";

/// Reads the tally of all games.
pub(crate) async fn kept(readers: &Readers) -> Result<GamesKept, StoreError> {
    Ok(sum(&readers.rows(Statement::new(TALLY, Vec::new())).await?))
}

fn sum(tally: &[(i64, i64, i64)]) -> GamesKept {
    let whole = |number: i64| u64::try_from(number).unwrap_or_default();
    let mut kept = GamesKept::default();
    for (kind, games, bytes) in tally {
        kept.games += whole(*games);
        kept.bytes += whole(*bytes);
        kept.of_bots += if *kind == BOTS { whole(*games) } else { 0 };
    }
    kept
}

/// Deletes games beyond the quota with everything that belongs to them, and returns their number.
pub(crate) async fn sweep(connection: &mut Connection, quota: &GameQuota, at_most: u64) -> Result<u64, StoreError> {
    let going = going(connection, quota, usize::try_from(at_most).unwrap_or(usize::MAX).min(ROWS)).await?;
    if !going.is_empty() {
        remove(connection, &going).await?;
    }
    Ok(u64::try_from(going.len()).unwrap_or(u64::MAX))
}

/// A game to be deleted: its room's number, its kind, its bytes.
type Going = (i64, i64, i64);

/// Returns the games of one rule only, so that no game is counted twice; the next call finds those of the next rule.
async fn going(connection: &mut Connection, quota: &GameQuota, at_most: usize) -> Result<Vec<Going>, StoreError> {
    let kept = sum(&connection.rows(Statement::new(TALLY, Vec::new())).await?);
    let surplus = usize::try_from(kept.of_bots.saturating_sub(quota.of_bots)).unwrap_or(usize::MAX);
    let mut going = oldest(connection, OF_KIND, BOTS, surplus.min(at_most)).await?;
    if going.is_empty()
        && let Some(before) = quota.before
    {
        going = oldest(connection, BEFORE, before.millis(), at_most).await?;
    }
    if !going.is_empty() {
        return Ok(going);
    }
    let mut excess = kept.bytes.saturating_sub(quota.bytes);
    for kind in KINDS {
        if excess == 0 {
            break;
        }
        for game in oldest(connection, OF_KIND, kind, at_most - going.len()).await? {
            // The query returns as many games as it may, and fewer may be enough.
            if excess > 0 {
                excess = excess.saturating_sub(u64::try_from(game.2).unwrap_or_default());
                going.push(game);
            }
        }
    }
    Ok(going)
}

const OF_KIND: &str = "SELECT room_id, kind, CAST(octet_length(result) + octet_length(record) AS BIGINT) FROM games \
                       WHERE kind = $1 AND NOT EXISTS (SELECT 1 FROM account_games \
                       WHERE account_games.room_id = games.room_id AND rated = 0) ORDER BY ended_at, room_id LIMIT $2";
const BEFORE: &str = "SELECT room_id, kind, CAST(octet_length(result) + octet_length(record) AS BIGINT) FROM games \
                      WHERE ended_at < $1 AND NOT EXISTS (SELECT 1 FROM account_games \
                      WHERE account_games.room_id = games.room_id AND rated = 0) ORDER BY ended_at, room_id LIMIT $2";

async fn oldest(
    connection: &mut Connection,
    text: &'static str,
    value: i64,
    at_most: usize,
) -> Result<Vec<Going>, StoreError> {
    if at_most == 0 {
        return Ok(Vec::new());
    }
    let limit = i64::try_from(at_most).unwrap_or(i64::MAX);
    Ok(connection.rows(Statement::new(text, vec![Value::Number(value), Value::Number(limit)])).await?)
}

/// Fails if another server has deleted one of them in the meantime, since that server has also changed the tally.
async fn remove(connection: &mut Connection, going: &[Going]) -> Result<(), StoreError> {
    let rooms = || going.iter().map(|(room, ..)| Value::Number(*room)).collect();
    let deleted = connection.execute(Statement::of_list("DELETE FROM games WHERE room_id IN", rooms(), "")).await?;
    if deleted != u64::try_from(going.len()).unwrap_or(u64::MAX) {
        return Err(StoreError::Duplicate);
    }
    connection.execute(Statement::of_list("DELETE FROM account_games WHERE room_id IN", rooms(), "")).await?;
    connection.execute(Statement::of_list("DELETE FROM rooms WHERE id IN", rooms(), "")).await?;
    let mut change = Change::new();
    for (_, kind, bytes) in going {
        let (games, all) = change.entry(*kind).or_default();
        *games -= 1;
        *all -= bytes;
    }
    count(connection, &change).await
}
