//! What operators tell everybody.

/// How much an announcement matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Severity {
    /// Good to know.
    #[default]
    Info,
    /// Something will change for players.
    Warning,
    /// Something does not work.
    Error,
}

impl Severity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The word for it in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A word of an operator to every connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Announcement {
    /// 1 to [`Announcement::MAX_CHARS`] characters.
    pub message: String,
    /// How much it matters.
    pub severity: Severity,
}

impl Announcement {
    /// The most characters of a message.
    pub const MAX_CHARS: usize = 500;
}
