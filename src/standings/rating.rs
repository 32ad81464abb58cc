//! What one game does to the standings of the accounts in it.
//!
//! The rating is that of Weng and Lin (JMLR 12, 2011), the one of OpenSkill, for games of several players with a
//! ranking. Bots and guests have none and do not count, so a game changes ratings only if two accounts or more took
//! part; and it changes them in proportion to how much it counts ([`weight`](super::weight)).

use skillratings::{
    MultiTeamOutcome,
    weng_lin::{WengLinConfig, WengLinRating, weng_lin_multi_team},
};
use store::{Counted, Participation, Standing, Standings};

/// One unit of the rating system as it is kept.
const BILLION: f64 = 1e9;
/// What users see: 25 and its deviation 25/3 are shown as 1500 and 500.
const SHOWN: f64 = 60.0;
/// More than any place; a player for whom a bot finished the game ranks below.
const LAST: usize = 1_000;

/// The standing of an account before its first game.
#[must_use]
pub fn at_first(account: &str) -> Standing {
    let rating = WengLinRating::new();
    Standing {
        account: account.to_owned(),
        games_played: 0,
        games_won: 0,
        rounds_played: 0,
        exact_declarations: 0,
        total_score: 0,
        best_score: 0,
        rating: kept(rating.rating),
        deviation: kept(rating.uncertainty),
    }
}

/// Counts a finished game and changes the ratings of the accounts in it.
pub fn rate(players: &[Participation], standings: &mut Standings) {
    for player in players {
        let standing = standings.entry(player.account.clone()).or_insert_with(|| at_first(&player.account));
        count(standing, player);
    }
    if players.len() < 2 || players.iter().all(|player| weight(player) == 0.0) {
        return;
    }
    let before: Vec<([WengLinRating; 1], MultiTeamOutcome)> = players
        .iter()
        .filter_map(|player| Some(([known(standings.get(&player.account)?)], MultiTeamOutcome::new(rank(player)))))
        .collect();
    let before: Vec<(&[WengLinRating], MultiTeamOutcome)> =
        before.iter().map(|(rating, rank)| (rating.as_slice(), *rank)).collect();
    let after = weng_lin_multi_team(&before, &WengLinConfig::new());
    for (player, after) in players.iter().zip(after.into_iter().flatten()) {
        if let Some(standing) = standings.get_mut(&player.account) {
            let part =
                |before: i64, after: f64| before + ((kept(after) - before) as f64 * weight(player)).round() as i64;
            standing.rating = part(standing.rating, after.rating);
            standing.deviation = part(standing.deviation, after.uncertainty);
        }
    }
}

fn count(standing: &mut Standing, player: &Participation) {
    let is_first = standing.games_played == 0;
    standing.games_played += 1;
    standing.games_won += i64::from(player.won && !player.stood_in);
    standing.rounds_played = standing.rounds_played.saturating_add(player.rounds);
    standing.exact_declarations = standing.exact_declarations.saturating_add(player.exact_declarations);
    standing.total_score = standing.total_score.saturating_add(player.score);
    standing.best_score = if is_first { player.score } else { standing.best_score.max(player.score) };
}

/// The part of the game that counts for the account.
fn weight(player: &Participation) -> f64 {
    player.counted.map_or(1.0, |counted| counted.weight as f64 / Counted::WHOLE as f64)
}

/// Less is better. All players for whom a bot finished the game have lost alike, whatever their bots achieved.
fn rank(player: &Participation) -> usize {
    if player.stood_in { LAST } else { usize::from(player.place) }
}

fn known(standing: &Standing) -> WengLinRating {
    WengLinRating { rating: standing.rating as f64 / BILLION, uncertainty: standing.deviation as f64 / BILLION }
}

fn kept(value: f64) -> i64 {
    (value * BILLION).round() as i64
}

/// A user's level: 1, and one more per 100 points above the rating that everybody begins with (contract *live log*).
pub(crate) fn level(standing: &Standing) -> u32 {
    const POINTS: f64 = 100.0;
    let above = shown(standing.rating) - shown(kept(WengLinRating::new().rating));
    // Nobody falls below the first level.
    1 + (above / POINTS).floor().max(0.0) as u32
}

/// A rating or a deviation as users see it, in hundredths at most.
pub(super) fn shown(kept: i64) -> f64 {
    hundredths(kept as f64 / BILLION * SHOWN)
}

