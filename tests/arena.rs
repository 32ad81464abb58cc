//! `liap-tui arena` as operators use it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_liap-tui")).args(arguments).output().expect("the binary runs")
}

fn document(arguments: &[&str]) -> Value {
    let output = run(&[&["arena", "--games", "20", "--seed", "3", "--json"], arguments].concat());
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "no bar where nobody looks: {output:?}");
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

#[test]
fn the_document_has_a_line_for_each_seat_in_the_order_given() {
    let document = document(&["--seats", "easy,hard,original,baseline"]);
    assert_eq!((&document["games"], &document["seed"]), (&20.into(), &3.into()));
    let seats = document["seats"].as_array().unwrap();
    let levels: Vec<&str> = seats.iter().map(|seat| seat["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["easy", "hard", "original", "baseline"]);
    let wins: f64 = seats.iter().map(|seat| seat["win_share"].as_f64().unwrap()).sum();
    assert!((wins - 1.0).abs() < 1e-9);
    for seat in seats {
        let (low, high) = (seat["win_share_ci95"][0].as_f64().unwrap(), seat["win_share_ci95"][1].as_f64().unwrap());
        let share = seat["win_share"].as_f64().unwrap();
        assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        assert!(seat["exact_declarations"].as_u64().unwrap() <= seat["rounds"].as_u64().unwrap());
        assert!(seat["points_per_round"].is_f64());
        assert!(seat["decision_us_p50"].as_f64().unwrap() <= seat["decision_us_p99"].as_f64().unwrap());
    }
}

#[test]
fn the_same_seed_brings_the_same_result_on_any_number_of_threads() {
    let without_times = |threads| {
        let mut document = document(&["--seats", "easy,medium,hard,baseline", "--threads", threads]);
        for seat in document["seats"].as_array_mut().unwrap() {
            let seat = seat.as_object_mut().unwrap();
            seat.retain(|name, _| !name.starts_with("decision_us"));
        }
        document
    };
    assert_eq!(without_times("1"), without_times("3"));
}

#[test]
fn people_get_a_table() {
    let output = run(&["arena", "--seats", "medium,easy,easy,easy", "--games", "8", "--rotate=false"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.starts_with("8 games, seed 1, every game with its own deck"), "{table}");
    assert_eq!(table.lines().filter(|line| line.starts_with("easy ")).count(), 3);
}

#[test]
fn the_report_needs_nothing_but_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    document(&["--seats", "hard,medium,medium,medium", "--html", file.to_str().unwrap()]);
    let page = std::fs::read_to_string(file).unwrap();
    assert_eq!(page.matches("<svg").count(), 2 + 4 + 4);
    assert_eq!(page.matches("</svg>").count(), 2 + 4 + 4);
    assert!(page.contains("prefers-color-scheme: dark"));
    for outside in ["http:", "https:", "<script", "<link", "src=", "url(", "NaN", "inf"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_mistake_is_one_sentence_and_exit_code_2() {
    for (arguments, word) in [
        (["--seats", "hard,medium,medium"], "four, not 3"),
        (["--seats", "hard,medium,medium,grandmaster"], "clairvoyant"),
        (["--games", "0"], "at least 1"),
        (["--html", "/no/such/folder/report.html"], "can't be written"),
    ] {
        let output = run(&[&["arena"][..], &arguments].concat());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), errors.lines().count()), (Some(2), 1), "{errors}");
        assert!(errors.contains(word) && output.stdout.is_empty(), "{errors}");
    }
}

#[test]
fn rooms_take_no_contestant_of_the_arena_alone() {
    for level in ["original", "baseline", "clairvoyant"] {
        let output = run(&["serve", "--bot-difficulty", level]);
        assert_eq!(output.status.code(), Some(2));
        assert!(vocabulary::Difficulty::ALL.iter().all(|known| known.as_str() != level));
    }
}
