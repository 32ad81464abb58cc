//! Error codes as tables, and refusals as rows of them.

use std::borrow::Cow;

use serde_json::{Value, json};

/// Declares the refusals of a contract as one table with a row for each: its name here, its code on the wire, what goes with
/// the code in this contract (such as an HTTP status), and the text. Several rows may share a code. The text, without its
/// full stop, is the message for people and the description in the schemas; doc comments on a row add to the latter.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident($attribute:ident: $type:ty) {
            $($(#[$note:meta])* $variant:ident, $code:tt, $value:expr, $text:literal;)+
        }
    ) => {
        $crate::codes::codes! {
            $(#[$meta])*
            $visibility enum $name {
                $($(#[$note])* $variant, $code, $text;)+
            }
        }

        impl $name {
            #[doc = concat!("The ", stringify!($attribute), " that goes with the code.")]
            #[must_use]
            $visibility const fn $attribute(self) -> $type {
                match self {
                    $(Self::$variant => $value,)+
                }
            }
        }
    };
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$note:meta])* $variant:ident, $code:tt, $text:literal;)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
        $visibility enum $name {
            $(#[doc = concat!($text, ".")] $(#[$note])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every row, in the order of the table.
            $visibility const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            /// The code on the wire.
            #[must_use]
            $visibility const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The text for people, unless a refusal has a more exact one.
            #[must_use]
            $visibility const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl $crate::codes::Row for $name {
            fn text(self) -> &'static str {
                self.text()
            }
        }
    };
}
pub(crate) use codes;

/// A row of a contract's table.
pub(crate) trait Row: Copy {
    /// The text for people.
    fn text(self) -> &'static str;

    /// A refusal that needs no facts.
    fn alone(self) -> Refused<Self> {
        self.with(json!({}))
    }

    /// A refusal with its facts, an object.
    fn with(self, details: Value) -> Refused<Self> {
        self.because(self.text(), details)
    }

    /// A refusal with a more exact text than the row's.
    fn because(self, text: impl Into<Cow<'static, str>>, details: Value) -> Refused<Self> {
        Refused { row: self, text: text.into(), details }
    }
}

/// A refusal, before it is encoded.
#[derive(Debug)]
pub(crate) struct Refused<R> {
    pub(crate) row: R,
    pub(crate) text: Cow<'static, str>,
    /// An object; empty if there are no facts.
    pub(crate) details: Value,
}

/// The codes of these rows, each once, in the order of the table.
pub(crate) fn wire_codes(rows: impl IntoIterator<Item = &'static str>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for code in rows {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}
