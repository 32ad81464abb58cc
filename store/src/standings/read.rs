//! Queries for standings and the games of an account.

use vocabulary::Timestamp;

use super::{
    types::{AccountGame, Ranked, Standing},
    write::{self, Columns},
};
use crate::database::{Readers, Statement, StoreError, Value, window};

pub(crate) async fn standing(readers: &Readers, account: &str) -> Result<Option<Standing>, StoreError> {
    let text = "SELECT account, games_played, games_won, rounds_played, exact_declarations, total_score, best_score, \
                rating, deviation FROM standings WHERE account = $1";
    Ok(readers.first(Statement::new(text, vec![Value::Text(account)])).await?)
}

/// The page is cut before the accounts are joined, so that rows before it cost only steps on the index.
pub(crate) async fn leaderboard(readers: &Readers, offset: u64, limit: u64) -> Result<Vec<Ranked>, StoreError> {
    let text = "SELECT account, games_played, games_won, rounds_played, exact_declarations, total_score, best_score, \
                rating, deviation, username, display_name, NULLIF(avatar_url, '') AS avatar_url \
                FROM (SELECT * FROM standings WHERE account NOT IN (SELECT id FROM accounts WHERE blocked = 1) \
                ORDER BY conservative DESC, games_won DESC, account LIMIT $1 OFFSET $2) AS page \
                JOIN accounts ON accounts.id = page.account ORDER BY conservative DESC, games_won DESC, account";
    Ok(readers.rows(Statement::new(text, window(offset, limit))).await?)
}

/// The number of accounts on the leaderboard.
pub(crate) async fn ranked_accounts(readers: &Readers) -> Result<u64, StoreError> {
    let text = "SELECT (SELECT count(*) FROM standings) - \
                (SELECT count(*) FROM accounts JOIN standings ON standings.account = accounts.id WHERE blocked = 1)";
    let count: Option<(i64,)> = readers.first(Statement::new(text, Vec::new())).await?;
    Ok(count.map_or(0, |(count,)| count.cast_unsigned()))
}

pub(crate) async fn games_of(
    readers: &Readers,
    account: &str,
    offset: u64,
    limit: u64,
) -> Result<Vec<AccountGame>, StoreError> {
    let text = "SELECT rooms.room, ended_at, account, seat, place, won, forfeited, stood_in, full_length, score, rounds, \
                exact_declarations, weight, discount \
                FROM account_games JOIN rooms ON rooms.id = account_games.room_id WHERE account = $3 \
                ORDER BY ended_at DESC, room_id DESC LIMIT $1 OFFSET $2";
    let mut values = window(offset, limit);
    values.push(Value::Text(account));
    let rows: Vec<Played> = readers.rows(Statement::new(text, values)).await?;
    let game = |Played { room, ended_at, columns }| AccountGame {
        room,
        ended_at: Timestamp::from_millis(ended_at),
        participation: write::participation(columns),
    };
    Ok(rows.into_iter().map(game).collect())
}

/// The columns of a game of an account.
#[derive(sqlx::FromRow)]
struct Played {
    room: String,
    ended_at: i64,
    #[sqlx(flatten)]
    columns: Columns,
}
