//! Changes of standings, on the one connection that writes: the games that an account took part in, and what they come to.

use std::collections::HashSet;

use crate::{
    batch::Finished,
    connection::Connection,
    error::StoreError,
    guild::Guilds,
    guild_write,
    standing::{Participation, Standing, Standings},
    statement::{ROWS, Statement, Value},
};

/// The columns of `account_games` that make a [`Participation`].
pub(crate) type Columns = (String, i64, i64, i64, i64, i64, i64, i64);

pub(crate) fn participation(
    (account, seat, place, won, forfeited, score, rounds, exact_declarations): Columns,
) -> Participation {
    let small = |number| u8::try_from(number).unwrap_or(u8::MAX);
    Participation {
        account,
        seat: small(seat),
        place: small(place),
        won: won != 0,
        forfeited: forfeited != 0,
        score,
        rounds,
        exact_declarations,
    }
}

/// Keeps who took part in games that have just ended: each game with its room's number and the time of its end.
pub(crate) async fn record(connection: &mut Connection, games: &[(i64, i64, &Finished)]) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for (number, at, game) in games {
        rows.extend(game.players.iter().map(|player| row(*number, *at, player)));
    }
    for some in rows.chunks(ROWS) {
        let before = "INSERT INTO account_games (room_id, ended_at, account, seat, place, won, forfeited, score, rounds, \
                      exact_declarations, rated) VALUES";
        // A journal that can't be written stops the server; an account with two seats is not worth that.
        connection.execute(Statement::of_rows(before, some, " ON CONFLICT DO NOTHING")).await?;
    }
    Ok(())
}

fn row(number: i64, at: i64, player: &Participation) -> [Value<'_>; 11] {
    [
        Value::Number(number),
        Value::Number(at),
        Value::Text(&player.account),
        Value::Number(player.seat.into()),
        Value::Number(player.place.into()),
        Value::Number(player.won.into()),
        Value::Number(player.forfeited.into()),
        Value::Number(player.score),
        Value::Number(player.rounds),
        Value::Number(player.exact_declarations),
        Value::Number(0),
    ]
}

/// Rates some of the games that are not rated: how many, and whether guilds have news of it; all of it or nothing. After an
/// error the transaction is still open.
pub(crate) async fn rate(
    connection: &mut Connection,
    rule: impl Fn(&[Participation], &mut Standings),
    earn: impl Fn(i64, &[Participation], &mut Guilds),
) -> Result<(u64, bool), StoreError> {
    connection.begin_write().await?;
    connection.lock_guilds().await?;
    let games = unrated(connection).await?;
    let accounts = accounts_of(&games);
    let mut standings = standings_of(connection, &accounts).await?;
    let before = guild_write::load_players(connection, &accounts).await?;
    let mut guilds = before.clone();
    for game in &games {
        rule(&game.players, &mut standings);
        earn(game.ended_at, &game.players, &mut guilds);
    }
    mark(connection, &games).await?;
    keep(connection, &standings).await?;
    guild_write::keep(connection, &before, &guilds).await?;
    connection.run("COMMIT").await?;
    Ok((u64::try_from(games.len()).unwrap_or(u64::MAX), !guilds.news.is_empty()))
}

/// A game that is to be rated.
struct Game {
    /// The number of its room.
    number: i64,
    ended_at: i64,
    players: Vec<Participation>,
}

/// More rows than a game has, so that at least one game is among them in whole.
const UNRATED: &str = "SELECT account, seat, place, won, forfeited, score, rounds, exact_declarations, room_id, \
                       ended_at FROM account_games WHERE rated = 0 ORDER BY ended_at, room_id, seat LIMIT $1";

