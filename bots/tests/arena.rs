//! Which contestant beats which over games with fixed seeds, and whether the arena is fair.

use bots::arena::{Arena, Contestant, Tally};
use vocabulary::Difficulty;

const EASY: Contestant = Contestant::Level(Difficulty::Easy);
const MEDIUM: Contestant = Contestant::Level(Difficulty::Medium);
const HARD: Contestant = Contestant::Level(Difficulty::Hard);

fn arena(one: Contestant, three: Contestant, games: u64) -> Arena {
    Arena { contestants: [one, three, three, three], games, seed: 17, rotate: true }
}

/// One contestant against three of another, in all four seats.
fn duel(one: Contestant, three: Contestant, games: u64) -> Tally {
    let [tally, ..] = arena(one, three, games).run(1, &|| 0, &|_| {});
    tally
}

#[test]
fn medium_wins_most_games_against_three_easy() {
    let share = duel(MEDIUM, EASY, 200).win_share();
    assert!(share > 0.65, "{share}");
}

#[test]
fn easy_wins_hardly_ever_against_three_medium() {
    let share = duel(EASY, MEDIUM, 200).win_share();
    assert!(share < 0.1, "{share}");
}

#[test]
fn easy_is_about_as_good_as_an_original() {
    let share = duel(EASY, Contestant::Original, 400).win_share();
    assert!((0.15..0.35).contains(&share), "{share}");
}

#[test]
fn hard_wins_most_games_against_three_medium() {
    let share = duel(HARD, MEDIUM, 200).win_share();
    assert!(share > 0.75, "{share}");
}

#[test]
fn hard_wins_nearly_all_games_against_three_originals() {
    let share = duel(HARD, Contestant::Original, 100).win_share();
    assert!(share > 0.95, "{share}");
}

#[test]
fn hard_meets_most_of_its_declarations_among_its_equals() {
    let tally = duel(HARD, HARD, 60);
    assert!(tally.exact() as f64 > 0.55 * tally.rounds as f64);
}

#[test]
fn a_player_who_sees_all_hands_wins_nearly_always() {
    let tally = duel(Contestant::Clairvoyant, HARD, 8);
    let (share, points) = (tally.win_share(), tally.points_per_round());
    assert!(share > 0.9 && points > 8.0, "{share}, {points} points a round");
}

#[test]
fn four_equals_win_a_quarter_each_whatever_the_deals() {
    let tallies = arena(MEDIUM, MEDIUM, 40).run(1, &|| 0, &|_| {});
    for tally in &tallies {
        assert_eq!(tally.win_share(), 0.25);
        assert_eq!(tally.win_share_ci95(), [0.25, 0.25]);
    }
}

#[test]
fn the_result_does_not_depend_on_the_threads() {
    let seats = [EASY, MEDIUM, HARD, Contestant::Original];
    let arena = Arena { contestants: seats, games: 42, seed: 3, rotate: true };
    let [one, three] = [1, 3].map(|threads| arena.run(threads, &|| 0, &|_| {}));
    for (one, three) in one.iter().zip(&three) {
        assert_eq!(format!("{one:?}"), format!("{three:?}"));
    }
    assert!(one.iter().all(|tally| tally.games == 42));
}

#[test]
fn the_wins_of_a_table_add_up_to_its_games() {
    for rotate in [true, false] {
        let arena = Arena { rotate, ..arena(HARD, EASY, 24) };
        let wins: f64 = arena.run(2, &|| 0, &|_| {}).iter().map(|tally| tally.wins).sum();
        assert!((wins - 24.0).abs() < 1e-9);
    }
}

#[test]
fn other_seeds_bring_other_games() {
    let points = |seed| Arena { seed, ..arena(MEDIUM, EASY, 8) }.run(1, &|| 0, &|_| {}).map(|tally| tally.points);
    assert_ne!(points(1), points(2));
}

#[test]
fn every_contestant_is_found_by_its_name() {
    for contestant in Contestant::ALL {
        assert_eq!(contestant.as_str().parse(), Ok(contestant));
    }
    assert!("grandmaster".parse::<Contestant>().is_err());
}
