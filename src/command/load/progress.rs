//! How far a run is: a line that is written again on a terminal, and a line every few seconds elsewhere.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use clients::load::Second;

use crate::command::report::duration;

/// How often a line is written where it stays.
const EVERY: Duration = Duration::from_secs(5);

/// The line.
pub(super) struct Progress {
    is_terminal: bool,
    begin: Instant,
    told: Instant,
    whole: Duration,
}

impl Progress {
    pub(super) fn new(begin: Instant, whole: Duration) -> Self {
        Self { is_terminal: io::stderr().is_terminal(), begin, told: begin, whole }
    }

    /// Tells of the last second.
    pub(super) fn tell(&mut self, second: &Second, finished: u64, errors: u64) {
        let line = line(self.begin.elapsed(), self.whole, second, finished, errors);
        // Who closed the terminal does not miss it.
        if self.is_terminal {
            let _ = write!(io::stderr().lock(), "\r{line}\x1b[K");
        } else if self.told.elapsed() >= EVERY {
            self.told = Instant::now();
            let _ = writeln!(io::stderr().lock(), "{line}");
        }
    }

    /// Takes the line away.
    pub(super) fn done(&self) {
        if self.is_terminal {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

fn line(at: Duration, whole: Duration, second: &Second, finished: u64, errors: u64) -> String {
    let p99 = second.told_p99_us.map_or("–".to_owned(), |micros| duration(micros as f64));
    format!(
        "{:.0} of {:.0} s: {} players, {finished} games finished, {} actions/s, p99 {p99}, {errors} errors",
        at.as_secs_f64().min(whole.as_secs_f64()),
        whole.as_secs_f64(),
        second.players,
        second.actions,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_players_games_actions_and_p99() {
        let second = Second { actions: 900, messages: 1, players: 40, told_p99_us: Some(2_500) };
        let line = line(Duration::from_secs(3), Duration::from_secs(70), &second, 2, 0);
        assert_eq!(line, "3 of 70 s: 40 players, 2 games finished, 900 actions/s, p99 2.5 ms, 0 errors");
    }
}
