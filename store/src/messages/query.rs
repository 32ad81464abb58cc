//! The query language for messages and its translation for each database. Any text is a valid query.
//!
//! All words must occur, in any order; `"several words"` is a phrase; `begin*` is a prefix of at least two letters;
//! `-word` must not occur; `OR` between two words requires one of them. Everything else separates words.

use super::words::{is_spaceless, words};

/// The most words of a query; the rest are ignored.
const WORDS: usize = 48;

/// Words that must occur next to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<String>,
    /// Whether the last word is a prefix.
    pub(crate) open: bool,
}

/// A parsed query: it requires one phrase of each group and none of the excluded ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) groups: Vec<Vec<Phrase>>,
    pub(crate) excluded: Vec<Phrase>,
}

/// A part of a query between spaces or quotation marks.
struct Piece<'a> {
    text: &'a str,
    excluded: bool,
    quoted: bool,
}

impl Query {
    /// Parses the text; `None` if it requires no word.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut query = Self { groups: Vec::new(), excluded: Vec::new() };
        let mut left = WORDS;
        // An `OR` joins the phrase before it with the next one, unless that is excluded.
        let mut joined = false;
        for piece in pieces(text) {
            if piece.text == "OR" && !piece.quoted && !piece.excluded {
                joined = true;
                continue;
            }
            let Some(phrase) = phrase(&piece, &mut left) else {
                continue;
            };
            match query.groups.last_mut() {
                _ if piece.excluded => query.excluded.push(phrase),
                Some(group) if joined => group.push(phrase),
                _ => query.groups.push(vec![phrase]),
            }
            joined = false;
        }
        (!query.groups.is_empty()).then_some(query)
    }

    /// All phrases that are not excluded.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = &Phrase> {
        self.groups.iter().flatten()
    }

    /// The query for FTS5. A message must also have all marks of one of the lists.
    pub(crate) fn for_sqlite(&self, marks: &[Vec<String>]) -> String {
        let list = |marks: &Vec<String>| format!("(\"{}\")", marks.join("\" AND \""));
        let mut parts = self.parts(Phrase::for_sqlite, " OR ");
        parts.push(any(marks.iter().map(list), " OR "));
        let wanted = parts.join(" AND ");
        if self.excluded.is_empty() {
            return wanted;
        }
        format!("({wanted}) NOT {}", any(self.excluded.iter().map(Phrase::for_sqlite), " OR "))
    }

    /// The query as a `tsquery`, with marks as above.
    pub(crate) fn for_postgres(&self, marks: &[Vec<String>]) -> String {
        let list = |marks: &Vec<String>| format!("('{}')", marks.join("' & '"));
        let mut parts = self.parts(Phrase::for_postgres, " | ");
        parts.push(any(marks.iter().map(list), " | "));
        parts.extend(self.excluded.iter().map(|phrase| format!("!{}", phrase.for_postgres())));
        parts.join(" & ")
    }

    fn parts(&self, render: impl Fn(&Phrase) -> String, or: &str) -> Vec<String> {
        self.groups.iter().map(|group| any(group.iter().map(&render), or)).collect()
    }
}

impl Phrase {
    fn for_sqlite(&self) -> String {
        format!("\"{}\"{}", self.words.join(" "), if self.open { " *" } else { "" })
    }

    fn for_postgres(&self) -> String {
        format!("('{}'{})", self.words.join("' <-> '"), if self.open { ":*" } else { "" })
    }
}

fn any(parts: impl Iterator<Item = String>, or: &str) -> String {
    format!("({})", parts.collect::<Vec<_>>().join(or))
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let excluded = rest.starts_with('-');
        rest = rest.trim_start_matches('-');
        if rest.is_empty() {
            return None;
        }
        let (text, after, quoted) = match rest.strip_prefix('"') {
            // A quotation without an end extends to the end of the text.
            Some(inside) => {
                let (text, after) = inside.split_once('"').unwrap_or((inside, ""));
                (text, after, true)
            }
            None => {
                let end = rest.find(|letter: char| letter.is_whitespace() || letter == '"').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                (text, after, false)
            }
        };
        rest = after;
        Some(Piece { text, excluded, quoted })
    })
}

fn phrase(piece: &Piece<'_>, left: &mut usize) -> Option<Phrase> {
    let mut found = words(piece.text);
    let cut = found.len() > *left;
    found.truncate(*left);
    *left -= found.len();
    let last = found.last()?;
    let may_be_open = last.chars().nth(1).is_some() && !last.starts_with(is_spaceless);
    let open = !piece.quoted && !cut && piece.text.ends_with('*') && may_be_open;
    Some(Phrase { words: found, open })
}
