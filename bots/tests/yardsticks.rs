//! The yardsticks play as they did when they were measured with the original engine.

#![allow(clippy::unwrap_used, reason = "a test may fail by it")]

use bots::arena::{Arena, Contestant, Tally};

/// A difference of this many standard errors is not chance.
const FAR: f64 = 3.5;
/// The number of games that are played here.
const GAMES: u64 = 2_000;

/// A figure and its standard error.
#[derive(Clone, Copy)]
struct Figure(f64, f64);

/// A share, in percent, of this many trials.
fn share(percent: f64, trials: f64) -> Figure {
    let share = percent / 100.0;
    Figure(share, (share * (1.0 - share) / trials).sqrt())
}

/// Mean points over this many rounds, whose standard deviation is about the same for all contestants.
fn points(mean: f64, rounds: f64) -> Figure {
    const DEVIATION: f64 = 3.5;
    Figure(mean, DEVIATION / rounds.sqrt())
}

#[track_caller]
fn agree(what: &str, ours: Figure, measured: Figure) {
    let error = ours.1.hypot(measured.1);
    let off = (ours.0 - measured.0).abs();
    assert!(off < FAR * error, "{what}: {:.4} here, {:.4} measured, {:.1} errors off", ours.0, measured.0, off / error);
}

fn play(first: Contestant, others: Contestant) -> Tally {
    // Four equals would play the same game in every seating.
    let rotate = first != others;
    let arena = Arena { contestants: [first, others, others, others], games: GAMES, seed: 5, rotate };
    let [tally, ..] = arena.run(1, &|| 0, &|_| {});
    tally
}

fn rounds(tally: &Tally) -> f64 {
    tally.rounds as f64
}

fn exact(tally: &Tally) -> Figure {
    share(100.0 * tally.exact() as f64 / rounds(tally), rounds(tally))
}

/// The share of the rounds that ended like this.
fn ended(tally: &Tally, so: fn(usize, usize) -> bool) -> Figure {
    let count: u64 = (0..81).filter(|n| so(n / 9, n % 9)).map(|n| tally.outcomes[n / 9][n % 9]).sum();
    share(100.0 * count as f64 / rounds(tally), rounds(tally))
}

fn mean(tally: &Tally, of: fn(usize, usize) -> usize) -> f64 {
    let sum: u64 = (0..81).map(|n| tally.outcomes[n / 9][n % 9] * of(n / 9, n % 9) as u64).sum();
    sum as f64 / rounds(tally)
}

#[test]
fn four_originals_score_as_measured() {
    let tally = play(Contestant::Original, Contestant::Original);
    // 2,000 games of 19.9 rounds and four players.
    let measured = 2_000.0 * 19.9 * 4.0;
    agree("points", points(tally.points_per_round(), rounds(&tally)), points(-0.94, measured));
    agree("exact", exact(&tally), share(14.7, measured));
    agree("over", ended(&tally, |declared, taken| taken > declared), share(44.0, measured));
    agree("under", ended(&tally, |declared, taken| taken < declared), share(41.5, measured));
    assert!((mean(&tally, |declared, _| declared) - 1.50).abs() < 0.02);
    assert!((mean(&tally, |_, taken| taken) - 2.00).abs() < 0.02);
    assert!((rounds(&tally) / GAMES as f64 - 19.9).abs() < 0.1);
}

#[test]
fn a_baseline_wins_against_three_originals_as_often_as_measured() {
    let tally = play(Contestant::Baseline, Contestant::Original);
    let measured = 1_000.0 * rounds(&tally) / GAMES as f64;
    agree("wins", share(100.0 * tally.win_share(), GAMES as f64), share(71.5, 1_000.0));
    agree("points", points(tally.points_per_round(), rounds(&tally)), points(1.21, measured));
    agree("exact", exact(&tally), share(30.9, measured));
}

#[test]
fn four_baselines_score_as_measured() {
    let tally = play(Contestant::Baseline, Contestant::Baseline);
    let measured = 1_000.0 * 9.0 * 4.0;
    agree("points", points(tally.points_per_round(), rounds(&tally)), points(3.80, measured));
    agree("exact", exact(&tally), share(51.0, measured));
    assert!((rounds(&tally) / GAMES as f64 - 9.0).abs() < 0.3);
}
