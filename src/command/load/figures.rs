//! What came of a run as a table for people and as JSON.

use std::fmt::Write;

use clients::load::{Outcome, Second, Spoken, Think, Times};
use serde_json::{Value, json};

use crate::command::report::duration;

/// What stands in every percentile table.
const QUANTILES: [(&str, f64); 4] = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

/// The histograms with their names; those of the service time only in an open loop, where they differ.
pub(super) fn histograms(outcome: &Outcome) -> Vec<(&'static str, &'static str, &Times)> {
    let meters = &outcome.meters;
    let mut all = vec![
        ("action → own acknowledgement", "action_to_acknowledgement_us", &meters.acknowledged),
        ("action → others' event", "action_to_others_event_us", &meters.told),
    ];
    if outcome.plan.rate.is_some() {
        all.push((
            "  the same since it was sent",
            "action_to_acknowledgement_service_us",
            &meters.acknowledged_service,
        ));
        all.push(("  the same since it was sent", "action_to_others_event_service_us", &meters.told_service));
    }
    all.push(("connect", "connect_us", &meters.connected));
    all.push(("reconnect", "reconnect_us", &meters.reconnected));
    all
}

/// What was run, in a line.
pub(super) fn heading(outcome: &Outcome) -> String {
    let plan = &outcome.plan;
    let pace = match (plan.rate, plan.think) {
        (Some(rate), _) => format!("{rate} actions/s by plan"),
        (None, Think::Normal) => "think normal (1 to 3 s)".to_owned(),
        (None, Think::Fast) => "think fast (50 to 150 ms)".to_owned(),
        (None, Think::Instant) => "think instant".to_owned(),
    };
    let contract = match plan.contract {
        Spoken::Game => "contract game",
        Spoken::Battles => "contract battles",
        Spoken::Mixed => "contracts game and battles",
    };
    format!(
        "{} rooms of {} players over {contract}, {pace}, {} s after a ramp of {} s",
        plan.rooms,
        plan.players_per_room,
        plan.duration.as_secs_f64(),
        plan.ramp.as_secs_f64(),
    )
}

/// Everything but the times: a name and a sentence each.
pub(super) fn sentences(outcome: &Outcome) -> Vec<(&'static str, String)> {
    let (meters, seconds) = (&outcome.meters, outcome.measured_seconds());
    let mut all = vec![
        (
            "throughput",
            format!("{:.0} actions/s; {} messages heard in all", outcome.actions_per_second(), meters.messages),
        ),
        ("games", format!("{} started, {} finished", meters.games_started, meters.games_finished)),
        ("lost", format!("{} of {} events; {} told twice", meters.lost, meters.checked, meters.repeated)),
        ("errors", errors(outcome)),
    ];
    if outcome.plan.rate.is_some() {
        all.push(("not sent", format!("{} actions of the plan had nobody to take them", meters.unsent)));
    }
    if outcome.plan.live_log_subscribers > 0 {
        let subscribers = outcome.plan.live_log_subscribers;
        all.push(("live log", format!("{} messages at {subscribers} subscribers", meters.live_log_messages)));
    }
    all.push(("server", server(outcome)));
    let own = outcome.own_cores().map_or("CPU unknown".to_owned(), |cores| format!("{cores:.2} cores"));
    let late = duration(meters.lag.quantile_us(0.99) as f64);
    let threads = outcome.threads;
    all.push(("generator", format!("{own} of {threads} in {seconds} s; its timers ring {late} late (p99)")));
    all
}

fn errors(outcome: &Outcome) -> String {
    let codes = outcome.meters.errors.iter().map(|(code, count)| format!("{code} × {count}"));
    let codes: Vec<String> = codes.collect();
    if codes.is_empty() { "0".to_owned() } else { format!("{} ({})", outcome.meters.error_count(), codes.join(", ")) }
}

fn server(outcome: &Outcome) -> String {
    let Some(server) = outcome.server() else { return "its /metrics told too little".to_owned() };
    let megabytes = server.resident_bytes / 1_048_576.0;
    let each = 1e6 * server.cpu_seconds / server.delivered.max(1.0);
    format!("{:.2} cores, {each:.1} µs of CPU per delivered message, {megabytes:.0} MB", server.cpu_cores)
}

/// The warning that the generator was the bottleneck; empty when it was not.
pub(super) fn warning(outcome: &Outcome) -> String {
    let reasons = outcome.bottlenecks();
    if reasons.is_empty() {
        return String::new();
    }
    format!("The generator itself was the bottleneck: {}. The times are too long.", reasons.join(", and "))
}

