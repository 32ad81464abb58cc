//! Whether to accept a redeal of a weak hand: whichever answer wins the game more often.

use game_rules::{BySeat, Declaration, RedealDecision, base_score};
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use crate::reading::{hand_value, odds::Census, position::Position, win_probability};

/// How many simulated rounds are averaged.
const ROUNDS: usize = 64;
/// Scores of a round for a seat whose hand is not known, and in how many of 100 rounds each occurs.
const USUAL: [(i32, u8); 8] = [(-3, 4), (-2, 10), (-1, 24), (3, 12), (6, 18), (7, 18), (8, 10), (9, 4)];
/// Points that the seat gains by starting the new round, as whoever accepts a redeal does.
const STARTER_GAIN: i32 = 1;

/// Accepts if the expected probability of winning is at least as high with a new hand.
pub(crate) fn decide(position: Position<'_>) -> RedealDecision {
    let (facts, own) = (position.facts, position.seat);
    let times = facts.times();
    // Both answers are weighed against the same rounds, so that luck cancels. The seed is the hand, so that the same
    // question always gets the same answer.
    let mut rng = ChaCha8Rng::seed_from_u64(u64::from(position.hand.bits()));
    let chances = best_chances(position);
    let (mut declined, mut accepted) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        let usual = BySeat::from_fn(|_| draw(&mut rng));
        let kept = draw_of(&chances, &mut rng);
        let wins = |own_score: i32, times: i32| {
            let scores = BySeat::from_fn(|seat| if seat == own { own_score } else { usual[seat] });
            win_probability::after_round(facts, own, scores, times)
        };
        declined += wins(kept, times);
        accepted += wins(usual[own] + STARTER_GAIN, times.saturating_add(1));
    }
    if accepted >= declined { RedealDecision::Accept } else { RedealDecision::Decline }
}

/// The scores that this hand brings with its best declaration, each with its probability.
fn best_chances(position: Position<'_>) -> Vec<(i32, f32)> {
    let unseen = Census::of(position.unseen());
    let chances = |declared: Declaration| {
        let chances = hand_value::chances(position.hand, &unseen, usize::from(declared.value()), false);
        let scores = (0..=8).map(|captured| base_score(declared, captured));
        scores.zip(chances).collect::<Vec<(i32, f32)>>()
    };
    let mean = |chances: &Vec<(i32, f32)>| chances.iter().map(|(score, chance)| *score as f32 * chance).sum::<f32>();
    // A weak hand rarely takes more than four piles, so higher declarations are not tried.
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
