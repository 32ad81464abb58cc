//! The value of a hand: how many piles its pieces are likely to win, and so how many points.

use game_rules::{Declaration, PieceSet, base_score};

use super::{need::planned_set, odds::Census, stakes::Stakes};

/// How far a seat can avoid piles beyond its need by holding pieces back, 0 to 1.
const RESTRAINT: f32 = 0.4;
/// The probability that a set wins once it is led.
const SET_STANDS: f32 = 0.85;
/// The probability that a seat with an unbeatable piece wins the lead in time to play its set.
const ENTRY: f32 = 0.8;

/// How far a seat has come in its round.
#[derive(Clone, Copy)]
pub(crate) struct Outlook {
    pub(crate) declared: Declaration,
    pub(crate) captured: u8,
    pub(crate) leads: bool,
}

/// The expected worth of the round, in points before the multiplier.
pub(crate) fn worth(hand: PieceSet, unseen: &Census, outlook: Outlook, stakes: &Stakes) -> f32 {
    let need = outlook.declared.value().saturating_sub(outlook.captured);
    let chances = chances(hand, unseen, usize::from(need), outlook.leads);
    chances
        .iter()
        .zip(outlook.captured..=8)
        .map(|(chance, captured)| chance * stakes.worth(base_score(outlook.declared, captured)))
        .sum()
}

/// The probability of each number of further piles, 0 to 8, for a seat that needs `need` of them.
pub(crate) fn chances(hand: PieceSet, unseen: &Census, need: usize, leads: bool) -> [f32; 9] {
    // Three others may beat a piece, and half a chance more: a seat can be made to spend a piece too early.
    let strength = |piece| {
        let stands = 1.0 - unseen.share_above(piece);
        stands * stands * stands * stands.sqrt()
    };
    let mut piles = [0.0; 9];
    piles[0] = 1.0;
    let mut singles = hand;
    if let Some(set) = planned_set(hand, need) {
        let rest = hand - set.pieces();
        let entry = rest.iter().next().map_or(0.0, strength);
        let chance = SET_STANDS * if leads { 1.0 } else { ENTRY * entry };
        let plain: f32 = set.pieces().iter().map(strength).sum();
        if chance * set.len() as f32 > plain {
            add(&mut piles, set.len(), chance);
            singles = rest;
        }
    }
    // A seat that expects more than it needs plays its singles where they lose.
    let expected: f32 = piles.iter().zip(0_u8..).map(|(p, n)| p * f32::from(n)).sum::<f32>()
        + singles.iter().map(strength).sum::<f32>();
    let excess = ((expected - need as f32) / expected.max(0.1)).clamp(0.0, 1.0);
    let kept = 1.0 - RESTRAINT * excess;
    for piece in singles.iter() {
        add(&mut piles, 1, kept * strength(piece));
    }
    piles
}

/// Convolves the distribution with one event: `more` piles with probability `chance`.
fn add(piles: &mut [f32; 9], more: usize, chance: f32) {
    for number in (0..piles.len()).rev() {
        let from_below = number.checked_sub(more).map_or(0.0, |below| piles[below]);
        piles[number] = piles[number] * (1.0 - chance) + from_below * chance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn census(hand: PieceSet) -> Census {
        Census::of(PieceSet::FULL - hand)
    }

    #[test]
    fn the_chances_of_all_numbers_of_piles_are_one_together() {
        let hand = PieceSet::from_bits(0x00F0_2013);
        let sum: f32 = chances(hand, &census(hand), 3, true).iter().sum();
        assert!((sum - 1.0).abs() < 1e-5, "{sum}");
    }

    #[test]
    fn a_seat_that_has_what_it_declared_prefers_low_pieces() {
        let outlook = Outlook { declared: Declaration::ZERO, captured: 0, leads: false };
        let (high, low) = (PieceSet::from_bits(0xF), PieceSet::from_bits(0xF << 28));
        let worth = |hand| worth(hand, &census(hand), outlook, &Stakes::plain());
        assert!(worth(low) > 2.5 && worth(high) < 0.0);
    }
}
