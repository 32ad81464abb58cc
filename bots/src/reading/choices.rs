//! The plays to choose from, without equivalent ones, and the best of them by value.

use arrayvec::ArrayVec;
use game_rules::{PieceSet, Play, valid_sets};

use super::{follow, need, position::Position};

/// The most plays that a seat can have: all ways to choose four pieces of eight.
pub(crate) const MOST_PLAYS: usize = 70;

/// Plays of which no two are equivalent.
pub(crate) type Plays = ArrayVec<Play, MOST_PLAYS>;

/// The legal plays; of plays whose pieces have the same points only the first.
pub(crate) fn plays(position: Position<'_>) -> Plays {
    let mut kinds = ArrayVec::<u32, MOST_PLAYS>::new();
    let mut is_new = |play: &Play| {
        let kind = kind(play.pieces());
        if kinds.contains(&kind) || kinds.is_full() {
            return false;
        }
        kinds.push(kind);
        true
    };
    match position.required() {
        None => valid_sets(position.hand).into_iter().filter(&mut is_new).collect(),
        Some(count) => follow::all(position.hand, count).filter(&mut is_new).collect(),
    }
}

/// The plays worth a look in a simulated round: all if the seat leads; otherwise the sets that win, and three ways to
/// lose: with the highest spare pieces, with the lowest, and with the lowest of all.
pub(crate) fn sketch(position: Position<'_>) -> Plays {
    let Some(count) = position.required().filter(|count| *count > 1 && *count < position.hand.len()) else {
        return plays(position);
    };
    let hand = position.hand;
    let need = usize::try_from(position.need()).unwrap_or(0);
    let kept = need::kept(hand, need);
    let spare = hand - kept;
    let missing = count.saturating_sub(spare.len());
    let losing =
        [spare.highest(count) | kept.lowest(missing), spare.lowest(count) | kept.lowest(missing), hand.lowest(count)];
    let mut plays: Plays = follow::winners(position, count).take(MOST_PLAYS / 2).collect();
    plays.extend(losing.into_iter().filter_map(Play::new));
    plays
}

/// The choice with the highest value, the first one in a tie; `None` if there are no choices.
pub(crate) fn best<C: Copy>(choices: &[C], values: &[f32]) -> Option<C> {
    let better = |best: (C, f32), next: (C, f32)| if next.1 > best.1 { next } else { best };
    choices.iter().copied().zip(values.iter().copied()).reduce(better).map(|(choice, _)| choice)
}

/// A key that sets share if their pieces have the same points: four bits for each of at most six pieces.
fn kind(pieces: PieceSet) -> u32 {
    pieces.iter().fold(0, |kind, piece| kind << 4 | u32::from(piece.points()))
}
