//! What finished games are worth to guilds.

use store::{Counted, Guilds, Participation};
use vocabulary::Timestamp;

use super::{news, roster::member_at, war};

/// Points for a game that was played to its end.
const GAME: i64 = 10;
/// Points for each round whose declaration was met exactly.
const EXACT: i64 = 5;
/// Points for a win.
const WIN: i64 = 25;

/// The points of a finished game for a player's guild, in proportion to how much it counts for the player. A player for
/// whom a bot finished the game earns nothing.
fn worth(player: &Participation) -> i64 {
    if player.stood_in {
        return 0;
    }
    let wins = if player.won { WIN } else { 0 };
    let whole = player.exact_declarations.max(0).saturating_mul(EXACT).saturating_add(GAME + wins);
    let weight = player.counted.map_or(Counted::WHOLE, |counted| counted.weight);
    whole.saturating_mul(weight) / Counted::WHOLE
}

/// Counts a game that has ended: members earn points for themselves and for their guilds, and wins count in wars.
/// Players who joined a guild later earn nothing.
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
        news::add(guilds, &guild, points, ended_at);
    }
    war::count(ended_at, players, guilds);
}
