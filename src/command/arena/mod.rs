//! `liap-tui arena`: many games between bots, and who wins them.

mod figures;
mod progress;
mod report;

use std::{fs, io::Write, path::PathBuf, thread, time::Instant};

use anyhow::{Context, ensure};
use bots::arena::{Arena, Contestant, Tally};
use clap::{ArgAction, Args};

use self::progress::Progress;
use super::output::output;

/// What `liap-tui arena` can be told.
#[derive(Args, Debug)]
pub(super) struct ArenaSettings {
    /// Who plays: four of easy, medium, hard, expert, original, baseline, clairvoyant.
    #[arg(long, default_value = "hard,medium,medium,medium", value_name = "A,B,C,D")]
    seats: String,
    /// How many games.
    #[arg(long, default_value_t = 10_000)]
    games: u64,
    /// The same seed brings the same games.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Deal every deck to all four seatings, so that its luck cancels: four games a deck.
    #[arg(long, default_value_t = true, action = ArgAction::Set, num_args = 0..=1, default_missing_value = "true")]
    rotate: bool,
    /// On how many threads; 0 = one per core. The result is the same.
    #[arg(long, default_value_t = 0)]
    threads: u16,
    /// As one JSON document.
    #[arg(long)]
    json: bool,
    /// Write a report with plots to this file.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// What was played, and what came of it.
struct Outcome {
    arena: Arena,
    tallies: [Tally; 4],
}

impl Outcome {
    /// The contestants with what they did.
    fn seats(&self) -> impl Iterator<Item = (Contestant, &Tally)> {
        self.arena.contestants.into_iter().zip(&self.tallies)
    }
}

/// Plays the games and prints what came of them.
pub(super) fn arena(settings: &ArenaSettings) -> anyhow::Result<()> {
    ensure!(settings.games > 0, "--games is at least 1");
    let contestants = contestants(&settings.seats)?;
    if let Some(file) = &settings.html {
        // Before the games, so that a mistake is told at once.
        fs::write(file, "").with_context(|| format!("the report {} can't be written", file.display()))?;
    }
    let arena = Arena { contestants, games: settings.games, seed: settings.seed, rotate: settings.rotate };
    let outcome = play(arena, usize::from(settings.threads));
    if let Some(file) = &settings.html {
        let page = report::page(&outcome);
        fs::write(file, page).with_context(|| format!("the report {} can't be written", file.display()))?;
    }
    let text = if settings.json { figures::document(&outcome).to_string() } else { figures::table(&outcome) };
    writeln!(output(), "{}", text.trim_end())?;
    Ok(())
}

fn contestants(seats: &str) -> anyhow::Result<[Contestant; 4]> {
    let parsed: Result<Vec<Contestant>, _> = seats.split(',').map(|name| name.trim().parse()).collect();
    let contestants = parsed.with_context(|| format!("--seats {seats}"))?;
    let count = contestants.len();
    contestants
        .try_into()
        .ok()
        .with_context(|| format!("--seats names four, not {count}: as in hard,medium,medium,medium"))
}

fn play(arena: Arena, threads: usize) -> Outcome {
    let threads = match threads {
        0 => thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let start = Instant::now();
    let clock = move || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let progress = Progress::new(arena.games);
    let tallies = arena.run(threads, &clock, &|games| progress.add(games));
    progress.done();
    Outcome { arena, tallies }
}
