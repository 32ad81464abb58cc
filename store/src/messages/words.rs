//! The words of a text, the same for what is indexed and for what is looked for, whatever the database: lower case, without
//! accents; and the marks that stand among a message's words, so that an index of words answers filters too.

use std::fmt::Write;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::messages::types::{MessageFilter, NewMessage, Reader};

/// So many words of a text are looked at; PostgreSQL knows no place in a text after the 16,383th.
const WORDS: usize = 4_000;
/// So many characters of a word are looked at.
const LETTERS: usize = 64;
/// Longer names of accounts and channels have no mark; a filter for such a one finds nothing.
const LONGEST: usize = 300;

/// All marks begin with a character for private use, which no word has. Those of one character are in no index of beginnings.
const PUBLIC: char = '\u{E000}';
const AUDIENCE: char = '\u{E001}';
const ESCAPE: char = '\u{E002}';

/// Public and private messages have marks of their own, so that a filter looks through none of the other.
struct Sorts {
    kinds: u32,
    channel: char,
    user: char,
}

const OF_PUBLIC: Sorts = Sorts { kinds: 0xE100, channel: '\u{E003}', user: '\u{E004}' };
const OF_PRIVATE: Sorts = Sorts { kinds: 0xE200, channel: '\u{E005}', user: '\u{E006}' };

/// The words of a text. Of a script that sets no spaces between words each character is one.
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

/// Marks on Latin, Greek, Cyrillic and Japanese letters. Those of other scripts are letters to their readers.
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

/// What the index gets of a message.
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

    /// All of it parted by spaces, for SQLite and for ranking. No phrase reaches across the marks, from the names to the text.
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

    /// All of it as PostgreSQL writes a `tsvector`. Words and marks hold no quotation mark and no backslash.
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

/// Whether this part of an [`Indexed::text`] is no word but a mark.
pub(crate) fn is_mark(part: &str) -> bool {
    part.starts_with(|first: char| ('\u{E000}'..='\u{F8FF}').contains(&first))
}

/// The marks of what the reader may see and the filter allows: all of one of the lists are on each such message, and on no
/// other. A list that no message can have is left out.
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

    /// What the filter asks for; `None` when no message has it.
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

/// Two names never have the same mark. SQLite takes ASCII letters of either case as one, so capitals are written out.
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
