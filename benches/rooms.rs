//! 1,000 rooms of four bots run to `game_over` in one process: games per second, CPU and peak memory.
//!
//! `cargo bench --bench rooms [-- ROOMS [LEVEL]]`; the level is easy, medium (default) or hard.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark prints and may panic"
)]

use std::time::{Duration, Instant};

use actix::{Arbiter, System};
use actors::{Engine, Settings};
use metrics_exporter_prometheus::PrometheusBuilder;
use vocabulary::{Difficulty, Name, Pace, RoomOptions};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let rooms: usize = arguments.first().and_then(|rooms| rooms.parse().ok()).unwrap_or(1_000);
    let difficulty = match arguments.get(1).map(String::as_str) {
        Some("easy") => Difficulty::Easy,
        Some("hard") => Difficulty::Hard,
        _ => Difficulty::Medium,
    };
    System::new().block_on(run(rooms, difficulty));
}

async fn run(rooms: usize, difficulty: Difficulty) {
    let metrics = PrometheusBuilder::new().install_recorder().expect("the first recorder");
    let engine = Engine::start(Settings { max_rooms: rooms + 1, ..Settings::default() });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let options = RoomOptions { pace: Pace::Instant, difficulty, ..engine.settings().room_defaults };
    let (started, cpu_before) = (Instant::now(), cpu_seconds());
    let arbiters: Vec<Arbiter> = (0..cores).map(|_| Arbiter::new()).collect();
    for (number, arbiter) in (0..rooms).zip(arbiters.iter().cycle()) {
        let (engine, name) = (engine.clone(), Name::parse(&format!("Bench {number}")).expect("a name"));
        arbiter.spawn_fn(move || {
            let _room = engine.play_bots(&name, options).expect("there is place");
        });
    }
    while finished(&metrics.render()) < rooms {
        assert!(started.elapsed() < Duration::from_secs(600), "the games do not end");
        actix::clock::sleep(Duration::from_millis(5)).await;
    }
    let (seconds, cpu) = (started.elapsed().as_secs_f64(), cpu_seconds() - cpu_before);
    let text = metrics.render();
    let actions = value(&text, "liap_actions_total{by=\"bot\"}") + value(&text, "liap_actions_total{by=\"clock\"}");
    assert_eq!(value(&text, "liap_rooms_failed_total"), 0.0, "no room may fail");
    #[expect(clippy::cast_precision_loss, reason = "a few thousand rooms")]
    let games = rooms as f64;
    println!("rooms of bots: {rooms} games of four {difficulty} bots on {cores} threads");
    println!("  {seconds:.2} s wall, {:.0} games/s, {:.0} actions/s", games / seconds, actions / seconds);
    println!("  {cpu:.2} s CPU, {:.2} ms per game, {:.2} µs per action", 1e3 * cpu / games, 1e6 * cpu / actions);
    println!("  {:.1} MiB peak memory, {:.1} KiB per room", peak_kib() / 1024.0, peak_kib() / games);
}

fn finished(metrics: &str) -> usize {
    let games = value(metrics, "liap_games_finished_total");
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let games = games as usize;
    games
}

/// The value of one line of the metrics.
fn value(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.and_then(|value| value.parse().ok()).unwrap_or(0.0)
}

/// User and system time of this process, in seconds: fields 14 and 15 of `/proc/self/stat`, in ticks of 10 ms.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after_name = stat.rsplit(')').next().expect("a name in parentheses");
    let ticks: f64 =
        after_name.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>().expect("ticks")).sum();
    ticks / 100.0
}

/// The largest resident size of this process, in KiB.
fn peak_kib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("a peak");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}
