//! How well contestants play against each other, and how long they think: `cargo bench -p bots --bench levels`, or with
//! `-- hard,medium,medium,medium 10000` for one table.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints its results")]

use std::time::Instant;

use bots::arena::{Arena, Contestant};

fn table(seats: &str, games: u64) {
    let contestants: Vec<Contestant> = seats.split(',').map(|name| name.parse().unwrap()).collect();
    let arena = Arena { contestants: contestants.try_into().unwrap(), games, seed: 1, rotate: true };
    let start = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let tallies = arena.run(threads, &move || start.elapsed().as_nanos() as u64, &|_| {});
    for (contestant, tally) in arena.contestants.iter().zip(&tallies) {
        let [low, high] = tally.win_share_ci95();
        let rounds = tally.rounds as f64;
        let mean = |which: fn(usize, usize) -> usize| {
            let sum: u64 = (0..81).map(|n| tally.outcomes[n / 9][n % 9] * which(n / 9, n % 9) as u64).sum();
            sum as f64 / rounds
        };
        println!(
            "{contestant:11} {:5.1} % ({:4.1} to {:4.1}) {:+.2} points a round, {:4.1} % exact, declared {:.2}, took {:.2}, {:.1} rounds, {:.1} µs, 99 %: {:.1} µs",
            100.0 * tally.win_share(),
            100.0 * low,
            100.0 * high,
            tally.points_per_round(),
            100.0 * tally.exact() as f64 / rounds,
            mean(|declared, _| declared),
            mean(|_, taken| taken),
            rounds / tally.games as f64,
            tally.times.quantile_us(0.5),
            tally.times.quantile_us(0.99),
        );
    }
    println!("{games} games in {:.1} s", start.elapsed().as_secs_f64());
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let [seats, games, ..] = &words[..] {
        return table(seats, games.parse().unwrap());
    }
    // The tables of docs/bots.md. Expert takes longer, and the clairvoyant longest.
    for seats in [
        "easy,original,original,original",
        "easy,medium,medium,medium",
        "medium,original,original,original",
        "hard,original,original,original",
        "hard,baseline,baseline,baseline",
        "hard,medium,medium,medium",
    ] {
        table(seats, 10_000);
    }
    for seats in ["expert,hard,hard,hard", "expert,baseline,baseline,baseline"] {
        table(seats, 2_000);
    }
    for seats in ["clairvoyant,hard,hard,hard", "clairvoyant,baseline,baseline,baseline"] {
        table(seats, 160);
    }
}
