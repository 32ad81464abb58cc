//! How much a finished game counts for the ratings and the guilds of the accounts in it. It follows from stored facts
//! alone: the rules of the game, when it ended, who took part, and which of their games counted in the day before. So a
//! ledger that stops and continues, on this server or another one, gets the same results.
//!
//! A game counts nothing unless it is as long as one by the default rules and two accounts took part. Of the games of
//! two accounts that ended within 24 hours, the first `PAIR_GAMES` count in full, and each further one half as much as
//! the one before; below `LEAST` it is nothing. A game of several accounts counts for each the mean of its pairings.
//! Nobody has more than so many games an hour that count; pairings with an account that has had them count nothing.

use std::time::Duration;

use store::{Counted, Discount, Participation, RecentGames};
use vocabulary::Timestamp;

/// The games of two accounts within a day that count in full: as many as friends play in an evening.
const PAIR_GAMES: usize = 6;
/// A pairing that would count for less than this part of a game counts nothing.
const LEAST: f64 = 1.0 / 64.0;
const HOUR: Duration = Duration::from_hours(1);

/// The rule for how much a game counts.
#[derive(Clone, Copy, Debug)]
pub struct Weighing {
    /// The games that count in an hour, for each account; 0 = no limit.
    pub games_per_hour: u32,
}

impl Weighing {
    /// How much the game counts for each of its accounts.
    #[must_use]
    pub fn weigh(self, ended_at: Timestamp, players: &[Participation], recent: &RecentGames) -> Vec<Counted> {
        let nothing = |discount| vec![Counted { weight: 0, discount: Some(discount) }; players.len()];
        if !players.iter().all(|player| player.full_length) {
            return nothing(Discount::Short);
        }
        if players.len() < 2 {
            return nothing(Discount::Alone);
        }
        let tired: Vec<bool> =
            players.iter().map(|player| self.has_had_enough(&player.account, ended_at, recent)).collect();
        let weigh_for = |own: usize| {
            let pairings = (0..players.len()).filter(|other| *other != own).map(|other| {
                let (one, two) = (&players[own].account, &players[other].account);
                if tired[own] || tired[other] { None } else { Some(of_pairing(one, two, ended_at, recent)) }
            });
            mean(pairings)
        };
        (0..players.len()).map(weigh_for).collect()
    }

    fn has_had_enough(self, account: &str, ended_at: Timestamp, recent: &RecentGames) -> bool {
        let most = usize::try_from(self.games_per_hour).unwrap_or(usize::MAX);
        most > 0 && recent.of(account, ended_at - HOUR, ended_at) >= most
    }
}

/// The part of a game that a pairing counts.
fn of_pairing(one: &str, two: &str, ended_at: Timestamp, recent: &RecentGames) -> f64 {
    let games = recent.of_both(one, two, ended_at - RecentGames::SPAN, ended_at);
    let halvings = (games + 1).saturating_sub(PAIR_GAMES).min(64);
    let part = 0.5_f64.powi(halvings as i32);
    if part < LEAST { 0.0 } else { part }
}

