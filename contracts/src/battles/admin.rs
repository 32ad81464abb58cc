//! The bodies for operators.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use vocabulary::{Announcement, Severity, Timestamp};

use super::{
    client::{FromJson, checked_password},
    error::Refusal,
};
use crate::{fields::Fields, iso8601};

/// A room as an operator sees it.
#[derive(Clone, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminRoom {
    /// The room's id.
    #[schema(example = "K7MPQ2WX")]
    pub id: String,
    /// The name that its creator gave it.
    pub name: String,
    /// `waiting`, `playing` or `finished`.
    #[schema(example = "playing")]
    pub status: &'static str,
    /// Whether the lobby lists it.
    pub is_public: bool,
    /// Who sits there, in the order of the seats.
    pub players: Vec<AdminPlayer>,
    /// When it was made, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_u64)]
    pub created_at: u64,
    /// When it last changed, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_u64)]
    pub updated_at: u64,
}

/// Who sits in a room.
#[derive(Clone, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminPlayer {
    /// The account's id; guests and bots have one for this room.
    pub id: String,
    /// The name at the table.
    pub name: String,
    /// 0 to 3.
    pub seat: usize,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

/// An account as an operator sees it.
#[derive(Clone, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdminUser {
    /// A UUID.
    #[schema(example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The name to log in with.
    #[schema(example = "Ann_7")]
    pub username: String,
    /// The name that others see.
    #[schema(example = "Ann")]
    pub display_name: String,
    /// `user` or `admin`.
    #[schema(example = "user")]
    pub role: String,
    /// Whether it is shut out.
    pub blocked: bool,
    /// When the account was made, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_i64)]
    pub created_at: i64,
}

/// `POST /admin/users/{id}/password`. It can't be printed, as it holds a secret.
#[derive(ToSchema, JsonSchema)]
pub struct PasswordReset {
    /// The account's password from now on.
    #[schemars(length(min = 8, max = 128))]
    #[schema(min_length = 8, max_length = 128, format = Password)]
    pub password: String,
}

impl FromJson for PasswordReset {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self { password: checked_password("password", Fields::new(values).text("password")?)? })
    }
}

/// `POST /admin/broadcast`
#[derive(ToSchema, JsonSchema)]
pub struct Broadcast {
    /// What everybody is told; 1 to 500 characters after trimming.
    #[schemars(length(min = 1, max = 500), regex(pattern = r"\S"))]
    #[schema(min_length = 1, max_length = 500, pattern = r"\S", example = "New rules from Monday on")]
    pub message: String,
    /// How much it matters; `info` if it is left out.
    #[schemars(with = "Option<SeverityName>")]
    #[schema(value_type = Option<SeverityName>)]
    pub severity: Option<Severity>,
    /// Seconds for which the announcement is current and sent to new connections too. 3600 (an hour) if left out.
    #[serde(rename = "durationSeconds")]
    #[schemars(rename = "durationSeconds", range(min = 1, max = 604_800))]
    #[schema(minimum = 1, maximum = 604_800, example = 3_600)]
    pub duration_seconds: Option<u64>,
}

/// The words of a severity.
#[derive(ToSchema, JsonSchema)]
#[schema(as = Severity)]
#[schemars(rename = "Severity")]
#[serde(rename_all = "lowercase")]
pub enum SeverityName {
    /// Good to know.
    Info,
    /// Something will change for players.
    Warning,
    /// Something does not work.
    Error,
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
    /// The announcement, made at this moment.
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

/// The announcement that is current.
#[derive(Clone, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CurrentAnnouncement {
    /// For people.
    #[schema(example = "New rules from Monday on")]
    pub message: String,
    /// `info`, `warning` or `error`.
    #[schema(example = "info")]
    pub severity: &'static str,
    /// When it was made, in ISO 8601.
    #[schema(example = "2030-01-11T12:00:00.000Z")]
    pub announced_at: String,
    /// Until when it is current, in ISO 8601.
    #[schema(example = "2030-01-11T13:00:00.000Z")]
    pub ends_at: String,
}

impl From<Announcement> for CurrentAnnouncement {
    fn from(announcement: Announcement) -> Self {
        Self {
            severity: announcement.severity.as_str(),
            announced_at: iso8601::iso(announcement.at),
            ends_at: iso8601::iso(announcement.end()),
            message: announcement.message,
        }
    }
}

/// How many connections were reached.
#[derive(Clone, Copy, Serialize, ToSchema, JsonSchema)]
pub struct Reached {
    /// Open connections, of all contracts, that it was sent to.
    #[schema(example = 12)]
    pub reached: usize,
}
