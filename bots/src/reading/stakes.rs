//! What points are worth to a seat at these totals: near the end of a game, not every point helps to win it.

use game_rules::{BySeat, Seat};

use super::{position::Facts, win_probability};

/// The lowest score that a round can bring before the multiplier.
const LOWEST: i32 = -8;
/// The number of scores from the lowest up, -8 to 13.
const SCORES: usize = 22;
/// The end is near once the leader is fewer than this many points, times the multiplier, from the target.
const NEAR: i32 = 18;
/// The end is near in this many rounds before the last one allowed, which counts as one of them.
const LAST_ROUNDS: u16 = 2;
/// Points of another seat's good round.
const GOOD: i32 = 7;
/// Points of another seat's bad round.
const BAD: i32 = -1;
/// The probability of a good round, 0 to 1.
const OFTEN: f32 = 0.6;
/// The weight of the bare points in a score's worth, 0 to 1: the probabilities rest on a guess at the others' rounds.
const PLAIN: f32 = 0.3;

/// The worth of every score, in points, and how dangerous each other seat is, 1 on average.
pub(crate) struct Stakes {
    worth: [f32; SCORES],
    fear: BySeat<f32>,
}

impl Stakes {
    /// Every point is worth a point, and all seats are equally dangerous.
    pub(crate) fn plain() -> Self {
        Self { worth: std::array::from_fn(|number| (LOWEST + number as i32) as f32), fear: BySeat::new([1.0; 4]) }
    }

    /// The stakes of this seat at the totals before the round.
    pub(crate) fn of(facts: &Facts, own: Seat) -> Self {
        let plain = Self::plain();
        let shares = win_probability::by_seat(&facts.totals, facts.round.saturating_sub(1), &facts.rules);
        let fear = BySeat::from_fn(|seat| 3.0 * shares[seat] / (1.0 - shares[own]).max(0.01));
        if !is_near(facts) {
            return Self { fear, ..plain };
        }
        let wins: [f32; SCORES] = std::array::from_fn(|number| wins(facts, own, LOWEST + number as i32));
        // Wins per point over the whole range: it converts probabilities to points, so that worths compare with
        // penalties that are given in points.
        let slope = (wins[SCORES - 1] - wins[0]) / (SCORES - 1) as f32;
        if slope < 1e-4 {
            // No score changes who wins; then at least the points count.
            return Self { fear, ..plain };
        }
        let worth = std::array::from_fn(|number| {
            let points = plain.worth[number];
            PLAIN * points + (1.0 - PLAIN) * (wins[number] - wins[0]) / slope
        });
        Self { worth, fear }
    }

    /// What a score of the round, before the multiplier, is worth, in points.
    pub(crate) fn worth(&self, score: i32) -> f32 {
        let number = usize::try_from(score - LOWEST).unwrap_or(0);
        self.worth[number.min(SCORES - 1)]
    }

    /// How likely this seat wins if the player does not, relative to the average: 0 to 3.
    pub(crate) fn fear(&self, seat: Seat) -> f32 {
        self.fear[seat]
    }
}

fn is_near(facts: &Facts) -> bool {
    let most = facts.totals.values().copied().max().unwrap_or_default();
    let last = facts.rules.max_rounds().is_some_and(|rounds| facts.round + LAST_ROUNDS > u16::from(rounds));
    last || i32::from(facts.rules.target_score()) - most < NEAR.saturating_mul(facts.times())
}

/// The probability of winning the game with this score, over the eight ways in which the others do well or badly.
fn wins(facts: &Facts, own: Seat, score: i32) -> f32 {
    let others = own.order();
    (0..8_u8)
        .map(|cases| {
            let good = |seat: Seat| others.iter().skip(1).position(|other| *other == seat).map(|n| cases >> n & 1 == 1);
            let scores = BySeat::from_fn(|seat| match good(seat) {
                None => score,
                Some(true) => GOOD,
                Some(false) => BAD,
            });
            let count = cases.count_ones() as i32;
            let chance = OFTEN.powi(count) * (1.0 - OFTEN).powi(3 - count);
            chance * win_probability::after_round(facts, own, scores, facts.times())
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
        // Seven points end and win the game; fewer do not.
        let late = Stakes::of(&facts([43, 42, 5, 5], 9), own);
        assert!(late.worth(7) - late.worth(6) > 2.0, "{} {}", late.worth(7), late.worth(6));
        assert!(late.fear(Seat::ALL[1]) > 2.0 && late.fear(Seat::ALL[2]) < 0.5);
    }
}
