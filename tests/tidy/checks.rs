//! The checks: each takes one file and returns its offences as `path:line: what is wrong`. They touch no disk, so that
//! `snippets.rs` can show each of them an offence.

use std::collections::BTreeSet;

use crate::source::Source;

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

pub(crate) const MOST_LINES_OF_A_FILE: usize = 400;

/// The one file that may name the deprecated WebSocket library.
const SOCKET: &str = "actors/src/session/socket.rs";
/// The modules of `std` that the rules and the bots must be free of: clock and I/O.
const OUTSIDE_WORLD: [&str; 3] = ["time", "fs", "net"];
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = ["manager", "helper", "helpers", "util", "utils", "data", "info", "common", "misc"];

pub(crate) fn websocket_library(file: &File) -> Vec<String> {
    let names_it = |(_, line): &(usize, &str)| !line.starts_with("//") && line.contains("actix_web_actors");
    let lines = (1..).zip(file.text.lines().map(str::trim_start)).filter(names_it).map(|(line, _)| line);
    let may = file.path == SOCKET || !Source::whole(&file.text).has("actix_web_actors");
    let lines = if may { Vec::new() } else { lines.collect() };
    offences(file, lines, &format!("names actix_web_actors; only {SOCKET} may"))
}

pub(crate) fn outside_world(file: &File) -> Vec<String> {
    if !file.path.starts_with("game_rules/src/") && !file.path.starts_with("bots/src/") {
        return Vec::new();
    }
    let source = Source::product(&file.text);
    let mut paths = source.used();
    paths.extend(source.named(&["std"]));
    let module = |path: &[String]| match path {
        [first, module, ..] if first == "std" && OUTSIDE_WORLD.contains(&module.as_str()) => Some(module.clone()),
        _ => None,
    };
    let named: BTreeSet<String> = paths.iter().filter_map(|import| module(&import.path)).collect();
    named.iter().map(|module| file.offence(1, format!("names std::{module}; the rules and the bots may not"))).collect()
}

pub(crate) fn long_file(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > MOST_LINES_OF_A_FILE)
        .then(|| file.offence(lines, format!("{lines} lines; a file may have {MOST_LINES_OF_A_FILE}")))
}

pub(crate) fn first_line(file: &File) -> Option<String> {
    let says_something = file.text.strip_prefix("//! ").is_some_and(|rest| !rest.starts_with('\n'));
    (!says_something).then(|| file.offence(1, "the first line must be `//! ` and what this file is"))
}

pub(crate) fn empty_names(file: &File) -> Vec<String> {
    let code = Source::whole(if file.is(&["rs"]) { &file.text } else { "" });
    let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or_default());
    let empty = parts.chain(code.modules()).filter(|name| EMPTY_NAMES.contains(name));
    empty.map(|name| file.offence(1, format!("the name `{name}` does not say what is inside"))).collect()
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
        let lines = words(&file.text, word).map(|at| line_of(&file.text, at));
        offences(file, lines.collect(), &format!("`{word}` is left for later; finish it or drop it"))
    };
    WORDS.into_iter().flat_map(found).collect()
}

fn offences(file: &File, lines: Vec<usize>, what: &str) -> Vec<String> {
    lines.into_iter().map(|line| file.offence(line, what)).collect()
}

/// Where `word` stands alone in `text`, not as a part of a longer word.
fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let goes_on = word.ends_with(is_word) && after.is_some_and(is_word);
        !before.is_some_and(is_word) && !goes_on
    })
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The number of the line, from 1, that holds the byte `at`.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}
