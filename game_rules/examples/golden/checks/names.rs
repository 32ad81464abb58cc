//! Pieces by name, `RANK_COLOR`, as in the golden data, which does not say which of several equal pieces is meant.

use game_rules::{BySeat, Piece, PieceSet, Play, Seat};

/// Pieces of these names out of `from`.
pub(super) fn take(names: &[String], mut from: PieceSet) -> Result<PieceSet, String> {
    let mut taken = PieceSet::EMPTY;
    for name in names {
        let piece = from
            .iter()
            .find(|piece| is_named(*piece, name))
            .ok_or_else(|| format!("there is no (further) {name} to take"))?;
        from.remove(piece);
        taken.insert(piece);
    }
    Ok(taken)
}

fn is_named(piece: Piece, name: &str) -> bool {
    name.split_once('_') == Some((piece.rank().as_str(), piece.color().as_str()))
}

/// A play of pieces of these names out of `from`.
pub(super) fn play(names: &[String], from: PieceSet) -> Result<Play, String> {
    let pieces = take(names, from)?;
    Play::new(pieces).ok_or_else(|| format!("{} pieces are no play", pieces.len()))
}

/// A deal of the hands of these names.
pub(super) fn deal(hands: &[Vec<String>; 4]) -> Result<BySeat<PieceSet>, String> {
    let mut left = PieceSet::FULL;
    let mut deal = BySeat::default();
    for (seat, names) in Seat::ALL.into_iter().zip(hands) {
        deal[seat] = take(names, left)?;
        left = left - deal[seat];
    }
    Ok(deal)
}
