//! What to play when another leads.

use game_rules::{Action, LegalActions, PieceSet, Play, valid_sets};

use super::position::Position;

/// All plays of `count` pieces of a hand.
pub(crate) fn all(hand: PieceSet, count: usize) -> impl Iterator<Item = Play> {
    let actions = LegalActions::Follow { hand, count: count as u8 };
    (0..actions.len()).filter_map(move |number| match actions.nth(number) {
        Some(Action::Play(play)) => Some(play),
        _ => None,
    })
}

/// The sets that stand highest in the turn so far.
pub(crate) fn winners(position: Position<'_>, count: usize) -> impl Iterator<Item = Play> {
    valid_sets(position.hand).into_iter().filter(move |play| play.len() == count && position.wins_so_far(*play))
}

/// How much a set is worth to its holder, to spend the cheapest.
pub(crate) fn price(play: &Play) -> u16 {
    play.core()
}

/// The losing play of highest points.
pub(crate) fn highest_loser(position: Position<'_>, count: usize) -> Option<Play> {
    loser(position, position.hand.highest(count))
        .or_else(|| losers(position, count).max_by_key(|play| play.pieces().points()))
}

/// The losing play of lowest points that spends as few of `kept` as it can.
pub(crate) fn lowest_loser(position: Position<'_>, count: usize, kept: PieceSet) -> Option<Play> {
    let spare = position.hand - kept;
    let missing = count.saturating_sub(spare.len());
    let easy = spare.lowest(count) | kept.lowest(missing);
    loser(position, easy).or_else(|| losers(position, count).min_by_key(|play| play.pieces().points()))
}

fn losers(position: Position<'_>, count: usize) -> impl Iterator<Item = Play> {
    all(position.hand, count).filter(move |play| !position.wins_so_far(*play))
}

fn loser(position: Position<'_>, pieces: PieceSet) -> Option<Play> {
    Play::new(pieces).filter(|play| !position.wins_so_far(*play))
}
