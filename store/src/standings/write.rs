//! Changes of standings and of the games of accounts.

use std::collections::HashSet;

use vocabulary::Timestamp;

use super::types::{Counted, Discount, Participation, RecentGames, Standing, Standings};
use crate::{
    database::{Connection, ROWS, Statement, StoreError, Value},
    guilds::{types::Guilds, write as guild_write},
};

/// The columns of `account_games` that make a [`Participation`].
#[derive(sqlx::FromRow)]
pub(crate) struct Columns {
    account: String,
    seat: i64,
    place: i64,
    won: i64,
    forfeited: i64,
    stood_in: i64,
    full_length: i64,
    score: i64,
    rounds: i64,
    exact_declarations: i64,
    weight: Option<i64>,
    discount: Option<i64>,
}

pub(crate) fn participation(columns: Columns) -> Participation {
    let small = |number| u8::try_from(number).unwrap_or(u8::MAX);
    let discount = columns.discount.and_then(Discount::of_number);
    Participation {
        account: columns.account,
        seat: small(columns.seat),
        place: small(columns.place),
        won: columns.won != 0,
        forfeited: columns.forfeited != 0,
        stood_in: columns.stood_in != 0,
        full_length: columns.full_length != 0,
        score: columns.score,
        rounds: columns.rounds,
        exact_declarations: columns.exact_declarations,
        counted: columns.weight.map(|weight| Counted { weight, discount }),
    }
}

/// The columns that are written when a game finishes; `rated`, `weight` and `discount` follow.
const PLAYED: &str = "INSERT INTO account_games (room_id, ended_at, account, seat, place, won, forfeited, stood_in, \
                      full_length, score, rounds, exact_declarations, rated";

/// Stores the participations in games that have just ended, given with their room's number and the time of their end.
pub(crate) async fn record<'a>(
    connection: &mut Connection,
    games: impl Iterator<Item = (i64, Timestamp, &'a [Participation])>,
) -> Result<(), StoreError> {
    let rows: Vec<_> =
        games.flat_map(|(number, at, players)| players.iter().map(move |player| row(number, at, player))).collect();
    for some in rows.chunks(ROWS) {
        // An account with two seats must not make the journal fail, which would stop the server.
        let statement = Statement::of_rows(&format!("{PLAYED}) VALUES"), some, " ON CONFLICT DO NOTHING");
        connection.execute(statement).await?;
    }
    Ok(())
}

fn row(number: i64, at: Timestamp, player: &Participation) -> [Value<'_>; 13] {
    [
        Value::Number(number),
        Value::Time(at),
        Value::Text(&player.account),
        Value::Number(player.seat.into()),
        Value::Number(player.place.into()),
        Value::Number(player.won.into()),
        Value::Number(player.forfeited.into()),
        Value::Number(player.stood_in.into()),
        Value::Number(player.full_length.into()),
        Value::Number(player.score),
        Value::Number(player.rounds),
        Value::Number(player.exact_declarations),
        Value::Number(0),
    ]
}

/// Rates some of the games that are not rated. Returns their number and whether guilds have news.
pub(crate) async fn rate(
    connection: &mut Connection,
    weigh: impl Fn(Timestamp, &[Participation], &RecentGames) -> Vec<Counted>,
    rule: impl Fn(&[Participation], &mut Standings),
    earn: impl Fn(Timestamp, &[Participation], &mut Guilds),
) -> Result<(u64, bool), StoreError> {
    connection.lock_guilds().await?;
    let mut games = unrated(connection).await?;
    weigh_all(connection, &mut games, weigh).await?;
    let accounts = accounts_of(&games);
    let mut standings = standings_of(connection, &accounts).await?;
    let before = guild_write::load_players(connection, &accounts).await?;
    // The state before is kept, so that only differences are written.
    let mut guilds = before.clone();
    for game in &games {
        rule(&game.players, &mut standings);
        earn(game.ended_at, &game.players, &mut guilds);
    }
    mark(connection, &games).await?;
    keep_weights(connection, &games).await?;
    keep(connection, &standings).await?;
    guild_write::keep(connection, &before, &guilds).await?;
    Ok((u64::try_from(games.len()).unwrap_or(u64::MAX), !guilds.news.is_empty()))
}

/// A game to be rated.
struct Game {
    /// The number of the game's room.
    number: i64,
    ended_at: Timestamp,
    players: Vec<Participation>,
}

