//! Announcements and planned pauses: what operators send to every connection.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The severity of an announcement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information, without any effect.
    #[default]
    Info,
    /// Something will change for players.
    Warning,
    /// Something is not working.
    Error,
}

impl Severity {
    /// All severities, the lowest first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// Its name in every contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// An operator's message to every connection. New connections receive it too, as long as it is current.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Announcement {
    /// The text, 1 to [`Announcement::MAX_CHARS`] characters.
    pub message: String,
    /// The severity.
    pub severity: Severity,
    /// When it was made.
    pub at: Timestamp,
    /// How long it is current, unless it is withdrawn or replaced before.
    pub duration: Duration,
}

impl Announcement {
    /// The maximum length of a message, in characters.
    pub const MAX_CHARS: usize = 500;
    /// How long it is current by default: an hour.
    pub const DEFAULT_DURATION: Duration = Duration::from_secs(60 * 60);
    /// The longest that it can be current: a week.
    pub const MAX_DURATION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

    /// When it stops being current.
    pub fn end(&self) -> Timestamp {
        self.at + self.duration
    }
}

/// The kind of a pause.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Pause {
    /// The server keeps running, but new rooms are not possible.
    Maintenance,
    /// The server stops and stays down.
    Shutdown,
    /// The server stops and starts again.
    Restart,
}

impl Pause {
    /// All kinds of pause.
    pub const ALL: [Self; 3] = [Self::Maintenance, Self::Shutdown, Self::Restart];

    /// Its name in every contract.
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
    /// The kind of pause.
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

    /// Whether it has begun and not ended at this time.
    pub fn is_on(&self, now: Timestamp) -> bool {
        self.scheduled <= now && now < self.end()
    }
}

/// What operators send to every connection, encoded by each contract in its own form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bulletin {
    /// A new announcement.
    Announcement(Announcement),
    /// The announcement was withdrawn before its end.
    AnnouncementWithdrawn(Announcement),
    /// A pause is planned, or has begun.
    Maintenance(Maintenance),
    /// The pause has ended or was cancelled.
    MaintenanceOver(Maintenance),
}
