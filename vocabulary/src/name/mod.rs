//! Names of players, rooms and guilds.

mod letters;
mod skeleton;

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use self::skeleton::RESERVED;
pub use self::skeleton::Skeleton;

/// A name that a person chose for themselves, a room or a guild: 1 to 50 visible characters after trimming, in Unicode's
/// normal form NFC (contract *game*, `join_room`). Cheap to clone.
///
/// A name is checked once, when it is chosen ([`parse`](Self::parse)). One that was kept since then is not checked again
/// ([`stored`](Self::stored)): it stays its owner's when the rules become stricter.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Name(Arc<str>);

/// Why a text is not a valid [`Name`].
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
    /// It holds a control character, an invisible one, or one that turns the direction of the text around it.
    #[error("holds a control character or an invisible one")]
    InvisibleCharacter,
    /// More marks above and below one letter than any script needs, or a mark without a letter.
    #[error("has too many marks on one letter, or a mark without a letter")]
    TooManyMarks,
    /// It looks like the name of the server or of an operator.
    #[error("is reserved for the server and its operators")]
    Reserved,
    /// It ends as the names of bots do.
    #[error("is reserved for bots")]
    OfABot,
}

impl Name {
    /// The most characters of a name.
    pub const MAX_CHARS: usize = 50;
    /// The end of every bot's name.
    pub const BOT_SUFFIX: &'static str = skeleton::BOT_SUFFIX;

