//! The points of a round, and the end of the game (the rules: Scores, End).

use crate::{BySeat, Declaration, RuleSet, Seat, SeatSet};

/// The points for declaring zero and taking none.
const ZERO_BONUS: i32 = 3;
/// The points for taking exactly the piles that were declared, beside one point for each of them.
const EXACT_BONUS: i32 = 5;

/// One seat's result in a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoundScore {
    /// The number of piles that the seat declared.
    pub declared: Declaration,
    /// The number of piles that it won, 0 to 8.
    pub captured: u8,
    /// The points before the multiplier, −8 to 13.
    pub base: i32,
    /// The number of the round's redeals plus one.
    pub multiplier: u32,
    /// `base` × `multiplier`.
    pub score: i32,
    /// The seat's points in the game so far, including this round.
    pub total: i32,
}

impl RoundScore {
    /// The result of a seat that had `before` points.
    pub(crate) fn new(declared: Declaration, captured: u8, multiplier: u32, before: i32) -> Self {
        let base = base_score(declared, captured);
        let score = base.saturating_mul(i32::try_from(multiplier).unwrap_or(i32::MAX));
        Self { declared, captured, base, multiplier, score, total: before.saturating_add(score) }
    }

    /// Whether the seat took exactly what it had declared.
    pub fn is_exact(&self) -> bool {
        self.declared.value() == self.captured
    }

    /// What the multiplied score holds for an exact declaration: 3 for zero, 5 for any other; 0 if it was missed.
    pub fn bonus(&self) -> i32 {
        bonus(self.declared, self.captured).saturating_mul(i32::try_from(self.multiplier).unwrap_or(i32::MAX))
    }
}

/// The points of a round before the multiplier: 3 for zero piles as declared, n + 5 for n as declared, and otherwise
/// minus the difference.
pub fn base_score(declared: Declaration, captured: u8) -> i32 {
    let (piles, taken) = (i32::from(declared.value()), i32::from(captured));
    if piles == taken { piles + bonus(declared, captured) } else { -(piles - taken).abs() }
}

/// The part of the base score that an exact declaration brings.
fn bonus(declared: Declaration, captured: u8) -> i32 {
    match captured {
        _ if declared.value() != captured => 0,
        0 => ZERO_BONUS,
        _ => EXACT_BONUS,
    }
}

/// Whether the game ends after this round.
pub(crate) fn is_over(rules: &RuleSet, round: u16, totals: &BySeat<i32>) -> bool {
    let last_round = rules.max_rounds().map_or(u16::MAX, u16::from);
    round >= last_round || totals.values().any(|total| *total >= i32::from(rules.target_score()))
}

/// The seats with the highest total; several share the win.
pub(crate) fn winners(totals: &BySeat<i32>) -> SeatSet {
    let highest = totals.values().max().copied().unwrap_or_default();
    Seat::ALL.into_iter().filter(|seat| totals[*seat] == highest).collect()
}
