//! Who beats whom, over games with fixed seeds: one of a level against three of another, its seat going round.

mod games_of_bots;

use bots::Level;
use games_of_bots::{Standing, duel};

/// Wins in a hundred games.
fn share(standing: &Standing, games: u64) -> f64 {
    100.0 * standing.wins / games as f64
}

#[test]
fn medium_wins_most_games_against_three_easy() {
    let share = share(&duel(Level::Medium, Level::Easy, 100), 100);
    assert!(share > 65.0, "{share} %");
}

#[test]
fn easy_wins_hardly_ever_against_three_medium() {
    let share = share(&duel(Level::Easy, Level::Medium, 100), 100);
    assert!(share < 10.0, "{share} %");
}

#[test]
fn hard_wins_most_games_against_three_medium() {
    let share = share(&duel(Level::Hard, Level::Medium, 100), 100);
    assert!(share > 65.0, "{share} %");
}

#[test]
fn hard_meets_most_of_its_declarations_among_its_equals() {
    let standing = duel(Level::Hard, Level::Hard, 60);
    assert!(f64::from(standing.exact) > 0.55 * f64::from(standing.rounds));
}
