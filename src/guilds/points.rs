//! What finished games are worth to a guild, and what points make of it.

use serde_json::json;
use store::{Counted, GuildMember, Guilds, Participation};
use vocabulary::Timestamp;

use super::{news, war};

/// Points for a game that was played to its end.
const GAME: i64 = 10;
/// Points for each round whose declaration was met exactly.
const EXACT: i64 = 5;
/// Points for a win.
const WIN: i64 = 25;
/// So many points raise the level by one.
const LEVEL: i64 = 500;
/// From so many points on a guild is of this tier; the best first.
const TIERS: [(i64, &str); 4] = [(50_000, "Tier 1"), (10_000, "Tier 2"), (2_000, "Tier 3"), (500, "Tier 4")];

/// The level of a guild with so many points, from 1.
pub(super) fn level(points: i64) -> i64 {
    1 + points.max(0) / LEVEL
}

/// The tier of a guild with so many points.
pub(super) fn tier(points: i64) -> &'static str {
    TIERS.iter().find(|(from, _)| points >= *from).map_or("Tier 5", |(_, tier)| tier)
}

/// What a finished game is worth to the guild of one who took part, in the measure in which it counts for them. A player for
/// whom a bot finished it earns nothing.
fn worth(player: &Participation) -> i64 {
    if player.stood_in {
        return 0;
    }
    let wins = if player.won { WIN } else { 0 };
    let whole = player.exact_declarations.max(0).saturating_mul(EXACT).saturating_add(GAME + wins);
    let weight = player.counted.map_or(Counted::WHOLE, |counted| counted.weight);
    whole.saturating_mul(weight) / Counted::WHOLE
}

/// A game has ended: members earn points, for themselves and for their guilds, and wins count in wars. Only who was a member by
/// then earns.
pub(crate) fn earn(ended_at: Timestamp, players: &[Participation], guilds: &mut Guilds) {
    for player in players {
        let points = worth(player);
        let Some(member) = member_at(ended_at, player, guilds) else { continue };
        if points == 0 {
            continue;
        }
        let guild = member.guild.clone();
        let own = guilds.members.iter_mut().find(|member| member.account == player.account);
        if let Some(member) = own {
            member.points = member.points.saturating_add(points);
        }
        add(guilds, &guild, points, ended_at);
    }
    war::count(ended_at, players, guilds);
}

/// The membership of someone who took part in a game that ended then.
pub(super) fn member_at<'a>(
    ended_at: Timestamp,
    player: &Participation,
    guilds: &'a Guilds,
) -> Option<&'a GuildMember> {
    guilds.members.iter().find(|member| member.account == player.account && member.joined_at <= ended_at)
}

/// The guild has so many points more, and perhaps a higher level.
pub(super) fn add(guilds: &mut Guilds, guild: &str, points: i64, at: Timestamp) {
    let Some(found) = guilds.guilds.iter_mut().find(|other| other.id == guild) else { return };
    let before = level(found.points);
    found.points = found.points.saturating_add(points);
    let (after, points) = (level(found.points), found.points);
    if after > before {
        news::tell(guilds, guild, "upgrade_complete", &json!({ "level": after, "points": points }), at);
    }
}
