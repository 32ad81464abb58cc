//! Names of players and rooms.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// A name that a person chose for themselves or for a room: 1 to 50 characters after trimming, no control characters
/// (contract *game*, `join_room`). Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(Arc<str>);

/// Why a text is no [`Name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// Nothing is left after trimming.
    #[error("is empty")]
    Empty,
    /// Longer than [`Name::MAX_CHARS`].
    #[error("has {chars} characters, at most {max} are allowed", max = Name::MAX_CHARS)]
    TooLong {
        /// How many characters it has.
        chars: usize,
    },
    /// It holds a control character, or one that turns the direction of the text around it.
    #[error("holds a control character")]
    ControlCharacter,
}

impl Name {
    /// The most characters of a name.
    pub const MAX_CHARS: usize = 50;

    /// Trims the text and checks it.
    ///
    /// # Errors
    /// [`InvalidName`] says which condition fails.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        let text = text.trim();
        let chars = text.chars().count();
        match chars {
            0 => Err(InvalidName::Empty),
            _ if text.chars().any(is_forbidden) => Err(InvalidName::ControlCharacter),
            _ if chars > Self::MAX_CHARS => Err(InvalidName::TooLong { chars }),
            _ => Ok(Self(text.into())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and the invisible ones that reorder or hide text: with them one name could look like another.
fn is_forbidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

impl TryFrom<String> for Name {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        Self::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.as_str().to_owned()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed() {
        assert_eq!(Name::parse("  Ann \t").unwrap().as_str(), "Ann");
    }

    #[test]
    fn fifty_characters_fit_and_fifty_one_do_not() {
        assert!(Name::parse(&"象".repeat(50)).is_ok());
        assert_eq!(Name::parse(&"象".repeat(51)), Err(InvalidName::TooLong { chars: 51 }));
    }

    #[test]
    fn nothing_and_control_characters_are_no_names() {
        assert_eq!(Name::parse("  \n "), Err(InvalidName::Empty));
        for text in ["a\nb", "a\u{0}b", "a\u{202E}b", "\u{200B}Ann"] {
            assert_eq!(Name::parse(text), Err(InvalidName::ControlCharacter), "{text:?}");
        }
    }
}
