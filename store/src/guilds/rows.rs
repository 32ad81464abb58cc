//! The columns of guilds, members and wars, and the types that they are converted to.

use vocabulary::Timestamp;

use super::types::{Guild, GuildMember, GuildWar};
use crate::database::Value;

/// The columns of `guilds` that make a [`Guild`].
pub(crate) type GuildColumns = (String, String, String, i64, i64, i64, i64);

pub(crate) fn guild((id, name, leader, points, treasury, created_at, dissolved): GuildColumns) -> Guild {
    Guild {
        id,
        name,
        leader,
        points,
        treasury,
        created_at: Timestamp::from_millis(created_at),
        dissolved: dissolved != 0,
    }
}

/// The columns of `guild_members`.
pub(crate) type MemberColumns = (String, String, i64, i64);

pub(crate) fn member((account, guild, points, joined_at): MemberColumns) -> GuildMember {
    GuildMember { account, guild, points, joined_at: Timestamp::from_millis(joined_at) }
}

/// The columns of `guild_wars`.
pub(crate) type WarColumns = (String, String, String, String, i64, i64, i64, i64, i64);

pub(crate) fn war(columns: WarColumns) -> GuildWar {
    let (id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, over) = columns;
    let [started_at, ends_at] = [started_at, ends_at].map(Timestamp::from_millis);
    let territory = Some(territory).filter(|territory| !territory.is_empty());
    GuildWar { id, attacker, defender, territory, attacker_wins, defender_wins, started_at, ends_at, over: over != 0 }
}

/// A guild as a row, with its name's key.
pub(crate) fn of_guild<'a>((guild, key): &'a (&'a Guild, String)) -> [Value<'a>; 8] {
    [
        Value::Text(&guild.id),
        Value::Text(&guild.name),
        Value::Text(key),
        Value::Text(&guild.leader),
        Value::Number(guild.points),
        Value::Number(guild.treasury),
        Value::Time(guild.created_at),
        Value::Number(guild.dissolved.into()),
    ]
}

pub(crate) fn of_member<'a>(member: &&'a GuildMember) -> [Value<'a>; 4] {
    [
        Value::Text(&member.account),
        Value::Text(&member.guild),
        Value::Number(member.points),
        Value::Time(member.joined_at),
    ]
}

pub(crate) fn of_war<'a>(war: &&'a GuildWar) -> [Value<'a>; 9] {
    [
        Value::Text(&war.id),
        Value::Text(&war.attacker),
        Value::Text(&war.defender),
        Value::Text(war.territory.as_deref().unwrap_or_default()),
        Value::Number(war.attacker_wins),
        Value::Number(war.defender_wins),
        Value::Time(war.started_at),
        Value::Time(war.ends_at),
        Value::Number(war.over.into()),
    ]
}