/// For people.
pub(super) fn table(outcome: &Outcome) -> String {
    let mut text = format!("{}\n\n{:<31}{:>10}", heading(outcome), "", "count");
    // Writing to a string can't fail.
    for (name, _) in QUANTILES {
        let _ = write!(text, "{name:>11}");
    }
    let _ = writeln!(text, "{:>11}", "max");
    for (name, _, times) in histograms(outcome) {
        let _ = write!(text, "{name:<31}{:>10}", times.count());
        for (_, quantile) in QUANTILES {
            let _ = write!(text, "{:>11}", figure(times, times.quantile_us(quantile)));
        }
        let _ = writeln!(text, "{:>11}", figure(times, times.max_us()));
    }
    text.push('\n');
    for (name, sentence) in sentences(outcome) {
        let _ = writeln!(text, "{name:<12}{sentence}");
    }
    let warning = warning(outcome);
    if !warning.is_empty() {
        let _ = writeln!(text, "\n{warning}");
    }
    text
}

/// A time as people read it; nothing where none was measured.
pub(super) fn figure(times: &Times, micros: u64) -> String {
    if times.count() == 0 { "–".to_owned() } else { duration(micros as f64) }
}

/// The one document of `--json`; `docs/load.md` tells what each field is. Units are in the names.
pub(super) fn document(outcome: &Outcome, broken: Option<&str>) -> Value {
    let (plan, meters) = (&outcome.plan, &outcome.meters);
    let mut document = json!({
        "rooms": plan.rooms,
        "players": plan.players(),
        "players_connected_most": outcome.most_players,
        "contract": format!("{:?}", plan.contract).to_lowercase(),
        "think": plan.rate.is_none().then(|| format!("{:?}", plan.think).to_lowercase()),
        "rate_per_second": plan.rate,
        "ramp_seconds": plan.ramp.as_secs_f64(),
        "measured_seconds": outcome.measured_seconds(),
        "actions": meters.actions,
        "actions_measured": meters.actions_measured,
        "actions_per_second": outcome.actions_per_second(),
        "actions_not_sent": meters.unsent,
        "messages_received": meters.messages,
        "bytes_received": meters.bytes,
        "live_log_messages": meters.live_log_messages,
        "games_started": meters.games_started,
        "games_finished": meters.games_finished,
        "disconnects": meters.disconnects,
        "events_checked": meters.checked,
        "events_lost": meters.lost,
        "events_told_twice": meters.repeated,
        "errors": meters.error_count(),
        "errors_by_code": meters.errors,
        "server": server_document(outcome),
        "generator": {
            "threads": outcome.threads,
            "cpu_cores": outcome.own_cores(),
            "timer_lag_us": times_document(&meters.lag),
            "was_bottleneck": !outcome.bottlenecks().is_empty(),
            "bottleneck_reasons": outcome.bottlenecks(),
        },
        "threshold_broken": broken,
        "seconds": seconds(outcome),
    });
    for (_, field, times) in histograms(outcome) {
        document[field] = times_document(times);
    }
    document
}

fn times_document(times: &Times) -> Value {
    json!({
        "count": times.count(),
        "mean": times.mean_us(),
        "p50": times.quantile_us(0.5),
        "p90": times.quantile_us(0.9),
        "p99": times.quantile_us(0.99),
        "p99_9": times.quantile_us(0.999),
        "max": times.max_us(),
    })
}

fn server_document(outcome: &Outcome) -> Value {
    outcome.server().map_or(Value::Null, |server| {
        json!({
            "cpu_cores": server.cpu_cores,
            "cpu_seconds": server.cpu_seconds,
            "delivered_messages": server.delivered,
            "cpu_us_per_delivered_message": 1e6 * server.cpu_seconds / server.delivered.max(1.0),
            "cpu_us_per_action": 1e6 * server.cpu_cores / outcome.actions_per_second().max(0.001),
            "resident_bytes": server.resident_bytes,
        })
    })
}

fn seconds(outcome: &Outcome) -> Vec<Value> {
    let second = |second: &Second| {
        json!({
            "actions": second.actions,
            "messages": second.messages,
            "players": second.players,
            "action_to_others_event_us_p99": second.told_p99_us,
        })
    };
    outcome.seconds.iter().map(second).collect()
}
