//! What points are worth to a seat as the totals stand: near the end of a game not every point helps to win it.

use game_rules::{BySeat, Seat};

use super::{position::Facts, race};

/// The scores that a round can bring before the multiplier, from the lowest.
const LOWEST: i32 = -8;
const SCORES: usize = 22;
/// While nobody is so near to the target, and as many rounds are left, points are points.
const NEAR: i32 = 18;
const LAST_ROUNDS: u16 = 2;
/// What the others may bring: a good round and a bad one, so often of ten.
const GOOD: i32 = 7;
const BAD: i32 = -1;
const OFTEN: f32 = 0.6;
/// How much of the worth is the points themselves: the others' rounds are only guessed.
const PLAIN: f32 = 0.3;

/// The worth of every score, in points, and how much each other seat is to be feared, 1 on average.
pub(crate) struct Stakes {
    worth: [f32; SCORES],
    fear: BySeat<f32>,
}

impl Stakes {
    /// A point is a point and everybody is to be feared alike.
    pub(crate) fn plain() -> Self {
        Self { worth: std::array::from_fn(|number| (LOWEST + number as i32) as f32), fear: BySeat::new([1.0; 4]) }
    }

    /// As the totals stand.
    pub(crate) fn of(facts: &Facts, own: Seat) -> Self {
        let plain = Self::plain();
        let shares = race::shares(&facts.totals, facts.round.saturating_sub(1), &facts.rules);
        let fear = BySeat::from_fn(|seat| 3.0 * shares[seat] / (1.0 - shares[own]).max(0.01));
        if !is_near(facts) {
            return Self { fear, ..plain };
        }
        let wins: [f32; SCORES] = std::array::from_fn(|number| wins(facts, own, LOWEST + number as i32));
        let slope = (wins[SCORES - 1] - wins[0]) / (SCORES - 1) as f32;
        if slope < 1e-4 {
            return Self { fear, ..plain };
        }
        let worth = std::array::from_fn(|number| {
            let points = plain.worth[number];
            PLAIN * points + (1.0 - PLAIN) * (wins[number] - wins[0]) / slope
        });
        Self { worth, fear }
    }

    /// What a score of the round is worth, before the multiplier.
    pub(crate) fn worth(&self, score: i32) -> f32 {
        let number = usize::try_from(score - LOWEST).unwrap_or(0);
        self.worth[number.min(SCORES - 1)]
    }

    /// How much it matters what this seat gets.
    pub(crate) fn fear(&self, seat: Seat) -> f32 {
        self.fear[seat]
    }
}

fn is_near(facts: &Facts) -> bool {
    let most = facts.totals.values().copied().max().unwrap_or_default();
    let times = i32::try_from(facts.multiplier).unwrap_or(i32::MAX);
    let last = facts.rules.max_rounds().is_some_and(|rounds| facts.round + LAST_ROUNDS > u16::from(rounds));
    last || i32::from(facts.rules.target_score()) - most < NEAR.saturating_mul(times)
}

/// How often the game is won when the round brings this score, whatever it brings the others.
fn wins(facts: &Facts, own: Seat, score: i32) -> f32 {
    let times = i32::try_from(facts.multiplier).unwrap_or(i32::MAX);
    let others = own.order();
    (0..8_u8)
        .map(|cases| {
            let good = |seat: Seat| others.iter().skip(1).position(|other| *other == seat).map(|n| cases >> n & 1 == 1);
            let scores = BySeat::from_fn(|seat| match good(seat) {
                None => score.saturating_mul(times),
                Some(true) => GOOD.saturating_mul(times),
                Some(false) => BAD.saturating_mul(times),
            });
            let count = cases.count_ones() as i32;
            let chance = OFTEN.powi(count) * (1.0 - OFTEN).powi(3 - count);
            chance * race::share_after(own, &facts.totals, scores, facts.round, &facts.rules)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use game_rules::{DeckSeed, Game, RuleSet};

    use super::*;

    fn facts(totals: [i32; 4], round: u16) -> Facts {
        let (game, _) = Game::new(RuleSet::default(), DeckSeed::from_bytes([1; 32]));
        Facts { totals: BySeat::new(totals), round, ..Facts::of(game.table()) }
    }

    #[test]
    fn early_a_point_is_a_point_and_late_only_what_wins_counts() {
        let own = Seat::ALL[0];
        let early = Stakes::of(&facts([0; 4], 1), own);
        assert_eq!(early.worth(7) - early.worth(6), 1.0);
        // Seven points end and win the game; what is less does not.
        let late = Stakes::of(&facts([43, 42, 5, 5], 9), own);
        assert!(late.worth(7) - late.worth(6) > 2.0, "{} {}", late.worth(7), late.worth(6));
        assert!(late.fear(Seat::ALL[1]) > 2.0 && late.fear(Seat::ALL[2]) < 0.5);
    }
}
