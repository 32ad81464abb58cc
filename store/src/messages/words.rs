//! Splits texts into words, in lower case and without accents, in the same way for the index, for queries and for both
//! databases; and the marks that are indexed among a message's words, so that an index of words answers filters too.

use std::fmt::Write;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::types::{MessageFilter, NewMessage, Reader};

/// The most words of a text that are indexed; PostgreSQL has no positions after the 16,383rd.
const WORDS: usize = 4_000;
/// The most characters of a word that are indexed.
const LETTERS: usize = 64;
/// The longest name of an account or a channel that has a mark, in bytes; a filter for a longer one finds nothing.
const LONGEST: usize = 300;

/// All marks begin with a private-use character, which no word contains. Marks of one character are in no index of
/// prefixes.
const PUBLIC: char = '\u{E000}';
const AUDIENCE: char = '\u{E001}';
const ESCAPE: char = '\u{E002}';

/// Public and private messages have different marks, so that a filter for one kind does not read the other.
struct Sorts {
    kinds: u32,
    channel: char,
    user: char,
}

const OF_PUBLIC: Sorts = Sorts { kinds: 0xE100, channel: '\u{E003}', user: '\u{E004}' };
const OF_PRIVATE: Sorts = Sorts { kinds: 0xE200, channel: '\u{E005}', user: '\u{E006}' };

/// The words of a text. In scripts without spaces between words, each character is a word.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = 0;
    for letter in text.nfkd().filter(|letter| !is_accent(*letter)).flat_map(char::to_lowercase) {
        let inside = letter.is_alphanumeric() || is_combining_mark(letter);
        if inside && !is_spaceless(letter) && !is_accent(letter) {
            if letters < LETTERS {
                word.push(letter);
            }
            letters += 1;
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        letters = 0;
        if inside && is_spaceless(letter) {
            words.push(letter.to_string());
        }
        if words.len() >= WORDS {
            break;
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.truncate(WORDS);
    words
}

/// Marks on Latin, Greek, Cyrillic and Japanese letters. In other scripts such marks count as letters.
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{3099}' | '\u{309A}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese.
pub(crate) const fn is_spaceless(letter: char) -> bool {
    matches!(letter, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The parts of a message that are indexed.
pub(crate) struct Indexed {
    names: Vec<String>,
    marks: Vec<String>,
    content: Vec<String>,
}

impl Indexed {
    pub(crate) fn of(message: &NewMessage) -> Self {
        let sorts = if message.audience.is_empty() { OF_PUBLIC } else { OF_PRIVATE };
        let mut marks = vec![sorts.kind(message.kind)];
        marks.extend(mark(sorts.channel, &message.channel));
        marks.extend(message.users.iter().filter_map(|user| mark(sorts.user, user)));
        if message.audience.is_empty() {
            marks.push(PUBLIC.to_string());
        }
        marks.extend(message.audience.iter().filter_map(|account| mark(AUDIENCE, account)));
        Self { names: words(&message.names), marks, content: words(&message.content) }
    }

    /// All parts, separated by spaces, for SQLite and for ranking. The marks keep a phrase from matching across names
    /// and text.
    pub(crate) fn text(&self) -> String {
        let parts = self.names.iter().chain(&self.marks).chain(&self.content);
        let mut text = String::new();
        for part in parts {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(part);
        }
        text
    }

    /// All parts as a `tsvector` of PostgreSQL. Words and marks contain no quotation mark and no backslash.
    pub(crate) fn vector(&self) -> String {
        let mut text = String::new();
        let names = self.names.iter().zip(1..);
        let content = self.content.iter().zip(self.names.len() + 2..);
        for (word, place) in names.chain(content) {
            // Writing into a String can't fail.
            let _ = write!(text, "'{word}':{place} ");
        }
        for mark in &self.marks {
            let _ = write!(text, "'{mark}' ");
        }
        text
    }
}

/// Whether this part of an [`Indexed::text`] is a mark, not a word.
pub(crate) fn is_mark(part: &str) -> bool {
    part.starts_with(|first: char| ('\u{E000}'..='\u{F8FF}').contains(&first))
}

/// Lists of marks for a reader and a filter: a message matches if it has all marks of one list. A list that no message
/// can match is left out.
pub(crate) fn marks(reader: &Reader, filter: &MessageFilter) -> Vec<Vec<String>> {
    let mut lists = Vec::new();
    if let Some(mut marks) = OF_PUBLIC.of(filter) {
        if marks.is_empty() {
            marks.push(PUBLIC.to_string());
        }
        lists.push(marks);
    }
    let own = reader.account.as_ref().and_then(|account| mark(AUDIENCE, account));
    if let (Some(own), Some(mut marks)) = (own, OF_PRIVATE.of(filter)) {
        marks.insert(0, own);
        lists.push(marks);
    }
    lists
}

impl Sorts {
    fn kind(&self, kind: u8) -> String {
        char::from_u32(self.kinds + u32::from(kind)).unwrap_or(ESCAPE).to_string()
    }

    /// The marks that the filter requires; `None` if no message can have them.
    fn of(&self, filter: &MessageFilter) -> Option<Vec<String>> {
        let mut marks = Vec::new();
        if let Some(user) = &filter.user {
            marks.push(mark(self.user, user)?);
        }
        if let Some(channel) = &filter.channel {
            marks.push(mark(self.channel, channel)?);
        }
        if let Some(kind) = filter.kind {
            marks.push(self.kind(kind));
        }
        Some(marks)
    }
}

/// The mark of a name, which no other name has. SQLite ignores the case of ASCII letters, so capitals are escaped.
fn mark(sort: char, name: &str) -> Option<String> {
    if name.len() > LONGEST {
        return None;
    }
    let mut mark = String::from(sort);
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b':' | b'.' => mark.push(char::from(byte)),
            _ => {
                let _ = write!(mark, "{ESCAPE}{byte:02x}");
            }
        }
    }
    Some(mark)
}
