//! Founding, joining, leaving, and the treasury.

use serde_json::json;
use store::{Guild, GuildMember, Guilds};
use vocabulary::Timestamp;

use super::{
    Denied, Who,
    news::{find, tell},
    roster::membership,
    war,
};

/// The most members of a guild.
const MEMBERS: usize = 50;

/// Founds a guild, with its founder as leader.
pub(super) fn found(guilds: &mut Guilds, who: Who<'_>, id: &str, name: &str, at: Timestamp) -> Result<(), Denied> {
    only_of_none(guilds, who)?;
    if guilds.guilds.iter().any(|guild| guild.name.to_lowercase() == name.to_lowercase()) {
        return Err(Denied::NameTaken);
    }
    guilds.guilds.push(Guild {
        id: id.to_owned(),
        name: name.to_owned(),
        leader: who.id.to_owned(),
        points: 0,
        treasury: 0,
        created_at: at,
        dissolved: false,
    });
    enter(guilds, who, id, at);
    Ok(())
}

/// Joins a guild; guilds are open to all.
pub(super) fn join(guilds: &mut Guilds, who: Who<'_>, id: &str, at: Timestamp) -> Result<(), Denied> {
    if find(guilds, id).is_none() {
        return Err(Denied::NoSuchGuild(id.to_owned()));
    }
    only_of_none(guilds, who)?;
    if count(guilds, id) >= MEMBERS {
        return Err(Denied::Full);
    }
    enter(guilds, who, id, at);
    Ok(())
}

/// Leaves a guild; points that were not deposited are lost. If the leader leaves, the member who joined first leads.
/// Without members the guild is dissolved, and loses its war.
pub(super) fn leave(guilds: &mut Guilds, who: Who<'_>, id: &str, at: Timestamp) -> Result<(), Denied> {
    let leader = membership(guilds, who, id)?.0.leader.clone();
    guilds.members.retain(|member| member.account != who.id);
    let stay = guilds.members.iter().filter(|member| member.guild == id);
    let next = stay.min_by_key(|member| (member.joined_at, &member.account)).map(|member| member.account.clone());
    let mut facts = facts_of(guilds, who, id);
    let is_over = next.is_none();
    facts["dissolved"] = json!(is_over);
    if let Some(next) = next.filter(|_| leader == who.id) {
        facts["leader_id"] = json!(next);
        change(guilds, id, |guild| guild.leader = next);
    }
    tell(guilds, id, "member_left", &facts, at);
    if is_over {
        war::give_up(guilds, id, at);
        change(guilds, id, |guild| guild.dissolved = true);
    }
    Ok(())
}

/// Moves a member's points into the treasury.
pub(super) fn deposit(guilds: &mut Guilds, who: Who<'_>, id: &str, points: i64, at: Timestamp) -> Result<(), Denied> {
    let balance = membership(guilds, who, id)?.1.points;
    if points > balance {
        return Err(Denied::NotEnoughPoints(balance));
    }
    if let Some(member) = guilds.members.iter_mut().find(|member| member.account == who.id) {
        member.points -= points;
    }
    let mut treasury = 0;
    change(guilds, id, |guild| {
        guild.treasury = guild.treasury.saturating_add(points);
        treasury = guild.treasury;
    });
    let facts = json!({ "member_id": who.id, "member_name": who.name, "points": points, "treasury": treasury });
    tell(guilds, id, "treasury_deposit", &facts, at);
    Ok(())
}

fn only_of_none(guilds: &Guilds, who: Who<'_>) -> Result<(), Denied> {
    match guilds.members.iter().find(|member| member.account == who.id) {
        Some(member) => Err(Denied::AlreadyInGuild(member.guild.clone())),
        None => Ok(()),
    }
}

fn enter(guilds: &mut Guilds, who: Who<'_>, id: &str, at: Timestamp) {
    let member = GuildMember { account: who.id.to_owned(), guild: id.to_owned(), points: 0, joined_at: at };
    guilds.members.push(member);
    tell(guilds, id, "member_joined", &facts_of(guilds, who, id), at);
}

fn facts_of(guilds: &Guilds, who: Who<'_>, id: &str) -> serde_json::Value {
    json!({ "member_id": who.id, "member_name": who.name, "member_count": count(guilds, id) })
}

fn count(guilds: &Guilds, id: &str) -> usize {
    guilds.members.iter().filter(|member| member.guild == id).count()
}

fn change(guilds: &mut Guilds, id: &str, change: impl FnOnce(&mut Guild)) {
    if let Some(guild) = guilds.guilds.iter_mut().find(|guild| guild.id == id) {
        change(guild);
    }
}