/// The columns of one account in a game to be rated.
#[derive(sqlx::FromRow)]
struct Unrated {
    room_id: i64,
    ended_at: i64,
    #[sqlx(flatten)]
    columns: Columns,
}

/// Returns games in the order in which they ended.
async fn unrated(connection: &mut Connection) -> Result<Vec<Game>, StoreError> {
    // A game has fewer rows than the limit, so at least one game is complete.
    let text = concat!(
        "SELECT room_id, ended_at, account, seat, place, won, forfeited, stood_in, full_length, score, rounds, ",
        "exact_declarations, weight, discount FROM account_games WHERE rated = 0 ",
        "ORDER BY ended_at, room_id, seat LIMIT $1"
    );
    let limit = Value::Number(i64::try_from(ROWS).unwrap_or(i64::MAX));
    let rows: Vec<Unrated> = connection.rows(Statement::new(text, vec![limit])).await?;
    let full = rows.len() == ROWS;
    let mut games: Vec<Game> = Vec::new();
    for Unrated { room_id, ended_at, columns } in rows {
        let player = participation(columns);
        match games.last_mut() {
            Some(last) if last.number == room_id => last.players.push(player),
            _ => {
                games.push(Game { number: room_id, ended_at: Timestamp::from_millis(ended_at), players: vec![player] })
            }
        }
    }
    if full {
        // The limit may have cut the last game in two.
        games.pop();
    }
    Ok(games)
}

/// Decides the weight of each game from the stored games that counted before it, so that the same games always get the
/// same weights.
async fn weigh_all(
    connection: &mut Connection,
    games: &mut [Game],
    weigh: impl Fn(Timestamp, &[Participation], &RecentGames) -> Vec<Counted>,
) -> Result<(), StoreError> {
    let mut recent = recent_games(connection, games).await?;
    for game in games {
        let counted = weigh(game.ended_at, &game.players, &recent);
        for (player, counted) in game.players.iter_mut().zip(counted) {
            player.counted = Some(counted);
            if counted.weight > 0 {
                recent.add(&player.account, game.number, game.ended_at);
            }
        }
    }
    Ok(())
}

/// The games that counted for these accounts in the day before the first of these games.
async fn recent_games(connection: &mut Connection, games: &[Game]) -> Result<RecentGames, StoreError> {
    let mut recent = RecentGames::default();
    let Some(first) = games.first() else { return Ok(recent) };
    let since = first.ended_at - RecentGames::SPAN;
    for some in accounts_of(games).chunks(ROWS) {
        let mut values = vec![Value::Time(since)];
        values.extend(some.iter().map(|account| Value::Text(account)));
        let before =
            "SELECT account, room_id, ended_at FROM account_games WHERE weight > 0 AND ended_at > $1 AND account IN";
        let rows: Vec<(String, i64, i64)> = connection.rows(Statement::of_list_after(before, values, 1)).await?;
        rows.iter().for_each(|(account, game, ended_at)| recent.add(account, *game, Timestamp::from_millis(*ended_at)));
    }
    Ok(recent)
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
        let statement = Statement::of_list(before, values, "");
        let keep = |standing: Standing| drop(standings.insert(standing.account.clone(), standing));
        connection.each(statement, keep).await?;
    }
    Ok(standings)
}

/// Fails if another server has rated one of them in the meantime, since its standings are newer than those read here.
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

/// Writes the weight of each game for each of its accounts.
async fn keep_weights(connection: &mut Connection, games: &[Game]) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for game in games {
        for player in &game.players {
            let Some(Counted { weight, discount }) = player.counted else { continue };
            let counted = [Value::Number(weight), Value::Number(discount.map_or(0, Discount::number))];
            // All columns, because an insert with a conflict clause can update many rows at once.
            let mut row = [Value::Number(0); 15];
            row[..13].copy_from_slice(&self::row(game.number, game.ended_at, player));
            row[13..].copy_from_slice(&counted);
            rows.push(row);
        }
    }
    for some in rows.chunks(ROWS) {
        let after =
            " ON CONFLICT (room_id, account) DO UPDATE SET weight = excluded.weight, discount = excluded.discount";
        let statement = Statement::of_rows(&format!("{PLAYED}, weight, discount) VALUES"), some, after);
        connection.execute(statement).await?;
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
