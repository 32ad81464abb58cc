//! Whether a new deal is worth more than a weak hand: both as the chance to win the game.

use game_rules::{BySeat, Declaration, RedealDecision, base_score};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use crate::reading::{
    odds::Census,
    position::Position,
    prospect::{self, Outlook},
    race,
};

/// How many rounds are imagined.
const ROUNDS: usize = 64;
/// What a round brings a seat of whom nothing is known: scores and how often of a hundred.
const USUAL: [(i32, u8); 8] = [(-3, 4), (-2, 10), (-1, 24), (3, 12), (6, 18), (7, 18), (8, 10), (9, 4)];
/// What the seat gains that begins the round, in points: it got the redeal.
const BEGINS: i32 = 1;

/// Accepts when the expected chance to win is the higher one.
pub(crate) fn decide(position: Position<'_>) -> RedealDecision {
    let (facts, own) = (position.facts, position.seat);
    let times = i32::try_from(facts.multiplier).unwrap_or(i32::MAX);
    // The same imagined rounds for both answers, and the same answer every time.
    let mut rng = ChaCha8Rng::seed_from_u64(u64::from(position.hand.bits()));
    let chances = best_chances(position);
    let (mut stays, mut changes) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        let usual = BySeat::from_fn(|_| draw(&mut rng));
        let kept = draw_of(&chances, &mut rng);
        let share = |own_score: i32, times: i32| {
            let scores = BySeat::from_fn(|seat| if seat == own { own_score } else { usual[seat] });
            let scores = scores.map(|score| score.saturating_mul(times));
            race::share_after(own, &facts.totals, scores, facts.round, &facts.rules)
        };
        stays += share(kept, times);
        changes += share(usual[own] + BEGINS, times.saturating_add(1));
    }
    if changes >= stays { RedealDecision::Accept } else { RedealDecision::Decline }
}

/// The scores that this hand brings with its best declaration, and their chances.
fn best_chances(position: Position<'_>) -> Vec<(i32, f32)> {
    let unseen = Census::of(position.unseen());
    let chances = |declared: Declaration| {
        let outlook = Outlook { declared, captured: 0, leads: false };
        let chances = prospect::chances(position.hand, &unseen, usize::from(declared.value()), false);
        let scores = (0..=8).map(|captured| base_score(outlook.declared, captured));
        scores.zip(chances).collect::<Vec<(i32, f32)>>()
    };
    let mean = |chances: &Vec<(i32, f32)>| chances.iter().map(|(score, chance)| *score as f32 * chance).sum::<f32>();
    let all = (0..=4).filter_map(Declaration::new).map(chances);
    all.max_by(|a, b| mean(a).total_cmp(&mean(b))).unwrap_or_default()
}

fn draw(rng: &mut ChaCha8Rng) -> i32 {
    let mut left = rng.random_range(0..100_u8);
    for (score, often) in USUAL {
        if left < often {
            return score;
        }
        left -= often;
    }
    0
}

fn draw_of(chances: &[(i32, f32)], rng: &mut ChaCha8Rng) -> i32 {
    let mut left: f32 = rng.random();
    for (score, chance) in chances {
        left -= chance;
        if left < 0.0 {
            return *score;
        }
    }
    0
}
