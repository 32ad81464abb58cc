//! The report of `--html`.

use std::fmt::Write;

use clients::load::{Outcome, Second, Times};

use super::figures;
use crate::command::report::{
    self, duration, escaped,
    lines::{Line, lines},
    plot,
};

/// The whole page.
pub(super) fn page(outcome: &Outcome, broken: Option<&str>) -> String {
    let heading = escaped(&figures::heading(outcome));
    let warning = figures::warning(outcome);
    let warning = if warning.is_empty() { warning } else { format!("<p class=\"warning\">{}</p>", escaped(&warning)) };
    let broken = broken.map(|broken| format!("<p class=\"warning\">{}</p>", escaped(broken)));
    let body = format!(
        r#"<h1>Load</h1><p>{heading}</p>{warning}{broken}
<h2>Latency</h2><div class="wide"><table><thead><tr><th></th><th>count</th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th></tr></thead><tbody>{rows}</tbody></table></div>
<p>How often each time occurred, after the ramp; each step is a tenth of a decade, so the axis is logarithmic.</p><div class="grid">{plots}</div>
<h2>Throughput</h2>{throughput}
<h2>p99 of action → others' event</h2>{latency}
<h2>Players connected</h2>{players}
<h2>The server</h2>{server}
<h2>Errors by code</h2>{errors}
<h2>All else</h2><div class="wide"><table><tbody>{sentences}</tbody></table></div>"#,
        broken = broken.unwrap_or_default(),
        rows = rows(outcome),
        plots = histograms(outcome),
        throughput = throughput(outcome),
        latency = latency(outcome),
        players = players(outcome),
        server = server(outcome),
        errors = errors(outcome),
        sentences = sentences(outcome),
    );
    report::page("Load", &body)
}

fn rows(outcome: &Outcome) -> String {
    let mut rows = String::new();
    for (name, _, times) in figures::histograms(outcome) {
        let quantile = |quantile| figures::figure(times, times.quantile_us(quantile));
        // Writing to a string can't fail.
        let _ = write!(
            rows,
            "<tr><th>{name}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            times.count(),
            quantile(0.5),
            quantile(0.9),
            quantile(0.99),
            quantile(0.999),
            figures::figure(times, times.max_us())
        );
    }
    rows
}

fn histograms(outcome: &Outcome) -> String {
    let shown = figures::histograms(outcome).into_iter().filter(|(_, _, times)| times.count() > 0);
    shown.map(|(name, _, times)| figure(name, times)).collect()
}

fn figure(name: &str, times: &Times) -> String {
    let ends: Vec<f64> = (10..=80).map(|tenths| 10_f64.powf(f64::from(tenths) / 10.0)).collect();
    let counts = times.columns(&ends);
    let first = counts.iter().position(|count| *count > 0).unwrap_or(0);
    let last = counts.iter().rposition(|count| *count > 0).unwrap_or(0);
    let columns: Vec<(String, u64)> =
        ends[first..=last].iter().map(|end| duration(*end)).zip(counts[first..=last].iter().copied()).collect();
    let marks = [0.5, 0.9, 0.99, 0.999].map(|quantile| {
        let value = times.quantile_us(quantile) as f64;
        let place = ends.iter().position(|end| value <= *end).unwrap_or(ends.len() - 1);
        (place.saturating_sub(first), format!("p{}", 100.0 * quantile))
    });
    let plot = plot::marked_columns(&columns, &marks, name);
    format!("<figure><figcaption>{}</figcaption>{plot}</figure>", name.trim())
}

fn mark(outcome: &Outcome) -> Option<(f64, &'static str)> {
    Some((outcome.plan.ramp.as_secs_f64(), "ramp"))
}

fn whole(value: f64) -> String {
    match value {
        large if large >= 1_000_000.0 => format!("{:.1} M", large / 1_000_000.0),
        middle if middle >= 10_000.0 => format!("{:.0} k", middle / 1_000.0),
        small => format!("{small:.0}"),
    }
}

fn over_time(outcome: &Outcome, name: &str, value: impl Fn(&Second) -> Option<f64>) -> Line {
    Line { name: name.to_owned(), values: outcome.seconds.iter().map(value).collect() }
}

fn throughput(outcome: &Outcome) -> String {
    let actions = over_time(outcome, "actions per second", |second| Some(second.actions as f64));
    let messages = over_time(outcome, "messages heard per second", |second| Some(second.messages as f64));
    lines(&[actions], "Actions per second", whole, mark(outcome))
        + "<p>Actions per second above, messages that the players heard per second below.</p>"
        + &lines(&[messages], "Messages per second", whole, mark(outcome))
}

fn latency(outcome: &Outcome) -> String {
    let p99 = over_time(outcome, "p99", |second| second.told_p99_us.map(|micros| micros as f64));
    lines(&[p99], "p99 of action to others' event", duration, mark(outcome))
}

fn players(outcome: &Outcome) -> String {
    let players = over_time(outcome, "players", |second| Some(second.players as f64));
    lines(&[players], "Players connected", whole, mark(outcome))
}

fn server(outcome: &Outcome) -> String {
    if outcome.samples.len() < 2 {
        return "<p>Its /metrics told too little.</p>".to_owned();
    }
    let steps = outcome.seconds.len();
    let (mut cpu, mut memory) = (vec![None; steps], vec![None; steps]);
    for pair in outcome.samples.windows(2) {
        let second = (pair[1].at - outcome.begin).as_secs() as usize;
        if second < steps {
            let time = (pair[1].at - pair[0].at).as_secs_f64().max(0.001);
            cpu[second] = Some(100.0 * (pair[1].cpu_seconds - pair[0].cpu_seconds) / time);
            memory[second] = Some(pair[1].resident_bytes / 1_048_576.0);
        }
    }
    let cpu = Line { name: "CPU".to_owned(), values: filled(&cpu) };
    let memory = Line { name: "memory".to_owned(), values: filled(&memory) };
    lines(&[cpu], "CPU of the server", |value| format!("{value:.0} %"), mark(outcome))
        + "<p>CPU above, where 100 % is one core; memory below.</p>"
        + &lines(&[memory], "Memory of the server", |value| format!("{value:.0} MB"), mark(outcome))
}

/// Two samples may fall into one second, and none into the next: a single hole is no news.
fn filled(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let before = |place: usize| place.checked_sub(1).and_then(|place| values[place]);
    values.iter().enumerate().map(|(place, value)| value.or_else(|| before(place))).collect()
}

fn errors(outcome: &Outcome) -> String {
    if outcome.meters.errors.is_empty() {
        return "<p>None.</p>".to_owned();
    }
    let bar = |(code, count): (&String, &u64)| plot::Bar {
        name: escaped(code),
        value: *count as f64,
        interval: None,
        figure: count.to_string(),
    };
    let bars: Vec<plot::Bar> = outcome.meters.errors.iter().map(bar).collect();
    plot::bars(&bars, "Errors by code")
}

fn sentences(outcome: &Outcome) -> String {
    let row = |(name, sentence): (&str, String)| {
        format!("<tr><th>{name}</th><td class=\"words\">{}</td></tr>", escaped(&sentence))
    };
    figures::sentences(outcome).into_iter().map(row).collect()
}