/// In the order in which they ended.
async fn unrated(connection: &mut Connection) -> Result<Vec<Game>, StoreError> {
    type Row = (String, i64, i64, i64, i64, i64, i64, i64, i64, i64);
    let limit = Value::Number(i64::try_from(ROWS).unwrap_or(i64::MAX));
    let rows: Vec<Row> = connection.rows(Statement::new(UNRATED, vec![limit])).await?;
    let full = rows.len() == ROWS;
    let mut games: Vec<Game> = Vec::new();
    for (account, seat, place, won, forfeited, score, rounds, exact, number, ended_at) in rows {
        let player = participation((account, seat, place, won, forfeited, score, rounds, exact));
        match games.last_mut() {
            Some(last) if last.number == number => last.players.push(player),
            _ => games.push(Game { number, ended_at, players: vec![player] }),
        }
    }
    if full {
        // The limit may have cut it in two.
        games.pop();
    }
    Ok(games)
}

fn accounts_of(games: &[Game]) -> Vec<&str> {
    let accounts: HashSet<&str> =
        games.iter().flat_map(|game| &game.players).map(|player| player.account.as_str()).collect();
    accounts.into_iter().collect()
}

async fn standings_of(connection: &mut Connection, accounts: &[&str]) -> Result<Standings, StoreError> {
    let mut standings = Standings::new();
    for some in accounts.chunks(ROWS) {
        let values = some.iter().map(|account| Value::Text(account)).collect();
        let before = "SELECT account, games_played, games_won, rounds_played, exact_declarations, total_score, best_score, \
                      rating, deviation FROM standings WHERE account IN";
        let found: Vec<StandingColumns> = connection.rows(Statement::of_list(before, values, "")).await?;
        standings.extend(found.into_iter().map(standing).map(|standing| (standing.account.clone(), standing)));
    }
    Ok(standings)
}

/// The columns of `standings` that make a [`Standing`].
pub(crate) type StandingColumns = (String, i64, i64, i64, i64, i64, i64, i64, i64);

pub(crate) fn standing(columns: StandingColumns) -> Standing {
    let (
        account,
        games_played,
        games_won,
        rounds_played,
        exact_declarations,
        total_score,
        best_score,
        rating,
        deviation,
    ) = columns;
    Standing {
        account,
        games_played,
        games_won,
        rounds_played,
        exact_declarations,
        total_score,
        best_score,
        rating,
        deviation,
    }
}

/// Refuses when another server has rated one of them meanwhile; then its standings are newer than those read here.
async fn mark(connection: &mut Connection, games: &[Game]) -> Result<(), StoreError> {
    for some in games.chunks(ROWS) {
        let values = some.iter().map(|game| Value::Number(game.number)).collect();
        let statement =
            Statement::of_list("UPDATE account_games SET rated = 1 WHERE rated = 0 AND room_id IN", values, "");
        let expected = some.iter().map(|game| game.players.len()).sum::<usize>();
        if connection.execute(statement).await? != u64::try_from(expected).unwrap_or(u64::MAX) {
            return Err(StoreError::Duplicate);
        }
    }
    Ok(())
}

async fn keep(connection: &mut Connection, standings: &Standings) -> Result<(), StoreError> {
    let rows: Vec<_> = standings.values().map(columns).collect();
    for some in rows.chunks(ROWS) {
        let before = "INSERT INTO standings (account, games_played, games_won, rounds_played, exact_declarations, \
                      total_score, best_score, rating, deviation) VALUES";
        let after = " ON CONFLICT (account) DO UPDATE SET games_played = excluded.games_played, \
                     games_won = excluded.games_won, rounds_played = excluded.rounds_played, \
                     exact_declarations = excluded.exact_declarations, total_score = excluded.total_score, \
                     best_score = excluded.best_score, rating = excluded.rating, deviation = excluded.deviation";
        connection.execute(Statement::of_rows(before, some, after)).await?;
    }
    Ok(())
}

fn columns(standing: &Standing) -> [Value<'_>; 9] {
    [
        Value::Text(&standing.account),
        Value::Number(standing.games_played),
        Value::Number(standing.games_won),
        Value::Number(standing.rounds_played),
        Value::Number(standing.exact_declarations),
        Value::Number(standing.total_score),
        Value::Number(standing.best_score),
        Value::Number(standing.rating),
        Value::Number(standing.deviation),
    ]
}
