//! What came of the games, as a table for people and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Outcome;
use crate::command::report::duration;

/// One line for each seat.
pub(super) fn table(outcome: &Outcome) -> String {
    let mut text = String::new();
    let rotated = if outcome.arena.rotate { "every deck in all four seatings" } else { "every game with its own deck" };
    // Writing to a string can't fail.
    let _ = writeln!(text, "{} games, seed {}, {rotated}\n", outcome.arena.games, outcome.arena.seed);
    let _ = writeln!(
        text,
        "{:<12}{:>8}  {:<16}{:>13}{:>9}{:>10}{:>11}{:>11}",
        "", "wins", "95 % interval", "points/round", "exact", "rounds", "p50", "p99"
    );
    for (contestant, tally) in outcome.seats() {
        let [low, high] = tally.win_share_ci95();
        let _ = writeln!(
            text,
            "{contestant:<12}{:>6.1} %  {:<16}{:>+13.2}{:>7.1} %{:>10}{:>11}{:>11}",
            100.0 * tally.win_share(),
            format!("{:.1} to {:.1} %", 100.0 * low, 100.0 * high),
            tally.points_per_round(),
            100.0 * tally.exact() as f64 / tally.rounds.max(1) as f64,
            tally.rounds,
            duration(tally.times.quantile_us(0.5)),
            duration(tally.times.quantile_us(0.99)),
        );
    }
    let _ = writeln!(text, "\nThe interval's error is that of the decks' shares (cluster-robust); ties share the win.");
    text
}

/// The one document of `--json`. Shares are of one; times are microseconds; seats stand in the order given.
pub(super) fn document(outcome: &Outcome) -> Value {
    let seats: Vec<Value> = outcome
        .seats()
        .map(|(contestant, tally)| {
            json!({
                "level": contestant.as_str(),
                "win_share": tally.win_share(),
                "win_share_ci95": tally.win_share_ci95(),
                "points_per_round": tally.points_per_round(),
                "exact_declarations": tally.exact(),
                "rounds": tally.rounds,
                "decision_us_p50": tally.times.quantile_us(0.5),
                "decision_us_p99": tally.times.quantile_us(0.99),
            })
        })
        .collect();
    json!({ "games": outcome.arena.games, "seed": outcome.arena.seed, "seats": seats })
}