    /// Trims the text, normalises it to NFC and checks it.
    ///
    /// # Errors
    /// [`InvalidName`] says which condition fails.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        let text = text.trim();
        // Normalising may make a text longer, at most three times; a long one is refused before it costs anything.
        let chars = text.chars().count();
        if chars > 3 * Self::MAX_CHARS {
            return Err(InvalidName::TooLong { chars });
        }
        let signs: Vec<char> = text.nfc().collect();
        match signs.len() {
            0 => Err(InvalidName::Empty),
            _ if !letters::are_visible(&signs) => Err(InvalidName::InvisibleCharacter),
            _ if !letters::have_few_marks(&signs) => Err(InvalidName::TooManyMarks),
            chars if chars > Self::MAX_CHARS => Err(InvalidName::TooLong { chars }),
            _ => Ok(Self(signs.into_iter().collect::<String>().into())),
        }
    }

    /// The same for the name of a person, who may not pass for the server, an operator or a bot.
    ///
    /// # Errors
    /// [`InvalidName`] says which condition fails.
    pub fn of_person(text: &str) -> Result<Self, InvalidName> {
        let name = Self::parse(text)?;
        let skeleton = name.skeleton();
        if RESERVED.iter().any(|reserved| skeleton == Skeleton::of(reserved)) {
            return Err(InvalidName::Reserved);
        }
        if skeleton.is_of_bot() { Err(InvalidName::OfABot) } else { Ok(name) }
    }

    /// A name that was checked when it was chosen, by whatever rules held then.
    pub fn stored(text: &str) -> Self {
        Self(text.into())
    }

    /// Whether a client that sends this text means this name: blanks around it and the way its letters are composed do not
    /// count.
    pub fn is_meant_by(&self, text: &str) -> bool {
        let text = text.trim();
        *self.0 == *text || self.0.nfc().eq(text.nfc())
    }

    /// Whether people could take one for the other; then they can't be in one room.
    pub fn resembles(&self, other: &Self) -> bool {
        self == other
            || self.folded() == other.folded()
            || self.skeleton().beside_bots() == other.skeleton().beside_bots()
    }

    /// What it looks like.
    pub fn skeleton(&self) -> Skeleton {
        Skeleton::of(&self.0)
    }

    /// Without the difference between capital and small letters, and between forms of one character.
    fn folded(&self) -> String {
        self.0.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::stored(&text)
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

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn a_name_is_trimmed_and_composed() {
        assert_eq!(name("  Ann \t").as_str(), "Ann");
        assert_eq!(name("Zoe\u{301}").as_str(), "Zo\u{e9}");
        assert!(name("Zo\u{e9}").is_meant_by(" Zoe\u{301} ") && !name("Zo\u{e9}").is_meant_by("Zoe"));
    }

    #[test]
    fn fifty_characters_fit_and_fifty_one_do_not() {
        assert!(Name::parse(&"象".repeat(50)).is_ok());
        assert_eq!(Name::parse(&"象".repeat(51)), Err(InvalidName::TooLong { chars: 51 }));
        assert_eq!(Name::parse(&"x".repeat(1_000)), Err(InvalidName::TooLong { chars: 1_000 }));
    }

    #[test]
    fn nothing_and_invisible_characters_are_not_valid_names() {
        for text in ["", "  \n ", "\u{3000}"] {
            assert_eq!(Name::parse(text), Err(InvalidName::Empty), "{text:?}");
        }
        // Controls, bidirectional ones, fillers, joiners without anything to join, tags, a blank Braille cell, odd spaces.
        for sign in "\n\0\u{7f}\u{ad}\u{61c}\u{34f}\u{115f}\u{1160}\u{17b4}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\
            \u{202a}\u{202e}\u{2060}\u{2061}\u{2066}\u{2069}\u{206a}\u{2800}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1d159}\u{e0041}\
            \u{e0100}\u{a0}\u{2003}\u{e000}\u{ffff}"
            .chars()
        {
            for text in [format!("a{sign}b"), format!("{sign}a"), format!("a{sign}")] {
                let trimmed = sign.is_whitespace() && text.trim() == "a";
                assert_eq!(Name::parse(&text).is_err(), !trimmed, "{text:?}");
            }
        }
    }

    #[test]
    fn scripts_and_emoji_that_need_joiners_keep_them() {
        for text in [
            "می\u{200c}خواهم",
            "ශ්\u{200d}රී",
            "क्\u{200d}ष",
            "👩\u{200d}🚀",
            "👩🏽\u{200d}🚀",
            "❤\u{fe0f}\u{200d}🔥",
            "1\u{fe0f}\u{20e3}",
            "Ann 🀄",
        ] {
            assert_eq!(Name::parse(text).as_ref().map(Name::as_str), Ok(text), "{text:?}");
        }
        for text in ["a\u{200d}b", "ا\u{200c}ب", "👩\u{200d}a", "a\u{fe0f}", "1\u{fe0f}"] {
            assert_eq!(Name::parse(text), Err(InvalidName::InvisibleCharacter), "{text:?}");
        }
    }

    #[test]
    fn a_letter_carries_a_few_marks_and_not_a_tower_of_them() {
        for text in ["Nguyễn Thị Hường", "น้ำผึ้ง", "שָׁלוֹם", "မြန်မာ", "हिन्दी"]
        {
            assert!(Name::parse(text).is_ok(), "{text}");
        }
        for text in [format!("Z{}", "\u{30d}".repeat(5)), "\u{301}a".to_owned()] {
            assert_eq!(Name::parse(&text), Err(InvalidName::TooManyMarks), "{text:?}");
        }
    }

    #[test]
    fn names_that_look_alike_resemble_each_other() {
        for (one, other) in [
            ("Ann", "ANN"),
            ("Ann", "Аnn"),
            ("Ann", "Ａｎｎ"),
            ("AIice", "Alice"),
            ("paypaI", "PAYPAL"),
            ("νικος", "ΝΙΚΟΣ"),
            ("Straße", "STRASSE"),
            ("Ann  Lee", "Ann Lee"),
            ("Bob0", "BobO"),
            ("Niran", "Niran (bot)"),
        ] {
            assert!(name(one).resembles(&name(other)) && name(other).resembles(&name(one)), "{one} {other}");
        }
        for (one, other) in
            [("Ann", "Anna"), ("Ann", "Änn"), ("Mali (bot)", "Mali 2 (bot)"), ("象", "馬"), ("🀄", "🎲")]
        {
            assert!(!name(one).resembles(&name(other)), "{one} {other}");
        }
    }

    #[test]
    fn a_person_does_not_pass_for_the_server_or_a_bot() {
        for text in ["system", "Server", "ADMIN", "аdmin", "Ａdmin", "m0derator", "adm1n"] {
            assert_eq!(Name::of_person(text), Err(InvalidName::Reserved), "{text}");
            assert!(Name::parse(text).is_ok(), "a room may be called so");
        }
        for text in ["Niran (bot)", "x（BOT）", "Mali(b0t)", "(bot)"] {
            assert_eq!(Name::of_person(text), Err(InvalidName::OfABot), "{text}");
        }
        for text in ["Systema", "Admiral", "botany", "Robot"] {
            assert!(Name::of_person(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_name_that_was_kept_is_not_checked_again() {
        let old = "a\u{200b}b";
        assert!(Name::parse(old).is_err());
        assert_eq!(Name::from(old.to_owned()).as_str(), old);
        assert!(Name::stored(old).is_meant_by(old));
    }
}
