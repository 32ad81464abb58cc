//! Changes of guilds: what a rule needs is loaded, and what it changed is written.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    rows::{self as columns, GuildColumns, MemberColumns, WarColumns},
    types::{self, Guild, GuildScope, Guilds},
};
use crate::database::{Connection, ROWS, Statement, StoreError, Value};

/// At most this many wars are ended in one transaction.
const WARS: i64 = 100;

/// Applies the rule to what the scope names. If the rule fails, nothing is written. The second value is whether there
/// are news.
pub(crate) async fn change<T, E>(
    connection: &mut Connection,
    scope: &GuildScope<'_>,
    rule: impl FnOnce(&mut Guilds) -> Result<T, E>,
) -> Result<(Result<T, E>, bool), StoreError> {
    connection.lock_guilds().await?;
    let before = load(connection, scope).await?;
    let mut after = before.clone();
    let outcome = rule(&mut after);
    // Nothing was written, so the transaction may end like a successful one.
    if outcome.is_err() {
        return Ok((outcome, false));
    }
    keep(connection, &before, &after).await?;
    Ok((outcome, !after.news.is_empty()))
}

async fn load(connection: &mut Connection, scope: &GuildScope<'_>) -> Result<Guilds, StoreError> {
    let mut whole = BTreeSet::new();
    if let Some(account) = scope.account {
        let mut own = Guilds::default();
        members_of_accounts(connection, &[account], &mut own).await?;
        whole.extend(own.members.into_iter().map(|member| member.guild));
    }
    if let Some(name) = scope.name {
        let (text, key) = ("SELECT id FROM guilds WHERE dissolved = 0 AND name_key = $1", types::key(name));
        let found: Vec<(String,)> = connection.rows(Statement::new(text, vec![Value::Text(&key)])).await?;
        whole.extend(found.into_iter().map(|(id,)| id));
    }
    whole.extend(scope.guilds.iter().map(|&id| id.to_owned()));
    let mut guilds = Guilds::default();
    let mut ids = whole.clone();
    if let Some(moment) = scope.wars_due {
        let text =
            "SELECT attacker, defender FROM guild_wars WHERE over = 0 AND ends_at <= $1 ORDER BY ends_at LIMIT $2";
        let values = vec![Value::Time(moment), Value::Number(WARS)];
        let due: Vec<(String, String)> = connection.rows(Statement::new(text, values)).await?;
        ids.extend(due.into_iter().flat_map(|(attacker, defender)| [attacker, defender]));
    }
    for some in texts(&whole).chunks(ROWS) {
        let before = "SELECT account, guild, points, joined_at FROM guild_members WHERE guild IN";
        let statement = Statement::of_list(before, some.to_vec(), " ORDER BY guild, joined_at, account");
        connection.each(statement, |row: MemberColumns| guilds.members.push(columns::member(row))).await?;
    }
    with_wars(connection, ids, &mut guilds).await?;
    Ok(guilds)
}

/// The guilds of these accounts, with no other members.
pub(crate) async fn load_players(connection: &mut Connection, accounts: &[&str]) -> Result<Guilds, StoreError> {
    let mut guilds = Guilds::default();
    members_of_accounts(connection, accounts, &mut guilds).await?;
    let ids = guilds.members.iter().map(|member| member.guild.clone()).collect();
    with_wars(connection, ids, &mut guilds).await?;
    Ok(guilds)
}

async fn members_of_accounts(
    connection: &mut Connection,
    accounts: &[&str],
    guilds: &mut Guilds,
) -> Result<(), StoreError> {
    for some in accounts.chunks(ROWS) {
        let values = some.iter().map(|account| Value::Text(account)).collect();
        let before = "SELECT account, guild, points, joined_at FROM guild_members WHERE account IN";
        let statement = Statement::of_list(before, values, "");
        connection.each(statement, |row: MemberColumns| guilds.members.push(columns::member(row))).await?;
    }
    Ok(())
}

/// Adds these guilds, their wars, and the guilds on the other side.
async fn with_wars(
    connection: &mut Connection,
    mut ids: BTreeSet<String>,
    guilds: &mut Guilds,
) -> Result<(), StoreError> {
    let mut wars = HashMap::new();
    for some in texts(&ids).chunks(ROWS) {
        for before in [
            "SELECT id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, over \
             FROM guild_wars WHERE over = 0 AND attacker IN",
            "SELECT id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, over \
             FROM guild_wars WHERE over = 0 AND defender IN",
        ] {
            let statement = Statement::of_list(before, some.to_vec(), "");
            let take = |row: WarColumns| drop(wars.insert(row.0.clone(), columns::war(row)));
            connection.each(statement, take).await?;
        }
    }
    // A war between two of these guilds was found twice, hence the map.
    guilds.wars.extend(wars.into_values());
    guilds.wars.sort_by(|one, other| (one.ends_at, &one.id).cmp(&(other.ends_at, &other.id)));
    ids.extend(guilds.wars.iter().flat_map(|war| [war.attacker.clone(), war.defender.clone()]));
    for some in texts(&ids).chunks(ROWS) {
        let before = "SELECT id, name, leader, points, treasury, created_at, dissolved FROM guilds WHERE id IN";
        let statement = Statement::of_list(before, some.to_vec(), " AND dissolved = 0 ORDER BY id");
        connection.each(statement, |row: GuildColumns| guilds.guilds.push(columns::guild(row))).await?;
    }
    Ok(())
}

