//! The checks: each takes one file and returns its offences as `path:line: what is wrong`. They touch no disk, so that
//! `snippets.rs` can show each of them an offence.

use crate::source::{self, Function};

/// A file of the repository: its path from the root, with `/`, and its text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn is(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    fn offence(&self, line: usize, what: impl AsRef<str>) -> String {
        format!("{}:{line}: {}", self.path, what.as_ref())
    }
}

pub(crate) const MOST_LINES_OF_A_FILE: usize = 500;
pub(crate) const MOST_LINES_OF_A_FUNCTION: usize = 60;

/// The one file that may name the deprecated WebSocket library.
const SOCKET: &str = "actors/src/session/socket.rs";
/// What the rules and the bots must be free of: clock, I/O, async, log.
const OUTSIDE_WORLD: [&str; 8] =
    ["tokio", "actix", "actix_rt", "actix_web", "actix_http", "actix_web_actors", "log", "env_logger"];
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = ["manager", "helper", "helpers", "util", "utils", "data", "info", "common", "misc"];

pub(crate) fn websocket_library(file: &File) -> Vec<String> {
    if file.path == SOCKET {
        return Vec::new();
    }
    let lines = source::lines_naming_crate(&source::code_only(&file.text), "actix_web_actors");
    offences(file, lines, &format!("names actix_web_actors; only {SOCKET} may"))
}

pub(crate) fn outside_world(file: &File) -> Vec<String> {
    if !file.path.starts_with("game_rules/src/") && !file.path.starts_with("bots/src/") {
        return Vec::new();
    }
    let code = source::code_without_tests(&file.text);
    let modules =
        ["time", "fs", "net"].map(|module| (format!("std::{module}"), source::lines_naming_std(&code, module)));
    let crates = OUTSIDE_WORLD.map(|name| (name.to_owned(), source::lines_naming_crate(&code, name)));
    let named = modules.into_iter().chain(crates);
    named
        .flat_map(|(name, lines)| offences(file, lines, &format!("names {name}; the rules and the bots may not")))
        .collect()
}

pub(crate) fn json_below_the_contracts(file: &File) -> Vec<String> {
    let below = ["game_rules/", "bots/", "vocabulary/"].iter().any(|floor| file.path.starts_with(floor));
    let test_code = file.path.split('/').any(|part| ["tests", "tests.rs", "examples", "benches"].contains(&part));
    if !below || test_code {
        return Vec::new();
    }
    let lines = source::lines_naming_crate(&source::code_without_tests(&file.text), "serde_json");
    offences(file, lines, "names serde_json; JSON begins with the contracts")
}

pub(crate) fn long_file(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > MOST_LINES_OF_A_FILE)
        .then(|| file.offence(lines, format!("{lines} lines; a file may have {MOST_LINES_OF_A_FILE}")))
}

pub(crate) fn long_functions(file: &File) -> Vec<String> {
    let describe = |Function { name, line, code_lines }| {
        file.offence(line, format!("`{name}` has {code_lines} lines; a function may have {MOST_LINES_OF_A_FUNCTION}"))
    };
    let functions = source::functions(&source::code_only(&file.text)).into_iter();
    functions.filter(|function| function.code_lines > MOST_LINES_OF_A_FUNCTION).map(describe).collect()
}

pub(crate) fn first_line(file: &File) -> Option<String> {
    let says_something = file.text.strip_prefix("//! ").is_some_and(|rest| !rest.starts_with('\n'));
    (!says_something).then(|| file.offence(1, "the first line must be `//! ` and what this file is"))
}

pub(crate) fn empty_names(file: &File) -> Vec<String> {
    let code = source::code_only(&file.text);
    let parts = file.path.split('/').map(|part| (1, part.split('.').next().unwrap_or_default()));
    let modules = if file.is(&["rs"]) { source::modules(&code) } else { Vec::new() };
    let empty = parts.chain(modules).filter(|(_, name)| EMPTY_NAMES.contains(name));
    empty.map(|(line, name)| file.offence(line, format!("the name `{name}` does not say what is inside"))).collect()
}

/// The words are put together here, so that this file does not hold them.
pub(crate) fn left_for_later(file: &File) -> Vec<String> {
    const WORDS: [&str; 7] = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("todo", "!"),
        concat!("unimplemented", "!"),
        concat!("dbg", "!"),
        concat!("#[", "ignore"),
    ];
    let found = |word: &'static str| {
        let lines = source::words(&file.text, word).map(|at| source::line_of(&file.text, at));
        offences(file, lines.collect(), &format!("`{word}` is left for later; finish it or drop it"))
    };
    WORDS.into_iter().flat_map(found).collect()
}

fn offences(file: &File, lines: Vec<usize>, what: &str) -> Vec<String> {
    lines.into_iter().map(|line| file.offence(line, what)).collect()
}
