//! Original: the bot of the original server. It knows neither its target nor what the others play.

use game_rules::{Declaration, DeclarationSet, Play, PlayType, RedealDecision, Seat, valid_sets};
use rand::{RngExt, rngs::ChaCha8Rng};

use crate::{levels::medium, policy::Policy, reading::position::Position};

/// The probability that it accepts a redeal.
const ACCEPTS: f64 = 0.8;
/// The same late in the game and far ahead.
const ACCEPTS_AHEAD: f64 = 0.4;
/// The last round that is not late.
const LATE: u16 = 10;
/// The largest lead over the best of the others that is not far, in points.
const FAR: i32 = 10;
/// The smallest sum of a strong straight.
const STRONG: u16 = 20;

/// Declares the number of its sets, and plays the set with the most points.
pub(crate) struct Original;

impl Policy for Original {
    fn redeal(&self, position: Position<'_>, rng: &mut ChaCha8Rng) -> RedealDecision {
        let totals = &position.facts.totals;
        let others = Seat::ALL.into_iter().filter(|seat| *seat != position.seat).map(|seat| totals[seat]);
        let ahead = totals[position.seat] - others.max().unwrap_or_default();
        let chance = if position.facts.round > LATE && ahead > FAR { ACCEPTS_AHEAD } else { ACCEPTS };
        if rng.random_bool(chance) { RedealDecision::Accept } else { RedealDecision::Decline }
    }

    fn declare(&self, position: Position<'_>, legal: DeclarationSet, _rng: &mut ChaCha8Rng) -> Declaration {
        let target = target(position);
        // The original could not declare eight.
        let allowed = || legal.iter().filter(|declaration| declaration.value() <= 7);
        let fallback =
            if allowed().all(|declaration| declaration.value() < target) { allowed().last() } else { allowed().next() };
        allowed().find(|declaration| declaration.value() == target).or(fallback).unwrap_or_default()
    }

    fn play(&self, position: Position<'_>, _rng: &mut ChaCha8Rng) -> Play {
        let fits = |play: &Play| position.required().is_none_or(|count| play.len() == count);
        let higher = |best: Play, next: Play| if next.pieces().points() > best.pieces().points() { next } else { best };
        let highest = valid_sets(position.hand).into_iter().filter(fits).reduce(higher);
        highest.unwrap_or_else(|| medium::lowest(position))
    }
}

/// How many piles it would declare if every number were legal, 1 to 7.
fn target(position: Position<'_>) -> u8 {
    let sets = valid_sets(position.hand);
    let counted = sets.iter().filter(|set| is_counted(set.play_type())).count();
    let general = position.hand.iter().any(|piece| piece.rank() == game_rules::Rank::General);
    let straight = |set: &Play| {
        matches!(set.play_type(), PlayType::Straight | PlayType::ExtendedStraight) && set.pieces().points() >= STRONG
    };
    let strong = general || sets.iter().any(straight);
    let first = position.facts.declarations_made() == 0;
    (counted as u8 + u8::from(strong) + u8::from(first)).clamp(1, 7)
}

fn is_counted(play_type: PlayType) -> bool {
    match play_type {
        PlayType::ThreeOfAKind
        | PlayType::FourOfAKind
        | PlayType::FiveOfAKind
        | PlayType::Straight
        | PlayType::ExtendedStraight
        | PlayType::DoubleStraight => true,
        PlayType::Invalid | PlayType::Single | PlayType::Pair | PlayType::ExtendedStraight5 => false,
    }
}
