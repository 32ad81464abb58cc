//! Checks the golden data against the rules, row by row. The example `golden` and the test of the same name share it.

mod games;
mod names;
mod numbers;
mod plays;
mod rounds;

use std::{fmt, fs, io::Read, path::Path};

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

/// The number of failures of a file that are reported in full.
const TOLD: usize = 5;

/// The results of the rows of a file.
#[derive(Default, Debug)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// The number of rows that the rules tell to ignore.
    pub(crate) ignored: usize,
    /// The first failures, each with its line.
    pub(crate) first_failures: Vec<String>,
}

/// The result of a row that is not wrong.
#[derive(PartialEq, Eq, Debug)]
enum Verdict {
    Passed,
    Ignored,
}

/// What is wrong with a row.
type Checked = Result<Verdict, String>;
type CheckRow = fn(&str) -> Checked;

/// The check for each file, by the prefix of its name.
const KINDS: [(&str, CheckRow); 6] = [
    ("play_types", |row| plays::check_type(&parse(row)?)),
    ("compare", |row| plays::check_comparison(&parse(row)?)),
    ("turns", |row| plays::check_turn(&parse(row)?)),
    ("declares", |row| numbers::check_declaration(&parse(row)?)),
    ("scores", |row| numbers::check_score(&parse(row)?)),
    ("games", |row| games::check_game(&parse(row)?)),
];

/// The known prefixes of names.
pub(crate) fn kinds() -> String {
    KINDS.map(|(kind, _)| kind).join(", ")
}

/// Checks every row of a file.
///
/// # Errors
/// A sentence if the file can't be read, or if its name has no known prefix.
pub(crate) fn check_file(path: &Path) -> Result<Tally, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (_, check) = KINDS
        .into_iter()
        .find(|(kind, _)| name.starts_with(kind))
        .ok_or_else(|| format!("the name does not begin with what the file holds: {}", kinds()))?;
    let text = read(path, name.ends_with(".gz")).map_err(|error| format!("the file can't be read: {error}"))?;
    let tally = check_rows(&text, check);
    if tally.passed + tally.failed + tally.ignored == 0 {
        return Err("the file holds no rows".to_owned());
    }
    Ok(tally)
}

fn read(path: &Path, gzipped: bool) -> std::io::Result<String> {
    let bytes = fs::read(path)?;
    let mut text = String::new();
    if gzipped {
        MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
    } else {
        (&bytes[..]).read_to_string(&mut text)?;
    }
    Ok(text)
}

fn check_rows(text: &str, check: CheckRow) -> Tally {
    let mut tally = Tally::default();
    for (number, row) in text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        match check(row) {
            Ok(Verdict::Passed) => tally.passed += 1,
            Ok(Verdict::Ignored) => tally.ignored += 1,
            Err(problem) => {
                tally.failed += 1;
                if tally.first_failures.len() < TOLD {
                    tally.first_failures.push(format!("line {}: {problem}", number + 1));
                }
            }
        }
    }
    tally
}

fn parse<T: DeserializeOwned>(row: &str) -> Result<T, String> {
    serde_json::from_str(row).map_err(|error| format!("not a row of this file: {error}"))
}

/// Compares what the rules say with what is recorded.
fn same<T: PartialEq + fmt::Debug>(what: &str, rules: T, recorded: T) -> Result<(), String> {
    if rules == recorded {
        return Ok(());
    }
    Err(format!("{what}: the rules say {rules:?}, recorded is {recorded:?}"))
}