/// Rounded to hundredths.
pub(super) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn player(account: &str, place: u8) -> Participation {
        Participation {
            account: account.to_owned(),
            seat: place - 1,
            place,
            won: place == 1,
            score: 50 - 10 * i64::from(place),
            rounds: 8,
            exact_declarations: 3,
            ..Participation::default()
        }
    }

    fn stood_in(account: &str, place: u8) -> Participation {
        Participation { stood_in: true, ..player(account, place) }
    }

    fn weighed(account: &str, place: u8, weight: i64) -> Participation {
        let counted = Some(Counted { weight, discount: None });
        Participation { counted, ..player(account, place) }
    }

    fn after(games: &[&[Participation]]) -> Standings {
        let mut standings = Standings::new();
        games.iter().for_each(|players| rate(players, &mut standings));
        standings
    }

    fn rating(standings: &Standings, account: &str) -> f64 {
        shown(standings[account].rating)
    }

    #[test]
    fn everybody_begins_with_1500_and_a_deviation_of_500() {
        let first = at_first("a");
        assert_eq!((shown(first.rating), shown(first.deviation)), (1500.0, 500.0));
    }

    #[test]
    fn of_two_accounts_the_winner_gains_what_the_loser_loses() {
        let standings = after(&[&[player("a", 1), player("b", 3)]]);
        assert!(rating(&standings, "a") > 1500.0);
        assert!((rating(&standings, "a") + rating(&standings, "b") - 3000.0).abs() < 0.02);
        assert!(standings["a"].deviation < at_first("a").deviation);
        assert_eq!((standings["a"].games_won, standings["b"].games_won), (1, 0));
    }

    #[test]
    fn two_new_accounts_get_the_figures_of_openskill() {
        // What OpenSkill's own documents show for the first game of two.
        let standings = after(&[&[player("a", 1), player("b", 2)]]);
        assert!((standings["a"].rating as f64 / BILLION - 27.635_231_383).abs() < 1e-6, "{standings:?}");
        assert!((standings["a"].deviation as f64 / BILLION - 8.065_506_316).abs() < 1e-6, "{standings:?}");
    }

    #[test]
    fn the_places_of_bots_between_two_accounts_do_not_count() {
        let near = after(&[&[player("a", 1), player("b", 2)]]);
        let far = after(&[&[player("a", 1), player("b", 4)]]);
        assert_eq!(near["a"].rating, far["a"].rating);
        assert_eq!(near["b"].rating, far["b"].rating);
    }

    #[test]
    fn a_game_of_one_account_counts_and_changes_no_rating() {
        let standings = after(&[&[player("a", 1)]]);
        let expected = Standing {
            games_played: 1,
            games_won: 1,
            rounds_played: 8,
            exact_declarations: 3,
            total_score: 40,
            best_score: 40,
            ..at_first("a")
        };
        assert_eq!(standings["a"], expected);
    }

    #[test]
    fn four_accounts_are_rated_in_the_order_of_their_places() {
        let standings = after(&[&[player("c", 3), player("a", 1), player("d", 4), player("b", 2)]]);
        let ratings = ["a", "b", "c", "d"].map(|account| rating(&standings, account));
        assert!(ratings.is_sorted_by(|better, worse| better > worse), "{ratings:?}");
    }

    #[test]
    fn who_shares_a_place_is_rated_alike() {
        let standings = after(&[&[player("a", 1), player("b", 1), player("c", 3)]]);
        assert_eq!(standings["a"].rating, standings["b"].rating);
        assert!(rating(&standings, "b") > rating(&standings, "c"));
    }

    #[test]
    fn for_whom_a_bot_finished_is_last_and_has_not_won_however_the_bot_played() {
        let standings = after(&[&[stood_in("a", 1), player("b", 4), stood_in("c", 2)]]);
        assert!(rating(&standings, "a") < 1500.0 && rating(&standings, "b") > 1500.0);
        assert_eq!(standings["a"].rating, standings["c"].rating);
        assert_eq!(standings["a"].games_won, 0);
    }

    #[test]
    fn a_game_that_counts_in_part_changes_ratings_by_that_part() {
        let change = |weight: i64| {
            let standings = after(&[&[weighed("a", 1, weight), weighed("b", 2, weight)]]);
            let of = |account: &str| (standings[account].rating, standings[account].deviation);
            let first = at_first("a");
            [of("a"), of("b")].map(|(rating, deviation)| (rating - first.rating, deviation - first.deviation))
        };
        assert_eq!(change(0), [(0, 0); 2]);
        let (whole, half) = (change(Counted::WHOLE), change(Counted::WHOLE / 2));
        assert!(whole[0].0 > 0 && whole[1].0 < 0 && whole[0].1 < 0);
        for (whole, half) in whole.into_iter().zip(half) {
            assert!((whole.0 - 2 * half.0).abs() <= 1 && (whole.1 - 2 * half.1).abs() <= 1, "{whole:?} {half:?}");
        }
        let mixed = after(&[&[weighed("a", 1, 0), weighed("b", 2, Counted::WHOLE)]]);
        assert_eq!((rating(&mixed, "a"), mixed["a"].games_won), (1500.0, 1));
        assert_eq!(mixed["b"].rating - at_first("b").rating, whole[1].0);
    }

    #[test]
    fn the_best_score_may_be_below_zero() {
        let low = |score| Participation { score, ..player("a", 4) };
        assert_eq!(after(&[&[low(-30)]])["a"].best_score, -30);
        assert_eq!(after(&[&[low(-30)], &[low(-10)], &[low(-20)]])["a"].best_score, -10);
    }

    #[test]
    fn who_always_wins_rises_ever_more_slowly_and_stays_finite() {
        let mut standings = Standings::new();
        let (mut last, mut step) = (1500.0, f64::MAX);
        for _ in 0..2_000 {
            rate(&[player("a", 1), player("b", 2), player("c", 3), player("d", 4)], &mut standings);
            let now = rating(&standings, "a");
            assert!(now >= last && now - last <= step + 0.02, "{last} {now}");
            (step, last) = (now - last, now);
        }
        assert!(last < 6_000.0 && standings.values().all(|standing| standing.deviation > 0), "{standings:?}");
    }
}
