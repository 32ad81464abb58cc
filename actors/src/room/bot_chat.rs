//! The chat messages of bots at the high points of a game.

use game_rules::Seat;
use vocabulary::{BonusKind, PublicNotice, Roster, Situation};

/// For a bot that met its declaration.
const EXACT: [&str; 4] =
    ["Exactly as I said.", "Counted to the last pile.", "Just as planned!", "That is what I call a promise kept."];
/// For a bot that declared nothing and took nothing.
const ZERO: [&str; 4] =
    ["Nothing declared, nothing taken.", "Zero is a number too.", "Not a single pile for me.", "I was never here."];
/// For a bot before the first deal.
const START: [&str; 4] =
    ["Good luck, everyone!", "May the general be with you.", "Let us play.", "Nice to meet you all."];
/// For a bot that has won.
const WON: [&str; 4] =
    ["Good game, everyone!", "That was close. Well played!", "What a finish!", "The pieces were kind to me."];
/// For a bot that a person has beaten.
const LOST: [&str; 4] = ["Well played!", "You got me. Again?", "Congratulations!", "I will count better next time."];

/// The bot that comments on this event, and its message. At most one bot does, so that people are not drowned out.
pub(super) fn of(notice: &PublicNotice, situation: &Situation) -> Option<(Seat, &'static str)> {
    let roster = &situation.roster;
    match notice {
        PublicNotice::GameStarted { .. } => first_bot(roster).map(|seat| (seat, line(&START, seat, situation))),
        PublicNotice::Bonus { name, kind, .. } => {
            let seat = bots(roster).find(|seat| roster.name(*seat) == name.as_str())?;
            let words = match kind {
                BonusKind::PerfectDeclaration => &EXACT,
                BonusKind::PerfectZero => &ZERO,
            };
            Some((seat, line(words, seat, situation)))
        }
        PublicNotice::GameOver(finale) => match bots(roster).find(|seat| finale.winners.contains(*seat)) {
            Some(winner) => Some((winner, line(&WON, winner, situation))),
            None => first_bot(roster).map(|seat| (seat, line(&LOST, seat, situation))),
        },
        PublicNotice::PlayerJoined { .. }
        | PublicNotice::PlayerLeft { .. }
        | PublicNotice::PlayerActed { .. }
        | PublicNotice::PhaseChanged(_)
        | PublicNotice::PlayerTimedOut { .. }
        | PublicNotice::BotActivated { .. }
        | PublicNotice::BotThinking { .. }
        | PublicNotice::BotFailed { .. }
        | PublicNotice::Presence { .. } => None,
    }
}

fn bots(roster: &Roster) -> impl Iterator<Item = Seat> {
    roster.players().filter(|(_, player)| player.is_bot()).map(|(seat, _)| seat)
}

fn first_bot(roster: &Roster) -> Option<Seat> {
    bots(roster).next()
}

/// Picks another line in every round and for every seat, so that nobody repeats themselves at once.
fn line(lines: &[&'static str; 4], seat: Seat, situation: &Situation) -> &'static str {
    let round = situation.table.as_ref().map_or(0, |table| usize::from(table.round));
    lines[(seat.index() + round) % lines.len()]
}
