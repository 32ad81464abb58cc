//! One's own pieces, numbered, and the sets among them.

use clients::game::server;
use game_rules::{Piece, PlayType};

use super::words::{self, Paint};

/// The pieces in the order in which they are numbered, from 1.
#[derive(Default)]
pub(super) struct Hand {
    pieces: Vec<Piece>,
    sets: Vec<(Vec<Piece>, PlayType)>,
}

impl From<server::Hand> for Hand {
    fn from(hand: server::Hand) -> Self {
        let set = |set: server::ValidSet| (set.piece_ids.iter().map(|id| id.0).collect(), set.play_type.0);
        Self {
            pieces: hand.pieces.iter().map(|piece| piece.0).collect(),
            sets: hand.valid_sets.into_iter().map(set).collect(),
        }
    }
}

impl Hand {
    /// How many pieces are left.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The piece of this number, from 1.
    pub(super) fn numbered(&self, number: usize) -> Option<Piece> {
        self.pieces.get(number.checked_sub(1)?).copied()
    }

    /// Whether one may lead with these pieces: the server's list says it. Twins are as good as each other.
    pub(super) fn is_set(&self, chosen: &[Piece]) -> bool {
        let chosen = kinds(chosen);
        self.sets.iter().any(|(set, _)| kinds(set) == chosen)
    }

    /// The hand in two columns.
    pub(super) fn lines(&self, paint: Paint) -> Vec<String> {
        let cell = |place: usize| {
            let piece = paint.piece_in_columns(*self.pieces.get(place)?);
            Some(format!("{:>3} {piece}", place + 1))
        };
        let rows = self.pieces.len().div_ceil(2);
        let row = |row: usize| [cell(row), cell(row + rows)];
        (0..rows)
            .map(|place| row(place).into_iter().flatten().collect::<Vec<_>>())
            .map(|cells| format!(" {}", cells.join("    ")))
            .collect()
    }

    /// The sets of two pieces and more by their numbers, the biggest first: `pair 1 2`.
    pub(super) fn sets(&self) -> Vec<String> {
        let mut sets: Vec<_> = self.sets.iter().filter(|(set, _)| set.len() > 1).collect();
        sets.sort_by_key(|(set, _)| (std::cmp::Reverse(set.len()), kinds(set)));
        sets.dedup_by_key(|(set, _)| kinds(set));
        let numbers = |set: &[Piece]| -> Vec<usize> {
            let place = |piece| self.pieces.iter().position(|own| *own == piece);
            set.iter().filter_map(|piece| place(*piece).map(|place| place + 1)).collect()
        };
        let told = |(set, kind): &(Vec<Piece>, PlayType)| {
            format!("{} {}", words::play_type(*kind), words::numbers(&numbers(set)))
        };
        sets.into_iter().map(told).collect()
    }
}

fn kinds(pieces: &[Piece]) -> Vec<u8> {
    let mut kinds: Vec<_> = pieces.iter().map(|piece| piece.points()).collect();
    kinds.sort_unstable();
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hand(ids: &[&str], sets: &[(&[&str], PlayType)]) -> Hand {
        let parse = |ids: &[&str]| ids.iter().map(|id| id.parse().unwrap()).collect::<Vec<Piece>>();
        Hand { pieces: parse(ids), sets: sets.iter().map(|(set, kind)| (parse(set), *kind)).collect() }
    }

    #[test]
    fn pieces_are_numbered_down_two_columns() {
        let hand = hand(&["p1", "p3", "p23"], &[]);
        let lines = hand.lines(Paint::default());
        assert_eq!(lines[0], "   1 帥 General  red   14      3 兵 Soldier  red    2");
        assert_eq!(lines[1], "   2 仕 Advisor  red   12");
        assert_eq!(hand.numbered(0), None);
        assert_eq!(hand.numbered(4), None);
    }

    #[test]
    fn sets_are_told_by_number_and_hold_for_twins() {
        let hand = hand(
            &["p2", "p23", "p24", "p25"],
            &[
                (&["p2"], PlayType::Single),
                (&["p23", "p24"], PlayType::Pair),
                (&["p24", "p25"], PlayType::Pair),
                (&["p23", "p24", "p25"], PlayType::ThreeOfAKind),
            ],
        );
        assert_eq!(hand.sets(), ["three of a kind 2 3 4", "pair 2 3"]);
        let chosen = [hand.numbered(3).unwrap(), hand.numbered(4).unwrap()];
        assert!(hand.is_set(&chosen), "p24 p25 are as good as p23 p24");
        assert!(!hand.is_set(&[hand.numbered(1).unwrap(), hand.numbered(2).unwrap()]));
    }
}
