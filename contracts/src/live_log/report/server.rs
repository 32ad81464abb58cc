//! Pauses, failures and the news of guilds.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;
use vocabulary::{Bulletin, LogMessage, Maintenance, Severity, Timestamp};

use super::more;
use crate::{
    iso8601::iso,
    live_log::message::{
        Content, GuildEvent, GuildFacts, GuildMessage, SystemEvent, SystemFacts, SystemMessage, compose, compose_as,
    },
};

/// Encodes a planned pause, or its end. `None` for an announcement: the seed has no event for it, so it goes to every
/// connection and is not a message of the log.
pub fn maintenance(bulletin: &Bulletin) -> Option<LogMessage> {
    let (pause, ended) = match bulletin {
        Bulletin::Announcement(_) | Bulletin::AnnouncementWithdrawn(_) => return None,
        Bulletin::Maintenance(pause) => (pause, false),
        Bulletin::MaintenanceOver(pause) => (pause, true),
    };
    let Maintenance { event, scheduled, duration } = *pause;
    let more = more([
        ("event", Value::from(event.as_str())),
        ("scheduled_time", Value::from(iso(scheduled))),
        ("duration", Value::from(duration.as_secs())),
        ("ended", Value::from(ended)),
    ]);
    let severity = if ended { Severity::Info } else { Severity::Warning };
    Some(system(SystemEvent::ServerMaintenance, more, severity))
}

/// Encodes a failure of the server; `message` is public.
pub fn failed(message: &str) -> LogMessage {
    system(SystemEvent::Error, more([("message", Value::from(message))]), Severity::Error)
}

fn system(event: SystemEvent, more: BTreeMap<String, Value>, severity: Severity) -> LogMessage {
    let data = SystemFacts { more, ..SystemFacts::default() };
    compose(Content::System(SystemMessage { event, data, severity }))
}

/// An entry in the news of a guild, as the database stores it.
#[derive(Clone, Copy, Debug)]
pub struct GuildNews<'a> {
    /// The entry's number.
    pub id: i64,
    /// When it happened.
    pub at: Timestamp,
    /// The guild's id.
    pub guild: &'a str,
    /// The guild's name.
    pub name: &'a str,
    /// The guild's level.
    pub level: u32,
    /// The contract's name of the event.
    pub event: &'a str,
    /// A JSON object with the data of the event.
    pub data: &'a str,
}

/// Encodes an entry. The message's id is derived from the entry's number and time, so that an entry that is reported
/// twice is one message. `None` for an event that the contract does not have.
pub fn guild(news: &GuildNews<'_>) -> Option<LogMessage> {
    let content = GuildMessage {
        guild_id: news.guild.to_owned(),
        guild_name: news.name.to_owned(),
        guild_level: news.level,
        event: GuildEvent::of_word(news.event)?,
        event_data: event_data(news.data),
    };
    Some(compose_as(Content::Guild(content), stable_id(news), news.at))
}

/// The data of an event; fields of the wrong type are left out.
fn event_data(data: &str) -> GuildFacts {
    let mut more: BTreeMap<String, Value> = serde_json::from_str(data).unwrap_or_default();
    let mut text = |field| match more.remove(field) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let (territory, rank_change) = (text("territory"), text("rank_change"));
    let points_earned = more.remove("points_earned").and_then(|points| points.as_u64());
    GuildFacts { territory, points_earned, rank_change, more }
}

fn stable_id(news: &GuildNews<'_>) -> Uuid {
    let mut rest = [0; 10];
    rest[2..].copy_from_slice(&news.id.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(news.at.0, &rest).into_uuid()
}
