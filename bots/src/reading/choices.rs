//! The plays to choose from, one of each kind, and the best by their values.

use arrayvec::ArrayVec;
use game_rules::{PieceSet, Play, valid_sets};

use super::{follow, need, position::Position};

/// The most plays that may differ in kind: all of four pieces of eight.
pub(crate) const MOST_PLAYS: usize = 70;

/// Plays that differ in kind.
pub(crate) type Plays = ArrayVec<Play, MOST_PLAYS>;

/// The legal plays, one of each kind.
pub(crate) fn plays(position: Position<'_>) -> Plays {
    let mut kinds = ArrayVec::<u32, MOST_PLAYS>::new();
    let mut new = |play: &Play| {
        let kind = kind(play.pieces());
        if kinds.contains(&kind) || kinds.is_full() {
            return false;
        }
        kinds.push(kind);
        true
    };
    match position.required() {
        None => valid_sets(position.hand).into_iter().filter(&mut new).collect(),
        Some(count) => follow::all(position.hand, count).filter(&mut new).collect(),
    }
}

/// Of the plays those that matter most: all when the seat leads; else the sets that win, and the throw-aways that keep
/// the most or the least.
pub(crate) fn sketch(position: Position<'_>) -> Plays {
    let Some(count) = position.required().filter(|count| *count > 1 && *count < position.hand.len()) else {
        return plays(position);
    };
    let hand = position.hand;
    let need = usize::try_from(position.need()).unwrap_or(0);
    let kept = need::kept(hand, need);
    let spare = hand - kept;
    let missing = count.saturating_sub(spare.len());
    let thrown =
        [spare.highest(count) | kept.lowest(missing), spare.lowest(count) | kept.lowest(missing), hand.lowest(count)];
    let mut plays: Plays = follow::winners(position, count).take(MOST_PLAYS / 2).collect();
    plays.extend(thrown.into_iter().filter_map(Play::new));
    plays
}

/// The choice of the highest value, the first on a tie; none of none.
pub(crate) fn best<C: Copy>(choices: &[C], values: &[f32]) -> Option<C> {
    let better = |best: (C, f32), next: (C, f32)| if next.1 > best.1 { next } else { best };
    choices.iter().copied().zip(values.iter().copied()).reduce(better).map(|(choice, _)| choice)
}

/// The same for sets whose pieces have the same points: four bits for each of at most six.
fn kind(pieces: PieceSet) -> u32 {
    pieces.iter().fold(0, |kind, piece| kind << 4 | u32::from(piece.points()))
}
