//! One contestant's results over many games.

use game_rules::RoundScore;

use super::times::Times;

/// The sums of one contestant's games.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The number of games played.
    pub games: u64,
    /// Games won; a win shared by n seats counts 1/n.
    pub wins: f64,
    /// The number of rounds played.
    pub rounds: u64,
    /// The sum of the points of all rounds.
    pub points: i64,
    /// The number of rounds by piles declared, then by piles taken, 0 to 8 each.
    pub outcomes: [[u64; 9]; 9],
    /// How long the decisions took.
    pub times: Times,
    /// Games and wins of each deck, in the order of the decks.
    pub decks: Vec<(u32, f64)>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let times = Times::default();
        Self { games: 0, wins: 0.0, rounds: 0, points: 0, outcomes: [[0; 9]; 9], times, decks: Vec::new() }
    }

    pub(crate) fn round(&mut self, score: &RoundScore) {
        self.rounds += 1;
        self.points += i64::from(score.score);
        let (declared, taken) = (usize::from(score.declared.value()), usize::from(score.captured));
        self.outcomes[declared.min(8)][taken.min(8)] += 1;
    }

    pub(crate) fn game(&mut self, share: f64) {
        self.games += 1;
        self.wins += share;
    }

    /// Records the sums so far as those of one deck.
    pub(crate) fn close_deck(&mut self) {
        self.decks = vec![(self.games as u32, self.wins)];
    }

    /// Adds the sums of later decks.
    pub(crate) fn add(&mut self, later: &Self) {
        self.games += later.games;
        self.wins += later.wins;
        self.rounds += later.rounds;
        self.points += later.points;
        for (sums, more) in self.outcomes.iter_mut().flatten().zip(later.outcomes.iter().flatten()) {
            *sums += more;
        }
        self.times.add(&later.times);
        self.decks.extend(&later.decks);
    }

    /// The number of rounds in which the declaration was met exactly.
    pub fn exact(&self) -> u64 {
        (0..9).map(|number| self.outcomes[number][number]).sum()
    }

    /// The share of the games that was won, 0 to 1.
    pub fn win_share(&self) -> f64 {
        self.wins / (self.games as f64).max(1.0)
    }

    /// The mean points of a round.
    pub fn points_per_round(&self) -> f64 {
        self.points as f64 / (self.rounds as f64).max(1.0)
    }

    /// The 95 % confidence interval of the win share. Games of one deck depend on each other, so the standard error is
    /// that of the decks' shares around the mean (cluster-robust), not that of the games. If all or no games were won,
    /// the rule of three applies; with fewer than two decks, the interval is 0 to 1.
    pub fn win_share_ci95(&self) -> [f64; 2] {
        let decks = self.decks.len() as f64;
        if decks < 2.0 {
            return [0.0, 1.0];
        }
        let share = self.win_share();
        if share <= 0.0 || share >= 1.0 {
            let unseen = (3.0 / decks).min(1.0);
            return if share > 0.5 { [1.0 - unseen, 1.0] } else { [0.0, unseen] };
        }
        let square = |(games, wins): &(u32, f64)| (wins - share * f64::from(*games)).powi(2);
        let squares: f64 = self.decks.iter().map(square).sum();
        let error = (squares * decks / (decks - 1.0)).sqrt() / self.games as f64;
        [(share - 1.96 * error).max(0.0), (share + 1.96 * error).min(1.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(decks: &[f64]) -> [f64; 2] {
        let mut tally = Tally::new();
        for wins in decks {
            let deck = Tally { games: 4, wins: *wins, decks: vec![(4, *wins)], ..Tally::new() };
            tally.add(&deck);
        }
        tally.win_share_ci95()
    }

    #[test]
    fn games_of_a_deck_that_end_alike_make_the_interval_wider() {
        let width = |decks: &[f64]| interval(decks)[1] - interval(decks)[0];
        let alike = [4.0, 0.0].repeat(50);
        let mixed = [1.0, 3.0].repeat(50);
        // Half of 100 decks: 1.96 times a half by the root of 100 to each side.
        assert!((width(&alike) - 0.196).abs() < 0.002, "{}", width(&alike));
        assert!((width(&mixed) - 0.098).abs() < 0.001, "{}", width(&mixed));
    }

    #[test]
    fn to_win_all_is_no_proof_of_certainty() {
        assert_eq!(interval(&[4.0; 30]), [0.9, 1.0]);
        assert_eq!(interval(&[0.0; 30]), [0.0, 0.1]);
        assert_eq!(interval(&[1.0]), [0.0, 1.0]);
    }
}
