//! The bodies of the operators' requests.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use vocabulary::{Announcement, Severity, Timestamp};

use super::{
    client::{FromJson, NewPassword, checked_password},
    error::Refusal,
};
use crate::{fields::Fields, iso8601::Moment};

/// A room, as operators see it.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminRoom {
    /// The room's id.
    #[schemars(example = &"K7MPQ2WX")]
    pub id: String,
    /// The name that its creator chose.
    pub name: String,
    /// The stage: `waiting`, `playing` or `finished`.
    #[schemars(example = &"playing")]
    pub status: &'static str,
    /// Whether the lobby lists the room.
    pub is_public: bool,
    /// The players in the order of the seats.
    pub players: Vec<AdminPlayer>,
    /// When it was created, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_u64)]
    pub created_at: u64,
    /// When it last changed, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_u64)]
    pub updated_at: u64,
}

/// A player in a room.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminPlayer {
    /// The account's id; for guests and bots an id in this room.
    pub id: String,
    /// The player's name in the room.
    pub name: String,
    /// The seat, 0 to 3.
    pub seat: usize,
    /// Whether the seat belongs to a bot.
    pub is_bot: bool,
}

/// An account, as operators see it.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminUser {
    /// The account's id, a UUID.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The username, for logging in.
    #[schemars(example = &"Ann_7")]
    pub username: String,
    /// The display name, which others see.
    #[schemars(example = &"Ann")]
    pub display_name: String,
    /// The role: `user` or `admin`.
    #[schemars(example = &"user")]
    pub role: String,
    /// Whether an operator has blocked the account.
    pub blocked: bool,
    /// When the account was created, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub created_at: i64,
}

/// `POST /admin/users/{id}/password`: a new password. It has no `Debug`, as it holds a secret.
#[derive(JsonSchema)]
pub struct PasswordReset {
    /// The account's new password.
    #[schemars(with = "NewPassword")]
    pub password: String,
}

impl FromJson for PasswordReset {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self { password: checked_password("password", Fields::new(values).text("password")?)? })
    }
}

/// `POST /admin/broadcast`: a new announcement.
#[derive(JsonSchema)]
pub struct Broadcast {
    /// The announcement, 1 to 500 characters after trimming.
    #[schemars(length(min = 1, max = Announcement::MAX_CHARS), regex(pattern = r"\S"), example = &"New rules from Monday on")]
    pub message: String,
    /// The severity; `info` if left out.
    pub severity: Option<Severity>,
    /// The seconds for which the announcement is current, and is sent to new connections too; 3600 (an hour) if left
    /// out.
    #[schemars(
        rename = "durationSeconds",
        range(min = 1, max = Announcement::MAX_DURATION.as_secs()),
        example = 3_600
    )]
    pub duration_seconds: Option<u64>,
}

impl FromJson for Broadcast {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        let message = fields.text("message")?.trim();
        if !(1..=Announcement::MAX_CHARS).contains(&message.chars().count()) {
            let allowed = json!({ "min_length": 1, "max_length": Announcement::MAX_CHARS });
            return Err(Refusal::out_of_range("message", "does not have 1 to 500 characters", allowed));
        }
        let severity =
            fields.optional_word("severity", &Severity::ALL.map(|severity| (severity.as_str(), severity)))?;
        let longest = Announcement::MAX_DURATION.as_secs();
        let duration_seconds = fields.optional_integer("durationSeconds", 1, longest)?;
        Ok(Self { message: message.to_owned(), severity, duration_seconds })
    }
}

impl Broadcast {
    /// The announcement, made at the given time.
    #[must_use]
    pub fn announcement(self, at: Timestamp) -> Announcement {
        Announcement {
            message: self.message,
            severity: self.severity.unwrap_or_default(),
            at,
            duration: self.duration_seconds.map_or(Announcement::DEFAULT_DURATION, Duration::from_secs),
        }
    }
}

/// The current announcement.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CurrentAnnouncement {
    /// The text for people.
    #[schemars(example = &"New rules from Monday on")]
    pub message: String,
    /// The severity: `info`, `warning` or `error`.
    #[schemars(example = &"info")]
    pub severity: &'static str,
    /// When it was made, in ISO 8601.
    #[schemars(example = &"2030-01-11T12:00:00.000Z")]
    pub announced_at: Moment,
    /// Until when it is current, in ISO 8601.
    #[schemars(example = &"2030-01-11T13:00:00.000Z")]
    pub ends_at: Moment,
}

impl From<Announcement> for CurrentAnnouncement {
    fn from(announcement: Announcement) -> Self {
        Self {
            severity: announcement.severity.as_str(),
            announced_at: announcement.at.into(),
            ends_at: announcement.end().into(),
            message: announcement.message,
        }
    }
}

/// How many connections received the announcement.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct Reached {
    /// The open connections of all contracts to which it was sent.
    #[schemars(example = 12)]
    pub reached: usize,
}
