//! All golden data, computed by the original engine, holds. The checks are those of the example `golden`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "../examples/golden/checks/mod.rs"]
mod checks;

use std::path::PathBuf;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// All rows of a file pass, and there are as many as there should be.
fn all_pass(name: &str, rows: usize, ignored: usize) {
    let tally = checks::check_file(&file(name)).unwrap();
    assert_eq!(tally.failed, 0, "{:#?}", tally.first_failures);
    assert_eq!((tally.passed, tally.ignored), (rows - ignored, ignored));
}

#[test]
fn every_multiset_of_one_to_six_pieces_has_its_type_and_sums() {
    all_pass("play_types.jsonl.gz", 26_302, 0);
}

#[test]
fn two_plays_compare_as_in_the_original() {
    // A quarter are pairs of invalid sets, which the rules ignore.
    all_pass("compare.jsonl.gz", 20_000, 5_000);
}

#[test]
fn turns_are_won_as_in_the_original() {
    all_pass("turns.jsonl.gz", 5_000, 0);
}

#[test]
fn the_same_numbers_may_be_declared_as_in_the_original() {
    all_pass("declares.jsonl.gz", 200, 0);
}

#[test]
fn rounds_score_as_in_the_original() {
    all_pass("scores.jsonl.gz", 324, 0);
}

#[test]
fn two_hundred_whole_games_go_as_in_the_original() {
    all_pass("games.jsonl.gz", 200, 0);
}
