//! The bodies for pauses, and for the counts of the live log's messages.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use vocabulary::{LogKind, Maintenance, Pause, Timestamp};

use super::{client::FromJson, error::Refusal};
use crate::{
    fields::Fields,
    iso8601::{self, Moment},
};

/// The longest pause in seconds: a week.
const LONGEST: u64 = 7 * 24 * 60 * 60;

/// `POST /admin/maintenance`: plans a pause.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MaintenancePlan {
    /// The kind of pause.
    pub event: Pause,
    /// When it begins, in ISO 8601 with `Z` or an offset; now if left out.
    #[schemars(with = "Option<String>", extend("format" = "date-time"), example = &"2030-01-11T12:00:00.000Z")]
    pub scheduled_time: Option<Timestamp>,
    /// How long it takes, in seconds.
    #[schemars(range(min = 1, max = LONGEST), example = 600)]
    pub duration: u64,
}

impl FromJson for MaintenancePlan {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        let event = fields.word("event", &Pause::ALL.map(|event| (event.as_str(), event)))?;
        let scheduled_time = match fields.optional_text("scheduledTime")? {
            None => None,
            Some(text) => Some(iso8601::parse(text).ok_or_else(|| {
                let allowed = json!({ "format": "ISO 8601 with Z or an offset" });
                Refusal::out_of_range("scheduledTime", "is not a date and time", allowed)
            })?),
        };
        Ok(Self { event, scheduled_time, duration: fields.integer("duration", 1, LONGEST)? })
    }
}

impl MaintenancePlan {
    /// The pause, planned now.
    ///
    /// # Errors
    /// `VALIDATION_FAILED` for one that is over.
    pub fn pause(&self, now: Timestamp) -> Result<Maintenance, Refusal> {
        let scheduled = self.scheduled_time.unwrap_or(now);
        let pause = Maintenance { event: self.event, scheduled, duration: Duration::from_secs(self.duration) };
        if pause.end() <= now {
            let allowed = json!({ "after": iso8601::iso(now) });
            return Err(Refusal::out_of_range("scheduledTime", "is too early: the pause would be over", allowed));
        }
        Ok(pause)
    }
}

/// A planned pause.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannedMaintenance {
    /// The kind: `maintenance`, `shutdown` or `restart`.
    #[schemars(example = &"maintenance")]
    pub event: &'static str,
    /// When it begins, in ISO 8601.
    #[schemars(example = &"2030-01-11T12:00:00.000Z")]
    pub scheduled_time: Moment,
    /// How long it takes, in seconds.
    #[schemars(example = 600)]
    pub duration: u64,
    /// Whether it has begun, so that new rooms are refused.
    pub active: bool,
    /// The number of connections that were informed just now; null if none were.
    pub reached: Option<usize>,
}

impl PlannedMaintenance {
    /// Encodes a pause as it is at this time.
    pub fn of(pause: &Maintenance, now: Timestamp, reached: Option<usize>) -> Self {
        Self {
            event: pause.event.as_str(),
            scheduled_time: pause.scheduled.into(),
            duration: pause.duration.as_secs(),
            active: pause.is_on(now),
            reached,
        }
    }
}

/// `GET /admin/live-log/analytics`: how many messages the live log received.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogAnalytics {
    /// The beginning of the period, in ISO 8601.
    #[schemars(example = &"2030-01-11T12:00:00.000Z")]
    pub from: Moment,
    /// The end of the period, in ISO 8601.
    #[schemars(example = &"2030-01-11T13:00:00.000Z")]
    pub to: Moment,
    /// The number of messages of each type.
    pub totals: LogTotals,
    /// Every minute and type with messages, in order.
    pub minutes: Vec<LogMinute>,
}

/// Messages by type.
#[derive(Clone, Copy, Default, Serialize, JsonSchema)]
pub struct LogTotals {
    /// Public chat messages of people and bots.
    pub user: u64,
    /// Messages of the server.
    pub system: u64,
    /// Direct messages between two accounts.
    pub dm: u64,
    /// Messages about games against bots.
    pub raid: u64,
    /// Messages about rooms.
    pub party: u64,
    /// Messages about guilds.
    pub guild: u64,
}

/// The messages of one type in one minute.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogMinute {
    /// The beginning of the minute, in ISO 8601.
    #[schemars(example = &"2030-01-11T12:34:00.000Z")]
    pub minute: Moment,
    /// The type: `user`, `system`, `dm`, `raid`, `party` or `guild`.
    #[serde(rename = "type")]
    #[schemars(example = &"user")]
    pub kind: &'static str,
    /// The number of messages.
    #[schemars(example = 42)]
    pub count: u64,
}

impl LogAnalytics {
    /// Sums up counts: the index of a type, a minute and a number of messages.
    pub fn of(from: Timestamp, to: Timestamp, counts: impl IntoIterator<Item = (usize, Timestamp, u64)>) -> Self {
        let mut totals = LogTotals::default();
        let mut minutes = Vec::new();
        for (index, minute, count) in counts {
            let Some(kind) = LogKind::ALL.get(index) else { continue };
            *totals.of(*kind) += count;
            minutes.push(LogMinute { minute: minute.into(), kind: kind.as_str(), count });
        }
        Self { from: from.into(), to: to.into(), totals, minutes }
    }
}

impl LogTotals {
    const fn of(&mut self, kind: LogKind) -> &mut u64 {
        match kind {
            LogKind::User => &mut self.user,
            LogKind::System => &mut self.system,
            LogKind::Dm => &mut self.dm,
            LogKind::Raid => &mut self.raid,
            LogKind::Party => &mut self.party,
            LogKind::Guild => &mut self.guild,
        }
    }
}
