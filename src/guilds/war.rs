//! Wars: declared by a leader, counted in games between members of both guilds, ended by time or when a guild
//! dissolves.

use serde_json::{Value, json};
use store::{Counted, GuildWar, Guilds, Participation};
use vocabulary::Timestamp;

use super::{
    Denied, Who,
    news::{add, find, tell},
    points::tier,
    roster::{member_at, membership},
};

/// Points for winning a war.
const WON: i64 = 100;
/// Points for each win in a war, for the guild that wins it.
const EACH_WIN: i64 = 20;

/// A declaration of war.
#[derive(Clone, Debug)]
pub(super) struct Declaration<'a> {
    pub(super) id: String,
    /// The other guild's id.
    pub(super) target: &'a str,
    pub(super) territory: Option<String>,
    pub(super) at: Timestamp,
    pub(super) ends_at: Timestamp,
}

/// Declares war. Leader only.
pub(super) fn declare(guilds: &mut Guilds, who: Who<'_>, id: &str, wanted: Declaration<'_>) -> Result<(), Denied> {
    let own = membership(guilds, who, id)?.0;
    if own.leader != who.id {
        return Err(Denied::LeaderOnly);
    }
    if wanted.target == id {
        return Err(Denied::OwnGuild);
    }
    let target = find(guilds, wanted.target).ok_or_else(|| Denied::NoSuchGuild(wanted.target.to_owned()))?;
    if let Some(side) = [id, wanted.target].into_iter().find(|side| of(guilds, side).is_some()) {
        return Err(Denied::AtWar(side.to_owned()));
    }
    let facts = json!({
        "war_id": wanted.id, "territory": wanted.territory, "ends_at": wanted.ends_at,
        "attacker_guild_id": own.id, "attacker_guild_name": own.name,
        "target_guild_id": target.id, "target_guild_name": target.name,
    });
    guilds.wars.push(GuildWar {
        id: wanted.id,
        attacker: id.to_owned(),
        defender: wanted.target.to_owned(),
        territory: wanted.territory,
        attacker_wins: 0,
        defender_wins: 0,
        started_at: wanted.at,
        ends_at: wanted.ends_at,
        over: false,
    });
    for side in [id, wanted.target] {
        tell(guilds, side, "war_declared", &facts, wanted.at);
    }
    Ok(())
}

/// The current war of a guild.
fn of<'a>(guilds: &'a Guilds, guild: &str) -> Option<&'a GuildWar> {
    guilds.wars.iter().find(|war| !war.over && (war.attacker == guild || war.defender == guild))
}

/// Counts the wins of a game that ended during a war of two guilds, if both had members in it. A win in a game that
/// counts only in part does not count.
pub(super) fn count(ended_at: Timestamp, players: &[Participation], guilds: &mut Guilds) {
    let sides: Vec<(String, bool)> = players
        .iter()
        .filter_map(|player| {
            let member = member_at(ended_at, player, guilds)?;
            Some((member.guild.clone(), player.won && !player.stood_in && counts_in_full(player)))
        })
        .collect();
    let of_side = |guild: &str| sides.iter().filter(|(other, _)| other == guild).collect::<Vec<_>>();
    let wins_of = |side: &[&(String, bool)]| side.iter().map(|(_, won)| i64::from(*won)).sum::<i64>();
    let mut begun = Vec::new();
    for war in guilds.wars.iter_mut().filter(|war| !war.over && (war.started_at..war.ends_at).contains(&ended_at)) {
        let (attackers, defenders) = (of_side(&war.attacker), of_side(&war.defender));
        if attackers.is_empty() || defenders.is_empty() {
            continue;
        }
        let before = war.attacker_wins + war.defender_wins;
        war.attacker_wins += wins_of(&attackers);
        war.defender_wins += wins_of(&defenders);
        if before == 0 && war.attacker_wins + war.defender_wins > 0 {
            begun.push(war.clone());
        }
    }
    for war in begun {
        for side in sides_of(&war) {
            let facts = side.facts(guilds, &war);
            tell(guilds, side.guild, "conquest_started", &facts, ended_at);
        }
    }
}

