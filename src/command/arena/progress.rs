//! A line on the terminal that tells how far the games are; where nobody looks, nothing.

use std::{
    io::{self, IsTerminal, Write},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::{Duration, Instant},
};

/// How often the line is written again, per second.
const PACE: u64 = 10;
/// How wide the bar is, in characters.
const WIDTH: u64 = 30;

/// The line.
pub(super) struct Progress {
    games: u64,
    played: AtomicU64,
    start: Instant,
    is_seen: bool,
    /// In which beat since the start the line was written last, from 1.
    told: AtomicU64,
}

impl Progress {
    pub(super) fn new(games: u64) -> Self {
        let is_seen = io::stderr().is_terminal();
        Self { games, played: AtomicU64::new(0), start: Instant::now(), is_seen, told: AtomicU64::new(0) }
    }

    /// So many games more were played.
    pub(super) fn add(&self, games: u64) {
        let played = self.played.fetch_add(games, Relaxed) + games;
        let took = self.start.elapsed();
        let beat = (took.as_secs_f64() * PACE as f64) as u64 + 1;
        // Of the threads that play, one writes in each beat.
        if self.is_seen && self.told.fetch_max(beat, Relaxed) < beat {
            // Who closed the terminal does not miss it.
            let _ = write!(io::stderr().lock(), "\r{}\x1b[K", line(played, self.games, took));
        }
    }

    /// Takes the line away.
    pub(super) fn done(&self) {
        if self.is_seen {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

fn line(played: u64, games: u64, took: Duration) -> String {
    let full = WIDTH * played / games.max(1);
    let bar: String = (0..WIDTH).map(|place| if place < full { '█' } else { '░' }).collect();
    let left = took.as_secs_f64() / played.max(1) as f64 * games.saturating_sub(played) as f64;
    format!("{bar} {played} of {games} games, {left:.0} s left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_games_is_half_of_the_bar() {
        let line = line(50, 100, Duration::from_secs(7));
        assert!(line.contains(&"█".repeat(15)) && line.ends_with("50 of 100 games, 7 s left"), "{line}");
    }
}
