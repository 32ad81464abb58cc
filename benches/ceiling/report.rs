//! What a turn showed, and the table of all turns.

use crate::tally::{Count, percentile};

/// One side's turn.
pub(crate) struct Turn {
    pub(crate) count: Count,
    /// The server's user and system time, in seconds.
    pub(crate) cpu: f64,
    /// The players' own.
    pub(crate) own: f64,
}

impl Turn {
    fn per_100_000(&self) -> f64 {
        self.cpu * 1e5 / self.count.messages
    }
}

/// The median.
pub(crate) fn median(turns: &[Turn], figure: impl Fn(&Turn) -> f64) -> f64 {
    let mut figures: Vec<f64> = turns.iter().map(figure).collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Both ceilings, the server without and with its journal.
pub(crate) fn print(rooms: usize, turns: &[Vec<Turn>; 4]) {
    let title = format!("{rooms} rooms, medians of {} turns", turns[0].len());
    println!("\n  {title:<39} {:>10} {:>10} {:>13} {:>13}", "ceiling", "joined", "journal off", "journal full");
    let line = |what: &str, digits: usize, figure: &dyn Fn(&Turn) -> f64| {
        let [plain, joined, off, full] = turns.each_ref().map(|turns| median(turns, figure));
        println!("    {what:<37} {plain:>10.digits$} {joined:>10.digits$} {off:>13.digits$} {full:>13.digits$}");
    };
    line("messages/s that the players got", 0, &|turn| turn.count.messages / turn.count.seconds);
    line("actions/s", 0, &|turn| turn.count.own.len() as f64 / turn.count.seconds);
    line("messages per read of the players", 2, &|turn| turn.count.messages / turn.count.reads);
    line("bytes per message", 0, &|turn| turn.count.bytes / turn.count.messages);
    line("action to its acknowledgement, p50 ms", 2, &|turn| percentile(&turn.count.own, 0.5));
    line("action to its acknowledgement, p99 ms", 2, &|turn| percentile(&turn.count.own, 0.99));
    line("server's core, %", 0, &|turn| 100.0 * turn.cpu / turn.count.seconds);
    line("players' core, %", 0, &|turn| 100.0 * turn.own / turn.count.seconds);
    line("server CPU µs per action", 1, &|turn| 1e6 * turn.cpu / turn.count.own.len() as f64);
    line("server CPU s per 100,000 messages", 3, &Turn::per_100_000);
    let cost = turns.each_ref().map(|turns| median(turns, Turn::per_100_000));
    for (what, one) in [("× ceiling (goal: 1.5, then 1.25)", cost[0]), ("× joined", cost[1])] {
        let [plain, joined, off, full] = cost.map(|cost| cost / one);
        println!("    {what:<37} {plain:>10.2} {joined:>10.2} {off:>13.2} {full:>13.2}");
    }
}