fn texts(ids: &BTreeSet<String>) -> Vec<Value<'_>> {
    ids.iter().map(|id| Value::Text(id)).collect()
}

/// Writes the differences between the two, and the news.
pub(crate) async fn keep(connection: &mut Connection, before: &Guilds, after: &Guilds) -> Result<(), StoreError> {
    keep_guilds(connection, before, after).await?;
    // A member that the rule has removed from the list has left.
    let there: HashSet<_> = after.members.iter().map(|member| &member.account).collect();
    let gone = before.members.iter().filter(|member| !there.contains(&member.account));
    let gone: Vec<_> = gone.map(|member| Value::Text(&member.account)).collect();
    for some in gone.chunks(ROWS) {
        connection.execute(Statement::of_list("DELETE FROM guild_members WHERE account IN", some.to_vec(), "")).await?;
    }
    let known: HashMap<_, _> = before.members.iter().map(|member| (&member.account, member)).collect();
    let members = after.members.iter().filter(|member| known.get(&member.account) != Some(member));
    let rows: Vec<_> = members.collect();
    for some in rows.chunks(ROWS) {
        let rows: Vec<_> = some.iter().map(columns::of_member).collect();
        let before = "INSERT INTO guild_members (account, guild, points, joined_at) VALUES";
        let after = " ON CONFLICT (account) DO UPDATE SET guild = excluded.guild, points = excluded.points, \
                     joined_at = excluded.joined_at";
        connection.execute(Statement::of_rows(before, &rows, after)).await?;
    }
    keep_wars(connection, before, after).await?;
    keep_news(connection, after).await
}

async fn keep_guilds(connection: &mut Connection, before: &Guilds, after: &Guilds) -> Result<(), StoreError> {
    let known: HashMap<_, _> = before.guilds.iter().map(|guild| (&guild.id, guild)).collect();
    let changed = after.guilds.iter().filter(|guild| known.get(&guild.id) != Some(guild));
    let changed: Vec<(&Guild, String)> = changed.map(|of| (of, types::key(&of.name))).collect();
    for some in changed.chunks(ROWS) {
        let rows: Vec<_> = some.iter().map(columns::of_guild).collect();
        let before = "INSERT INTO guilds (id, name, name_key, leader, points, treasury, created_at, dissolved) VALUES";
        let after = " ON CONFLICT (id) DO UPDATE SET leader = excluded.leader, points = excluded.points, \
                     treasury = excluded.treasury, dissolved = excluded.dissolved";
        connection.execute(Statement::of_rows(before, &rows, after)).await?;
    }
    Ok(())
}

async fn keep_wars(connection: &mut Connection, before: &Guilds, after: &Guilds) -> Result<(), StoreError> {
    let known: HashMap<_, _> = before.wars.iter().map(|war| (&war.id, war)).collect();
    let changed: Vec<_> = after.wars.iter().filter(|war| known.get(&war.id) != Some(war)).collect();
    for some in changed.chunks(ROWS) {
        let rows: Vec<_> = some.iter().map(columns::of_war).collect();
        let before = "INSERT INTO guild_wars (id, attacker, defender, territory, attacker_wins, defender_wins, \
                      started_at, ends_at, over) VALUES";
        let after = " ON CONFLICT (id) DO UPDATE SET attacker_wins = excluded.attacker_wins, \
                     defender_wins = excluded.defender_wins, ends_at = excluded.ends_at, over = excluded.over";
        connection.execute(Statement::of_rows(before, &rows, after)).await?;
    }
    Ok(())
}

async fn keep_news(connection: &mut Connection, after: &Guilds) -> Result<(), StoreError> {
    for some in after.news.chunks(ROWS) {
        let rows = some.iter().map(|news| {
            [
                Value::Time(news.at),
                Value::Text(&news.guild),
                Value::Text(&news.guild_name),
                Value::Number(news.guild_level),
                Value::Text(&news.event),
                Value::Text(&news.data),
            ]
        });
        let rows: Vec<_> = rows.collect();
        let before = "INSERT INTO guild_news (at, guild, guild_name, guild_level, event, data) VALUES";
        connection.execute(Statement::of_rows(before, &rows, "")).await?;
    }
    Ok(())
}

/// Deletes the news up to the one with this number.
pub(crate) async fn forget_news(connection: &mut Connection, up_to: i64) -> Result<(), StoreError> {
    let text = "DELETE FROM guild_news WHERE id <= $1";
    connection.execute(Statement::new(text, vec![Value::Number(up_to)])).await?;
    Ok(())
}
