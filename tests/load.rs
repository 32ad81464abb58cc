//! `liap-tui load` as operators use it: the real binary against the real server. No test holds a time against anything.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

use std::{
    net::TcpListener,
    process::{Command, Output},
    time::Duration,
};

use clients::{
    Answer, Http,
    process::{ServerProcess, UNLIMITED_REQUESTS, UNLIMITED_ROOMS, serve},
};
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_liap-tui");

/// A running server.
struct Server {
    process: ServerProcess,
    _data: tempfile::TempDir,
    url: String,
}

impl Server {
    fn start() -> Self {
        Self::with(&[UNLIMITED_REQUESTS, UNLIMITED_ROOMS].concat())
    }

    fn with(flags: &[&str]) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let process = ServerProcess::start(&mut serve(BINARY, data.path(), flags)).expect("it listens");
        Self { url: process.address().to_string(), process, _data: data }
    }

    fn load(&self, arguments: &[&str]) -> Output {
        let short = ["--url", &self.url, "--ramp", "200ms", "--duration", "2s"];
        run(&[&short, arguments].concat())
    }

    /// What `/metrics` tells.
    fn metrics(&self) -> String {
        let http = Http::new(&self.process.address(), Duration::from_secs(120));
        http.get("/metrics").and_then(Answer::success).expect("an answer").text
    }

    /// The document of a run that went well.
    fn document(&self, arguments: &[&str]) -> Value {
        let output = self.load(&[&["--json"], arguments].concat());
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).expect("one JSON document")
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(BINARY).arg("load").args(arguments).output().expect("the binary runs")
}

/// Players acted, nothing was refused, nothing was lost.
fn assert_clean(document: &Value) {
    assert!(document["actions"].as_u64().unwrap() > 0, "{document:#}");
    assert!(document["events_checked"].as_u64().unwrap() > 0, "{document:#}");
    for zero in ["errors", "events_lost", "events_told_twice"] {
        assert_eq!(document[zero], 0, "{zero}: {document:#}");
    }
}

#[test]
fn whole_tables_of_players_play_without_an_error_and_nothing_is_lost() {
    let document = Server::start().document(&["--rooms", "5", "--think", "instant"]);
    assert_clean(&document);
    assert_eq!((&document["rooms"], &document["players"]), (&5.into(), &20.into()));
    assert!(document["games_started"].as_u64().unwrap() >= 5);
    // Three others hear of each action, the slowest too; at both ends of the measurement some are cut off.
    let count = |field: &str| document[field]["count"].as_u64().unwrap();
    let (acknowledged, told) = (count("action_to_acknowledgement_us"), count("action_to_others_event_us"));
    assert!(2 * told + 100 > 5 * acknowledged, "{acknowledged} {told}");
    assert_eq!(document["connect_us"]["count"].as_u64().unwrap() % 4, 0);
    for times in ["action_to_acknowledgement_us", "action_to_others_event_us", "connect_us", "reconnect_us"] {
        for field in ["count", "mean", "p50", "p90", "p99", "p99_9", "max"] {
            assert!(document[times][field].is_number(), "{times} {field}");
        }
    }
    assert!(document["server"]["resident_bytes"].as_f64().unwrap() > 1e6, "{document:#}");
    assert!(document["generator"]["was_bottleneck"].is_boolean());
}

#[test]
fn all_players_are_connected_at_once_while_their_games_last() {
    // Instant games may be over before the last table has its players.
    let document = Server::start().document(&["--rooms", "5", "--think", "normal"]);
    assert_eq!(document["players_connected_most"], 20);
}

#[test]
fn bots_of_the_server_take_the_seats_that_no_player_has() {
    for players in ["1", "3"] {
        let document = Server::start().document(&["--rooms", "3", "--players-per-room", players, "--think", "instant"]);
        assert_clean(&document);
    }
}

#[test]
fn players_of_battles_and_of_both_contracts_play_too() {
    let server = Server::start();
    for contract in ["battles", "mixed"] {
        assert_clean(&server.document(&["--rooms", "3", "--contract", contract]));
        let with_bots = ["--rooms", "3", "--players-per-room", "2", "--contract", contract];
        assert_clean(&server.document(&with_bots));
    }
}

