//! Every possible hand of eight: its valid sets fit into the array, are complete, and are ordered by size.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use game_rules::{MOST_VALID_SETS, Piece, PieceSet, Play, PlayType, valid_sets};

/// The pieces of each kind, in descending order of points.
fn kinds() -> Vec<Vec<Piece>> {
    Piece::ALL.chunk_by(|a, b| (a.rank(), a.color()) == (b.rank(), b.color())).map(<[Piece]>::to_vec).collect()
}

/// Calls `visit` with one hand for each multiset of eight kinds.
fn for_each_hand(kinds: &[Vec<Piece>], left: usize, hand: PieceSet, visit: &mut impl FnMut(PieceSet)) {
    let Some((kind, rest)) = kinds.split_first() else {
        if left == 0 {
            visit(hand);
        }
        return;
    };
    for count in 0..=kind.len().min(left) {
        let held = kind[..count].iter().copied().collect();
        for_each_hand(rest, left - count, hand | held, visit);
    }
}

#[test]
fn the_most_valid_sets_of_any_hand_are_as_many_as_there_is_room_for() {
    let (mut hands, mut most) = (0, 0);
    for_each_hand(&kinds(), 8, PieceSet::EMPTY, &mut |hand| {
        hands += 1;
        most = most.max(valid_sets(hand).len());
    });
    // The coefficient of x⁸ in (1 + x)² (1 + x + x²)¹⁰ (1 + x + … + x⁵)².
    assert_eq!(hands, 81_415);
    assert_eq!(most, MOST_VALID_SETS);
}

#[test]
fn the_valid_sets_of_a_hand_are_its_plays_that_are_not_invalid() {
    let mut number = 0;
    for_each_hand(&kinds(), 8, PieceSet::EMPTY, &mut |hand| {
        number += 1;
        if number % 97 == 0 {
            check_by_all_subsets(hand);
        }
    });
}

fn check_by_all_subsets(hand: PieceSet) {
    let pieces: Vec<Piece> = hand.iter().collect();
    let subset = |bits: usize| -> PieceSet {
        pieces.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, piece)| *piece).collect()
    };
    let plays = (1..256).filter_map(|bits| Play::new(subset(bits)));
    let mut expected: Vec<u32> =
        plays.filter(|play| play.play_type() != PlayType::Invalid).map(|play| play.pieces().bits()).collect();
    let found = valid_sets(hand);
    assert!(found.is_sorted_by_key(|play| play.len()), "{hand:?}");
    let mut found: Vec<u32> = found.iter().map(|play| play.pieces().bits()).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{hand:?}");
}

#[test]
fn of_more_than_a_hand_only_the_strongest_eight_are_looked_at() {
    assert_eq!(valid_sets(PieceSet::FULL), valid_sets(PieceSet::FULL.highest(8)));
    assert!(valid_sets(PieceSet::EMPTY).is_empty());
}