/// The mean of pairings that each count a part of a game, or `None` if one of the two has had enough games.
fn mean(pairings: impl Iterator<Item = Option<f64>>) -> Counted {
    let (mut sum, mut count, mut too_many) = (0.0, 0.0, false);
    for part in pairings {
        sum += part.unwrap_or_default();
        count += 1.0;
        too_many |= part.is_none();
    }
    let weight = (sum / count * Counted::WHOLE as f64).round() as i64;
    let discount = match (weight < Counted::WHOLE, too_many) {
        (false, _) => None,
        (true, true) => Some(Discount::TooMany),
        (true, false) => Some(Discount::Repeated),
    };
    Counted { weight, discount }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standings::rating;

    const MINUTE: i64 = 60 * 1_000;
    const DEFAULT: Weighing = Weighing { games_per_hour: 12 };

    /// So many milliseconds after a moment that is more than a day after 1970.
    fn after(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(milliseconds) + RecentGames::SPAN * 2
    }

    /// The games of an evening, a day or a month, as the ledger weighs and rates them.
    #[derive(Default)]
    struct Ledger {
        games: i64,
        recent: RecentGames,
        standings: store::Standings,
    }

    impl Ledger {
        /// A game that ended then; the first account won, the last was last.
        fn play(&mut self, ended_at: i64, accounts: &[&str], full_length: bool) -> Vec<Counted> {
            let player = |(place, account): (u8, &&str)| Participation {
                account: (*account).to_owned(),
                place,
                won: place == 1,
                full_length,
                ..Participation::default()
            };
            let mut players: Vec<Participation> = (1..).zip(accounts).map(player).collect();
            let counted = DEFAULT.weigh(after(ended_at), &players, &self.recent);
            self.games += 1;
            for (player, counted) in players.iter_mut().zip(&counted) {
                player.counted = Some(*counted);
                if counted.weight > 0 {
                    self.recent.add(&player.account, self.games, after(ended_at));
                }
            }
            rating::rate(&players, &mut self.standings);
            counted
        }

        fn rating(&self, account: &str) -> f64 {
            rating::shown(self.standings[account].rating)
        }
    }

    fn parts(counted: &[Counted]) -> Vec<f64> {
        counted.iter().map(|counted| counted.weight as f64 / Counted::WHOLE as f64).collect()
    }

    fn discounts(counted: &[Counted]) -> Vec<Option<Discount>> {
        counted.iter().map(|counted| counted.discount).collect()
    }

    #[test]
    fn two_accounts_that_loop_games_of_one_round_gain_nothing() {
        let mut ledger = Ledger::default();
        for game in 0..400 {
            let counted = ledger.play(game * 100, &["rising", "victim"], false);
            assert_eq!(counted, [Counted { weight: 0, discount: Some(Discount::Short) }; 2]);
        }
        assert_eq!((ledger.rating("rising"), ledger.rating("victim")), (1500.0, 1500.0));
        assert_eq!(ledger.standings["rising"].games_played, 400, "they are games all the same");
    }

    #[test]
    fn two_accounts_that_loop_whole_games_gain_no_more_than_in_one_evening() {
        let mut evening = Ledger::default();
        (0..6).for_each(|game| drop(evening.play(game * 20 * MINUTE, &["rising", "victim"], true)));
        let mut day = Ledger::default();
        // A game every 10 s, for a day.
        (0..8_640).for_each(|game| drop(day.play(game * 10_000, &["rising", "victim"], true)));
        let gain = |ledger: &Ledger| ledger.rating("rising") - 1500.0;
        assert!(gain(&day) < gain(&evening) * 1.2, "{} in a day, {} in an evening", gain(&day), gain(&evening));
        assert!(day.rating("rising") < 2_150.0, "{}", day.rating("rising"));
    }

    #[test]
    fn an_evening_of_four_friends_counts_in_full() {
        let mut ledger = Ledger::default();
        for game in 0..6 {
            let counted = ledger.play(game * 25 * MINUTE, &["a", "b", "c", "d"], true);
            assert_eq!(counted, [Counted { weight: Counted::WHOLE, discount: None }; 4], "game {game}");
        }
        let next_day = 26 * 60 * MINUTE;
        assert_eq!(parts(&ledger.play(next_day, &["d", "c", "b", "a"], true)), [1.0; 4]);
    }

    #[test]
    fn a_class_of_forty_that_changes_tables_counts_in_full() {
        let mut ledger = Ledger::default();
        let pupils: Vec<String> = (0..40).map(|pupil| format!("pupil {pupil}")).collect();
        for lesson in 0..6_usize {
            for table in 0..10 {
                let seats = [0, 1, 2, 3].map(|seat| pupils[(table + seat * (10 + lesson)) % 40].as_str());
                let at = i64::try_from(lesson).unwrap() * 15 * MINUTE;
                assert_eq!(parts(&ledger.play(at, &seats, true)), [1.0; 4]);
            }
        }
    }

    #[test]
    fn the_seventh_game_of_a_pairing_in_a_day_counts_half_and_so_on_until_it_is_nothing() {
        let mut ledger = Ledger::default();
        let all: Vec<f64> = (0..14).map(|game| parts(&ledger.play(game * 10 * MINUTE, &["a", "b"], true))[0]).collect();
        assert_eq!(all[..6], [1.0; 6]);
        assert_eq!(all[6..], [0.5, 0.25, 0.125, 0.0625, 0.031_25, 0.015_625, 0.0, 0.0]);
        let with_others = ledger.play(150 * MINUTE, &["a", "b", "c", "d"], true);
        assert_eq!(parts(&with_others), [0.666_667, 0.666_667, 1.0, 1.0], "others are others");
        assert_eq!(discounts(&with_others)[..3], [Some(Discount::Repeated), Some(Discount::Repeated), None]);
    }

    #[test]
    fn an_account_has_so_many_games_an_hour_that_count_whoever_the_others_are() {
        let mut ledger = Ledger::default();
        let others: Vec<String> = (0..20).map(|other| format!("other {other}")).collect();
        for (other, minute) in others.iter().zip(0..) {
            let counted = ledger.play(minute * 2 * MINUTE, &["busy", other], true);
            let expected = if minute < 12 { (1.0, None) } else { (0.0, Some(Discount::TooMany)) };
            assert_eq!((parts(&counted)[0], counted[0].discount), expected, "game {minute}");
            assert_eq!(counted[1], counted[0], "nor does it count for the other");
        }
        let counted = ledger.play(39 * MINUTE, &["busy", "x", "y"], true);
        assert_eq!(parts(&counted), [0.0, 0.5, 0.5], "x and y have played each other");
        assert_eq!(parts(&ledger.play(61 * MINUTE, &["busy", "z"], true)), [1.0; 2], "an hour later");
        let unlimited = Weighing { games_per_hour: 0 };
        let player = |account: &str| Participation {
            account: account.to_owned(),
            full_length: true,
            ..Participation::default()
        };
        let counted = unlimited.weigh(after(39 * MINUTE), &[player("busy"), player("new")], &ledger.recent);
        assert_eq!(parts(&counted), [1.0; 2]);
    }

    #[test]
    fn a_game_with_bots_or_guests_alone_counts_nothing() {
        let counted = Ledger::default().play(0, &["a"], true);
        assert_eq!(counted, [Counted { weight: 0, discount: Some(Discount::Alone) }]);
    }
}