#[test]
fn players_that_drop_their_connection_come_back_and_miss_nothing() {
    let server = Server::start();
    for contract in ["game", "battles", "mixed"] {
        let flags = ["--rooms", "5", "--chaos", "disconnects=20%", "--contract", contract];
        let document = server.document(&flags);
        assert_clean(&document);
        assert!(document["disconnects"].as_u64().unwrap() > 0, "{document:#}");
        assert!(document["reconnect_us"]["count"].as_u64().unwrap() > 0, "{document:#}");
    }
}

#[test]
fn a_plan_of_actions_counts_from_when_they_were_due() {
    let document = Server::start().document(&["--rooms", "5", "--rate", "100"]);
    assert_clean(&document);
    let count = |field: &str| document[field]["count"].as_u64().unwrap();
    assert_eq!(count("action_to_others_event_us"), count("action_to_others_event_service_us"));
    let mean = |field: &str| document[field]["mean"].as_f64().unwrap();
    assert!(mean("action_to_others_event_us") >= mean("action_to_others_event_service_us"), "{document:#}");
    assert!(document["actions_not_sent"].is_u64());
}

#[test]
fn listeners_hear_the_live_log() {
    let document = Server::start().document(&["--rooms", "3", "--live-log-subscribers", "4", "--think", "instant"]);
    assert_clean(&document);
    assert!(document["live_log_messages"].as_u64().unwrap() > 0, "{document:#}");
}

#[test]
fn people_get_a_table_and_a_report_that_needs_nothing_but_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let output = Server::start().load(&["--rooms", "3", "--html", file.to_str().unwrap()]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.starts_with("3 rooms of 4 players over contract game, think fast"), "{table}");
    for line in ["action → own acknowledgement", "action → others' event", "connect ", "throughput ", "server "] {
        assert_eq!(table.lines().filter(|found| found.starts_with(line)).count(), 1, "{line}: {table}");
    }
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.matches("<svg").count() >= 8 && page.matches("<svg").count() == page.matches("</svg>").count());
    assert!(page.contains("prefers-color-scheme: dark"));
    for outside in ["http:", "https:", "<script", "<link", "src=", "url(", "NaN", "inf"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_broken_threshold_is_one_sentence_and_exit_code_1() {
    let server = Server::start();
    let output = server.load(&["--rooms", "2", "--max-p99", "0.001ms"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), errors.lines().count()), (Some(1), 1), "{errors}");
    assert!(errors.contains("--max-p99") && !output.stdout.is_empty(), "{errors}");
    let output = server.load(&["--rooms", "2", "--max-p99", "1m", "--max-errors", "0", "--max-lost", "0"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn without_a_server_there_is_one_sentence_and_exit_code_2() {
    let unused = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("ws://{}", unused.local_addr().expect("an address"));
    drop(unused);
    for (arguments, word) in [
        (vec!["--url", url.as_str()], "no server at"),
        (vec!["--url", "wss://127.0.0.1:1"], "should look like ws://"),
        (vec!["--duration", "0s"], "longer than 0 s"),
    ] {
        let output = run(&arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), errors.lines().count()), (Some(2), 1), "{errors}");
        assert!(errors.contains(word) && output.stdout.is_empty(), "{errors}");
    }
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    for flags in [["--duration", "60"], ["--chaos", "disconnects=1"], ["--players-per-room", "5"], ["--rate", "0"]] {
        assert_eq!(run(&flags).status.code(), Some(2), "{flags:?}");
    }
}

/// At the limits as they come, over the real sockets: 1,000 people at 250 tables who come from addresses of their own, and a
/// school class of 40 at ten tables behind one address.
#[test]
fn a_normal_evening_and_a_school_class_reach_no_limit() {
    let server = Server::with(&[]);
    let evening = ["--rooms", "250", "--addresses", "1000", "--think", "normal", "--ramp", "5s", "--duration", "5s"];
    let class = ["--rooms", "10", "--think", "normal", "--ramp", "2s", "--duration", "5s"];
    for flags in [&evening[..], &class[..]] {
        let output = run(&[&["--url", server.url.as_str(), "--json"], flags].concat());
        assert!(output.status.success(), "{output:?}");
        assert_clean(&serde_json::from_slice(&output.stdout).expect("one JSON document"));
        let metrics = server.metrics();
        let is_hit = |line: &&str| line.starts_with("liap_limit_hits_total{") && !line.ends_with(" 0");
        let hits: Vec<&str> = metrics.lines().filter(is_hit).collect();
        assert_eq!(hits, [""; 0]);
    }
}
