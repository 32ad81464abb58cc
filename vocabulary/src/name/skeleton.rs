//! What a name looks like, for comparing: the skeleton of UTS #39 without the difference between capital and small
//! letters. Two names with one skeleton can be taken for each other.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection;

/// The end of every bot's name.
pub(super) const BOT_SUFFIX: &str = "(bot)";
/// Names that nobody may take, in any way of writing them.
pub(super) const RESERVED: [&str; 4] = ["system", "server", "admin", "moderator"];

/// What a name looks like. It is for comparing alone, never to be shown.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Skeleton(String);

impl Skeleton {
    /// Of any text.
    pub fn of(text: &str) -> Self {
        let plain: String = text.nfkc().collect();
        // As it is written: `AIice` with a capital i looks like `Alice`. What is left of the case comes after that.
        let seen: String = confusable_detection::skeleton(&plain).flat_map(char::to_lowercase).collect();
        // In small letters some look alike that did not before, `i` and `l` above all: `IAN` is `ian`, and looks like `lan`.
        let small: String =
            confusable_detection::skeleton(&seen).map(|sign| if sign == 'i' { 'l' } else { sign }).collect();
        let words: Vec<&str> = small.split_whitespace().collect();
        Self(words.join(" "))
    }

    /// The text, to be kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn is_of_bot(&self) -> bool {
        self.0.ends_with(Self::of(BOT_SUFFIX).as_str())
    }

    /// A person must not be taken for a bot either: without the end of a bot's name.
    pub(super) fn beside_bots(&self) -> &str {
        self.0.strip_suffix(Self::of(BOT_SUFFIX).as_str()).map_or(&self.0, str::trim_end)
    }
}

impl fmt::Display for Skeleton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
