//! `play_types`, `compare` and `turns`: the types of plays, and the winners of turns.

use game_rules::{Comparison, CompetingTypes, PieceSet, PlayType, Seat, compare, turn_winner};
use serde::Deserialize;

use super::{Checked, Verdict, names, same};

/// A multiset of 1 to 6 pieces.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Type {
    pieces: Vec<String>,
    r#type: String,
    points: u16,
    core: u16,
}

pub(super) fn check_type(row: &Type) -> Checked {
    let play = names::play(&row.pieces, PieceSet::FULL)?;
    let recorded: PlayType = row.r#type.parse().map_err(|error| format!("{error}, not {}", row.r#type))?;
    same("type", play.play_type(), recorded)?;
    same("points", play.pieces().points(), row.points)?;
    same("core", play.core(), row.core)?;
    Ok(Verdict::Passed)
}

/// Two plays of equal size, each from a deck of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    a: Vec<String>,
    b: Vec<String>,
    result: i8,
}

pub(super) fn check_comparison(row: &Pair) -> Checked {
    let a = names::play(&row.a, PieceSet::FULL)?;
    let b = names::play(&row.b, PieceSet::FULL)?;
    // The original compares two invalid sets by their plain sums; the rules say to ignore these rows.
    if [a, b].iter().all(|play| play.play_type() == PlayType::Invalid) {
        same("comparison of invalid sets", compare(a, b), Comparison::NotComparable)?;
        return Ok(Verdict::Ignored);
    }
    let number = |comparison| match comparison {
        Comparison::First => 1,
        Comparison::Second => 2,
        Comparison::Equal => 0,
        Comparison::NotComparable => -1,
    };
    same("comparison", number(compare(a, b)), row.result)?;
    let mirrored = [0, 2, 1, -1][usize::try_from(row.result).unwrap_or(3).min(3)];
    same("comparison the other way round", number(compare(b, a)), mirrored)?;
    Ok(Verdict::Passed)
}

/// Four plays in order, each from a deck of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Turn {
    plays: [Vec<String>; 4],
    winner: usize,
}

pub(super) fn check_turn(row: &Turn) -> Checked {
    let mut plays = Vec::new();
    for (seat, names) in Seat::ALL.into_iter().zip(&row.plays) {
        plays.push((seat, names::play(names, PieceSet::FULL)?));
    }
    same("winner", turn_winner(&plays, CompetingTypes::LeaderType).index(), row.winner)?;
    // The winner depends on the order of plays, not on the leader's seat.
    for (place, (seat, _)) in plays.iter_mut().enumerate() {
        *seat = Seat::ALL[(place + 3) % 4];
    }
    let winner = turn_winner(&plays, CompetingTypes::LeaderType);
    same("winner when seat 3 leads", winner.index(), (row.winner + 3) % 4)?;
    Ok(Verdict::Passed)
}
