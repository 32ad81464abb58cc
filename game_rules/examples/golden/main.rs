//! `cargo run --release -p game_rules --example golden -- FILE…` checks files of golden data against the rules. A file
//! is JSON Lines, plain or gzipped, and its name starts with its kind: `play_types`, `compare`, `turns`, `declares`,
//! `scores` or `games`. The last line is `N passed, N failed`; the exit code is 1 if anything failed.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a command-line program")]

mod checks;

use std::{env, path::Path, process::ExitCode};

use checks::Tally;

fn main() -> ExitCode {
    let mut total = Tally::default();
    let mut readable = true;
    let files: Vec<_> = env::args_os().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: golden FILE…, each .jsonl or .jsonl.gz, named after what it holds: {}", checks::kinds());
        readable = false;
    }
    for file in files.iter().map(Path::new) {
        match checks::check_file(file) {
            Ok(tally) => {
                report(file, &tally);
                total.passed += tally.passed;
                total.failed += tally.failed;
            }
            Err(problem) => {
                eprintln!("{}: {problem}", file.display());
                readable = false;
            }
        }
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if readable && total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn report(file: &Path, tally: &Tally) {
    let Tally { passed, failed, ignored, first_failures } = tally;
    let left_out = if *ignored == 0 { String::new() } else { format!(", {ignored} left out by the rules' word") };
    println!("{}: {passed} passed, {failed} failed{left_out}", file.display());
    for failure in first_failures {
        println!("  {failure}");
    }
    if *failed > first_failures.len() {
        println!("  … and {} more", failed - first_failures.len());
    }
}
