//! Queries for guilds, their wars and their news.

use vocabulary::Timestamp;

use super::{
    rows::{self as columns, GuildColumns, MemberColumns, WarColumns},
    types::{GuildNews, GuildPage, GuildProfile, GuildSummary, GuildWar},
};
use crate::database::{Readers, Snapshot, Statement, StoreError, Value, window};

pub(crate) async fn list(readers: &Readers, offset: u64, limit: u64) -> Result<(Vec<GuildSummary>, u64), StoreError> {
    type Row = (String, String, String, i64, i64, i64, i64, i64);
    let text = "SELECT id, name, leader, points, treasury, created_at, dissolved, \
                (SELECT count(*) FROM guild_members WHERE guild_members.guild = page.id) \
                FROM (SELECT * FROM guilds WHERE dissolved = 0 ORDER BY points DESC, id LIMIT $1 OFFSET $2) AS page \
                ORDER BY points DESC, id";
    let rows: Vec<Row> = readers.rows(Statement::new(text, window(offset, limit))).await?;
    let summary = |(a, b, c, d, e, f, g, members): Row| GuildSummary {
        guild: columns::guild((a, b, c, d, e, f, g)),
        members: members.cast_unsigned(),
    };
    let text = "SELECT count(*) FROM guilds WHERE dissolved = 0";
    let total: Option<(i64,)> = readers.first(Statement::new(text, Vec::new())).await?;
    Ok((rows.into_iter().map(summary).collect(), total.map_or(0, |(count,)| count.cast_unsigned())))
}

/// Reads one snapshot: otherwise a war that ends between two queries would be gone, and its points not there yet.
pub(crate) async fn one(readers: &Readers, id: &str) -> Result<Option<GuildPage>, StoreError> {
    let mut snapshot = readers.snapshot().await?;
    let text = "SELECT id, name, leader, points, treasury, created_at, dissolved FROM guilds WHERE id = $1";
    let found: Option<GuildColumns> = snapshot.first(Statement::new(text, vec![Value::Text(id)])).await?;
    let Some(guild) = found.map(columns::guild) else { return Ok(None) };
    Ok(Some(GuildPage { guild, members: members(&mut snapshot, id).await?, war: war(&mut snapshot, id).await? }))
}

async fn members(snapshot: &mut Snapshot, guild: &str) -> Result<Vec<GuildProfile>, StoreError> {
    type Row = (String, String, i64, i64, String, String);
    let text = "SELECT account, guild, points, joined_at, username, display_name FROM guild_members \
                JOIN accounts ON accounts.id = guild_members.account WHERE guild = $1 ORDER BY joined_at, account";
    let rows: Vec<Row> = snapshot.rows(Statement::new(text, vec![Value::Text(guild)])).await?;
    let profile = |(account, guild, points, joined_at, username, display_name)| {
        let columns: MemberColumns = (account, guild, points, joined_at);
        GuildProfile { member: columns::member(columns), username, display_name }
    };
    Ok(rows.into_iter().map(profile).collect())
}

async fn war(snapshot: &mut Snapshot, guild: &str) -> Result<Option<(GuildWar, String)>, StoreError> {
    type Row = (String, String, String, String, i64, i64, i64, i64, i64, String);
    let texts = [
        "SELECT guild_wars.id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, over, \
         guilds.name FROM guild_wars JOIN guilds ON guilds.id = defender WHERE over = 0 AND attacker = $1",
        "SELECT guild_wars.id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, over, \
         guilds.name FROM guild_wars JOIN guilds ON guilds.id = attacker WHERE over = 0 AND defender = $1",
    ];
    for text in texts {
        let found: Option<Row> = snapshot.first(Statement::new(text, vec![Value::Text(guild)])).await?;
        if let Some((a, b, c, d, e, f, g, h, i, name)) = found {
            let columns: WarColumns = (a, b, c, d, e, f, g, h, i);
            return Ok(Some((columns::war(columns), name)));
        }
    }
    Ok(None)
}

pub(crate) async fn next_end(readers: &Readers) -> Result<Option<Timestamp>, StoreError> {
    let text = "SELECT ends_at FROM guild_wars WHERE over = 0 ORDER BY ends_at LIMIT 1";
    let next: Option<(i64,)> = readers.first(Statement::new(text, Vec::new())).await?;
    Ok(next.map(|(ends_at,)| Timestamp::from_millis(ends_at)))
}

pub(crate) async fn news(readers: &Readers, limit: u64) -> Result<Vec<GuildNews>, StoreError> {
    type Row = (i64, i64, String, String, i64, String, String);
    let text = "SELECT id, at, guild, guild_name, guild_level, event, data FROM guild_news ORDER BY id LIMIT $1";
    let rows: Vec<Row> = readers.rows(Statement::new(text, vec![Value::count(limit)])).await?;
    let news = |(id, at, guild, guild_name, guild_level, event, data)| GuildNews {
        id,
        at: Timestamp::from_millis(at),
        guild,
        guild_name,
        guild_level,
        event,
        data,
    };
    Ok(rows.into_iter().map(news).collect())
}
