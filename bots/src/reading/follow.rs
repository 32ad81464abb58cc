//! What to play when another seat leads.

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

/// The sets of `count` pieces that would win the turn so far.
pub(crate) fn winners(position: Position<'_>, count: usize) -> impl Iterator<Item = Play> {
    valid_sets(position.hand).into_iter().filter(move |play| play.len() == count && position.wins_so_far(*play))
}

/// What a set costs its holder: its core sum, because the highest pieces win later turns.
pub(crate) fn price(play: &Play) -> u16 {
    play.core()
}

/// The losing play with the most points.
pub(crate) fn highest_loser(position: Position<'_>, count: usize) -> Option<Play> {
    loser(position, position.hand.highest(count))
        .or_else(|| losers(position, count).max_by_key(|play| play.pieces().points()))
}

/// The losing play with the fewest points that uses as few pieces of `kept` as possible.
pub(crate) fn lowest_loser(position: Position<'_>, count: usize, kept: PieceSet) -> Option<Play> {
    let spare = position.hand - kept;
    let missing = count.saturating_sub(spare.len());
    let cheapest = spare.lowest(count) | kept.lowest(missing);
    loser(position, cheapest).or_else(|| losers(position, count).min_by_key(|play| play.pieces().points()))
}

fn losers(position: Position<'_>, count: usize) -> impl Iterator<Item = Play> {
    all(position.hand, count).filter(move |play| !position.wins_so_far(*play))
}

fn loser(position: Position<'_>, pieces: PieceSet) -> Option<Play> {
    Play::new(pieces).filter(|play| !position.wins_so_far(*play))
}
