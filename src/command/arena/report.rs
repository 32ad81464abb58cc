//! The report of `--html`: one page that needs nothing else, light or dark as its reader likes.

use bots::arena::{Contestant, Tally};

use super::Outcome;
use crate::command::report::{
    self, duration,
    plot::{self, Bar},
};

/// The whole page.
pub(super) fn page(outcome: &Outcome) -> String {
    let names = outcome.arena.contestants.map(Contestant::as_str).join(", ");
    let (games, seed) = (outcome.arena.games, outcome.arena.seed);
    let decks = if outcome.arena.rotate {
        "Every deck was dealt to all four seatings, so that its luck cancels."
    } else {
        "Every game had its own deck."
    };
    let (wins, points) = (wins(outcome), points(outcome));
    let times = each(outcome, times);
    let outcomes = each(outcome, |name, tally| plot::heat(&tally.outcomes, &format!("{name}: declared against taken")));
    let rows = rows(outcome);
    let body = format!(
        r#"<h1>{names}</h1>
<p>{games} games, seed {seed}. {decks} At par a seat wins 25 %; ties share the win.</p>
<h2>Win share, with 95 % interval</h2>{wins}
<h2>Points per round</h2>{points}
<h2>All figures</h2><div class="wide"><table><thead><tr><th>seat</th><th>wins</th><th>95 % interval</th><th>points per round</th>
<th>exact declarations</th><th>rounds</th><th>decision p50</th><th>p99</th></tr></thead><tbody>{rows}</tbody></table></div>
<h2>Declared against taken</h2><p>The stronger the colour, the more rounds; on the framed diagonal the declaration was met.</p><div class="grid">{outcomes}</div>
<h2>Decision times</h2><p>Decisions by how long they took, each column twice the one before.</p><div class="grid">{times}</div>
<p>The interval's error is that of the decks' own win shares around the mean (cluster-robust): games of one deck depend on each other.</p>"#
    );
    report::page(&format!("Arena: {names}"), &body)
}

/// Contestants of one name are told apart by their place.
fn label(place: usize, contestant: Contestant) -> String {
    format!("{} {contestant}", place + 1)
}

fn wins(outcome: &Outcome) -> String {
    let bar = |(place, (contestant, tally)): (usize, (Contestant, &Tally))| {
        let [low, high] = tally.win_share_ci95();
        Bar {
            name: label(place, contestant),
            value: tally.win_share(),
            interval: Some([low, high]),
            figure: format!("{:.1} %", 100.0 * tally.win_share()),
        }
    };
    let bars: Vec<Bar> = outcome.seats().enumerate().map(bar).collect();
    plot::bars(&bars, "Win share of each seat")
}

fn points(outcome: &Outcome) -> String {
    let bar = |(place, (contestant, tally)): (usize, (Contestant, &Tally))| Bar {
        name: label(place, contestant),
        value: tally.points_per_round(),
        interval: None,
        figure: format!("{:+.2}", tally.points_per_round()),
    };
    let bars: Vec<Bar> = outcome.seats().enumerate().map(bar).collect();
    plot::bars(&bars, "Mean points per round of each seat")
}

/// One figure for each seat.
fn each(outcome: &Outcome, draw: impl Fn(&str, &Tally) -> String) -> String {
    let figure = |(place, (contestant, tally)): (usize, (Contestant, &Tally))| {
        let name = label(place, contestant);
        format!("<figure><figcaption>{name}</figcaption>{}</figure>", draw(&name, tally))
    };
    outcome.seats().enumerate().map(figure).collect()
}

fn times(name: &str, tally: &Tally) -> String {
    let bars = tally.times.bars();
    let used = |(_, count): &(f64, u64)| *count > 0;
    let first = bars.iter().position(used).unwrap_or(0);
    let last = bars.iter().rposition(used).unwrap_or(0);
    let columns: Vec<(String, u64)> =
        bars[first..=last].iter().map(|(upper, count)| (duration(*upper), *count)).collect();
    plot::columns(&columns, &format!("{name}: decision times"))
}

fn rows(outcome: &Outcome) -> String {
    let row = |(place, (contestant, tally)): (usize, (Contestant, &Tally))| {
        let [low, high] = tally.win_share_ci95();
        format!(
            "<tr><th>{}</th><td>{:.1} %</td><td>{:.1} to {:.1} %</td><td>{:+.2}</td><td>{:.1} %</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            label(place, contestant),
            100.0 * tally.win_share(),
            100.0 * low,
            100.0 * high,
            tally.points_per_round(),
            100.0 * tally.exact() as f64 / tally.rounds.max(1) as f64,
            tally.rounds,
            duration(tally.times.quantile_us(0.5)),
            duration(tally.times.quantile_us(0.99)),
        )
    };
    outcome.seats().enumerate().map(row).collect()
}
