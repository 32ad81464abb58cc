//! Announcements and planned pauses: what operators send to every connection.

use std::time::Duration;

use crate::Timestamp;

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

/// An operator's message to every connection. It is current from its beginning to its end: whoever connects in that time
/// receives it too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Announcement {
    /// 1 to [`Announcement::MAX_CHARS`] characters.
    pub message: String,
    /// How much it matters.
    pub severity: Severity,
    /// When it was made.
    pub at: Timestamp,
    /// For how long it is current, unless it is withdrawn or replaced before.
    pub duration: Duration,
}

impl Announcement {
    /// The most characters of a message.
    pub const MAX_CHARS: usize = 500;
    /// How long it is current if nobody says: an hour.
    pub const DEFAULT_DURATION: Duration = Duration::from_secs(60 * 60);
    /// The longest that it can be current: a week.
    pub const MAX_DURATION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

    /// When it stops being current.
    pub fn end(&self) -> Timestamp {
        self.at + self.duration
    }
}

/// What kind of pause is coming.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pause {
    /// The server stays and takes no new rooms.
    Maintenance,
    /// The server stops.
    Shutdown,
    /// The server stops and comes back.
    Restart,
}

impl Pause {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Maintenance, Self::Shutdown, Self::Restart];

    /// The word for it in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Maintenance => "maintenance",
            Self::Shutdown => "shutdown",
            Self::Restart => "restart",
        }
    }
}

/// A pause that operators have planned. From its beginning to its end there are no new rooms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Maintenance {
    /// What kind.
    pub event: Pause,
    /// When it begins.
    pub scheduled: Timestamp,
    /// How long it takes.
    pub duration: Duration,
}

impl Maintenance {
    /// When it ends.
    pub fn end(&self) -> Timestamp {
        self.scheduled + self.duration
    }

    /// Whether it is going on at this moment.
    pub fn is_on(&self, now: Timestamp) -> bool {
        self.scheduled <= now && now < self.end()
    }
}

/// What operators send to every connection, encoded by each contract in its own form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bulletin {
    /// A message.
    Announcement(Announcement),
    /// The message was withdrawn before its end.
    AnnouncementWithdrawn(Announcement),
    /// A pause is planned, or has begun.
    Maintenance(Maintenance),
    /// It is over, or was called off.
    MaintenanceOver(Maintenance),
}