fn counts_in_full(player: &Participation) -> bool {
    player.counted.is_none_or(|counted| counted.weight >= Counted::WHOLE)
}

/// Ends the wars that are due, and returns how many.
pub(super) fn end(guilds: &mut Guilds, now: Timestamp) -> usize {
    let due: Vec<GuildWar> = guilds.wars.iter().filter(|war| !war.over && war.ends_at <= now).cloned().collect();
    for war in &due {
        let [own, other] = sides_of(war).map(|side| side.wins);
        let winner = match own.cmp(&other) {
            std::cmp::Ordering::Greater => Some(&war.attacker),
            std::cmp::Ordering::Less => Some(&war.defender),
            std::cmp::Ordering::Equal => None,
        };
        conclude(guilds, war, winner, war.ends_at);
    }
    due.len()
}

/// Ends the current war of a guild as lost.
pub(super) fn give_up(guilds: &mut Guilds, guild: &str, at: Timestamp) {
    let Some(war) = of(guilds, guild).cloned() else { return };
    let winner = if war.attacker == guild { &war.defender } else { &war.attacker };
    conclude(guilds, &war, Some(winner), at);
}

fn conclude(guilds: &mut Guilds, war: &GuildWar, winner: Option<&String>, at: Timestamp) {
    if let Some(war) = guilds.wars.iter_mut().find(|other| other.id == war.id) {
        (war.over, war.ends_at) = (true, at);
    }
    let mut sides = sides_of(war);
    // The winner's event comes first.
    sides.sort_by_key(|side| winner.is_none_or(|winner| winner != side.guild));
    for side in sides {
        let (outcome, earned) = match winner {
            Some(winner) if winner == side.guild => ("won", WON.saturating_add(EACH_WIN.saturating_mul(side.wins))),
            Some(_) => ("lost", 0),
            None => ("draw", 0),
        };
        let before = find(guilds, side.guild).map_or(0, |guild| guild.points);
        let mut facts = side.facts(guilds, war);
        facts["outcome"] = json!(outcome);
        facts["points_earned"] = json!(earned);
        facts["rank_change"] = json!(rank_change(before, before.saturating_add(earned)));
        // A higher level is reported after its cause.
        let already = guilds.news.len();
        add(guilds, side.guild, earned, at);
        tell(guilds, side.guild, "conquest_complete", &facts, at);
        guilds.news[already..].rotate_right(1);
    }
}

/// `Tier 3 → Tier 2`, or the tier alone if it stays.
fn rank_change(before: i64, after: i64) -> String {
    match (tier(before), tier(after)) {
        (before, after) if before == after => after.to_owned(),
        (before, after) => format!("{before} → {after}"),
    }
}

/// A war as one of its guilds sees it.
struct Side<'a> {
    guild: &'a str,
    opponent: &'a str,
    wins: i64,
    losses: i64,
}

fn sides_of(war: &GuildWar) -> [Side<'_>; 2] {
    let GuildWar { attacker, defender, attacker_wins, defender_wins, .. } = war;
    let side = |guild, opponent, wins: &i64, losses: &i64| Side { guild, opponent, wins: *wins, losses: *losses };
    [side(attacker, defender, attacker_wins, defender_wins), side(defender, attacker, defender_wins, attacker_wins)]
}

impl Side<'_> {
    fn facts(&self, guilds: &Guilds, war: &GuildWar) -> Value {
        json!({
            "war_id": war.id, "territory": war.territory, "wins": self.wins, "losses": self.losses,
            "opponent_guild_id": self.opponent,
            "opponent_guild_name": find(guilds, self.opponent).map(|guild| guild.name.as_str()),
        })
    }
}
