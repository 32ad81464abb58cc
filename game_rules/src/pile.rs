//! Who wins a turn's piles (the rules: Turns).

use serde::{Deserialize, Serialize};

use crate::{Play, PlayType, Seat};

/// Which plays compete with the leader's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompetingTypes {
    /// Only sets of the leader's type.
    #[default]
    LeaderType,
    /// Every valid set: a higher type beats a lower one, see [`PlayType`].
    AnyType,
}

/// The result of comparing two plays if only sets of one type compete.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// The first has the higher sum.
    First,
    /// The second has the higher sum.
    Second,
    /// Both have the same sum: the earlier play would win.
    Equal,
    /// Their sizes or types differ, or they are not valid sets.
    NotComparable,
}

/// Compares two plays of one type by the sums that compete.
///
/// ```
/// use game_rules::{Comparison, Piece, Play, compare};
///
/// let single = |number| Play::from(Piece::new(number).unwrap());
/// assert_eq!(compare(single(1), single(2)), Comparison::First);
/// assert_eq!(compare(single(28), single(29)), Comparison::Equal);
/// ```
pub fn compare(a: Play, b: Play) -> Comparison {
    let play_type = a.play_type();
    if play_type == PlayType::Invalid || play_type != b.play_type() {
        return Comparison::NotComparable;
    }
    match a.core_as(play_type).cmp(&b.core_as(play_type)) {
        std::cmp::Ordering::Greater => Comparison::First,
        std::cmp::Ordering::Less => Comparison::Second,
        std::cmp::Ordering::Equal => Comparison::Equal,
    }
}

/// The winner of a turn, from its plays in the order in which they were made, the leader's first.
///
/// Plays of a different size than the leader's can't win. An equal sum does not beat an earlier play.
///
/// # Panics
/// If there are no plays: there is no turn without a leader.
pub fn turn_winner(plays: &[(Seat, Play)], competing: CompetingTypes) -> Seat {
    let (leader, lead) = plays[0];
    let lead_type = lead.play_type();
    let mut best = (lead_type, lead.core_as(lead_type));
    let mut winner = leader;
    for &(seat, play) in &plays[1..] {
        let play_type = play.play_type();
        let competes = match competing {
            CompetingTypes::LeaderType => play_type == lead_type,
            CompetingTypes::AnyType => play_type != PlayType::Invalid && play.len() == lead.len(),
        };
        let strength = (play_type, play.core_as(play_type));
        if competes && strength > best {
            best = strength;
            winner = seat;
        }
    }
    winner
}
