//! What services post to the log: the seed's fields of one type, without `id` and `timestamp`. They are decoded field
//! by field, so that an error names the field and unknown fields are rejected.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use vocabulary::{AccountId, LogKind, LogMessage, Severity};

use super::message::{
    Content, DirectMessage, GuildEvent, GuildFacts, GuildMessage, PartyEvent, PartyFacts, PartyMessage, RaidMessage,
    RaidParticipant, RaidStatus, SystemEvent, SystemFacts, SystemMessage, UserMessage, UserMetadata, compose,
};
use crate::{Malformed, fields::Fields, nul::refuse_nul, shapes::Line, text::parse};

/// The maximum length of an avatar's URL.
const URL_MAX_CHARS: usize = 2_048;
/// The largest free object, in bytes of compact JSON.
const OBJECT_MAX_BYTES: usize = 8 * 1024;
/// The most participants of a raid.
const MAX_PARTICIPANTS: usize = 64;
/// The largest whole number that every JSON parser reads exactly.
const MAX_WHOLE: u64 = 1 << 53;

/// Decodes a message of a service (`POST /api/v1/live-log/messages`).
///
/// # Errors
/// The wrong field. A direct message must be from one account to another, as nobody else could see it.
pub fn ingest(text: &str) -> Result<LogMessage, Malformed> {
    let message = parse(text)?;
    refuse_nul(&message, None)?;
    let fields = Fields::new(&message);
    let kind = fields.word("type", &LogKind::ALL.map(|kind| (kind.as_str(), kind)))?;
    only(&message, names(kind))?;
    let content = match kind {
        LogKind::User => Content::User(user(&fields)?),
        LogKind::System => Content::System(system(&fields)?),
        LogKind::Dm => Content::Dm(direct(&fields)?),
        LogKind::Raid => Content::Raid(raid(&fields)?),
        LogKind::Party => Content::Party(party(&fields)?),
        LogKind::Guild => Content::Guild(guild(&fields)?),
    };
    Ok(compose(content))
}

/// The fields of a type.
const fn names(kind: LogKind) -> &'static [&'static str] {
    match kind {
        LogKind::User => &["type", "user_id", "username", "user_avatar", "user_badge", "content", "metadata"],
        LogKind::System => &["type", "event", "data", "severity"],
        LogKind::Dm => &["type", "from_user_id", "from_username", "to_user_id", "content", "read"],
        LogKind::Raid => &[
            "type",
            "raid_id",
            "raid_name",
            "boss_name",
            "difficulty",
            "participants",
            "status",
            "health_percentage",
            "duration_seconds",
        ],
        LogKind::Party => &["type", "party_id", "leader_id", "leader_name", "member_count", "event", "event_data"],
        LogKind::Guild => &["type", "guild_id", "guild_name", "guild_level", "event", "event_data"],
    }
}

/// Rejects any other field.
fn only(message: &Map<String, Value>, known: &[&str]) -> Result<(), Malformed> {
    let Some(other) = message.keys().find(|field| !known.contains(&field.as_str())) else {
        return Ok(());
    };
    let problem = match other.as_str() {
        "id" | "timestamp" => "is set by the server",
        _ => "is not a field of this type of message",
    };
    Err(Malformed::OutOfRange {
        field: other.chars().take(Line::MAX_CHARS).collect(),
        problem: problem.to_owned(),
        allowed: Value::from(known.to_vec()),
    })
}

fn user(fields: &Fields<'_>) -> Result<UserMessage, Malformed> {
    Ok(UserMessage {
        user_id: text(fields, "user_id")?,
        username: text(fields, "username")?,
        user_avatar: optional(fields, "user_avatar", 0, URL_MAX_CHARS)?,
        user_badge: optional_text(fields, "user_badge")?,
        content: fields.said("content")?,
        metadata: match Free::read(fields, "metadata")? {
            None => UserMetadata::default(),
            Some(free) => UserMetadata {
                server: optional_text(&free.fields, "server")?,
                channel: optional_text(&free.fields, "channel")?,
                level: optional_count(&free.fields, "level")?,
                more: free.more(&["server", "channel", "level"]),
            },
        },
    })
}

fn system(fields: &Fields<'_>) -> Result<SystemMessage, Malformed> {
    let severities = Severity::ALL.map(|severity| (severity.as_str(), severity));
    Ok(SystemMessage {
        event: fields.word("event", SystemEvent::WORDS)?,
        data: match Free::read(fields, "data")? {
            None => SystemFacts::default(),
            Some(free) => SystemFacts {
                user_id: optional_text(&free.fields, "user_id")?,
                username: optional_text(&free.fields, "username")?,
                count_online: optional_count(&free.fields, "count_online")?,
                more: free.more(&["user_id", "username", "count_online"]),
            },
        },
        severity: fields.optional_word("severity", &severities)?.unwrap_or_default(),
    })
}

fn direct(fields: &Fields<'_>) -> Result<DirectMessage, Malformed> {
    Ok(DirectMessage {
        from_user_id: account(fields, "from_user_id")?,
        from_username: text(fields, "from_username")?,
        to_user_id: account(fields, "to_user_id")?,
        content: fields.said("content")?,
        read: fields.optional_flag("read")?.unwrap_or(false),
    })
}

/// An account's id in its standard form, as filters compare it.
fn account(fields: &Fields<'_>, field: &str) -> Result<String, Malformed> {
    let account: Result<AccountId, _> = fields.text(field)?.parse();
    account.map(|account| account.to_string()).map_err(|_| Malformed::OutOfRange {
        field: fields.path(field),
        problem: "is not the id of an account".to_owned(),
        allowed: json!({ "format": "uuid" }),
    })
}

fn raid(fields: &Fields<'_>) -> Result<RaidMessage, Malformed> {
    Ok(RaidMessage {
        raid_id: text(fields, "raid_id")?,
        raid_name: text(fields, "raid_name")?,
        boss_name: text(fields, "boss_name")?,
        difficulty: text(fields, "difficulty")?,
        participants: participants(fields)?,
        status: fields.word("status", RaidStatus::WORDS)?,
        // The cast can't fail: the number is at most 100.
        health_percentage: u8::try_from(fields.integer("health_percentage", 0, 100)?).unwrap_or(100),
        duration_seconds: fields.integer("duration_seconds", 0, MAX_WHOLE)?,
    })
}

fn participants(fields: &Fields<'_>) -> Result<Vec<RaidParticipant>, Malformed> {
    let listed = fields.list("participants")?;
    if listed.len() > MAX_PARTICIPANTS {
        return Err(Malformed::OutOfRange {
            field: "participants".to_owned(),
            problem: format!("has more than {MAX_PARTICIPANTS} entries"),
            allowed: json!({ "max_items": MAX_PARTICIPANTS }),
        });
    }
    let read = |(place, listed): (usize, &Value)| {
        let place = format!("participants.{place}");
        let values = listed.as_object().ok_or_else(|| fields.wrong_type(&place, "object", listed))?;
        let fields = Fields::below(values, format!("{place}."));
        let known = ["user_id", "username", "role", "class"];
        if let Some(other) = values.keys().find(|field| !known.contains(&field.as_str())) {
            return Err(Malformed::OutOfRange {
                field: fields.path(&other.chars().take(Line::MAX_CHARS).collect::<String>()),
                problem: "is not a field of a participant".to_owned(),
                allowed: Value::from(known.to_vec()),
            });
        }
        Ok(RaidParticipant {
            user_id: text(&fields, "user_id")?,
            username: text(&fields, "username")?,
            role: text(&fields, "role")?,
            class: text(&fields, "class")?,
        })
    };
    listed.iter().enumerate().map(read).collect()
}

fn party(fields: &Fields<'_>) -> Result<PartyMessage, Malformed> {
    Ok(PartyMessage {
        party_id: text(fields, "party_id")?,
        leader_id: text(fields, "leader_id")?,
        leader_name: text(fields, "leader_name")?,
        member_count: count(fields, "member_count")?,
        event: fields.word("event", PartyEvent::WORDS)?,
        event_data: match Free::read(fields, "event_data")? {
            None => PartyFacts::default(),
            Some(free) => PartyFacts {
                member_id: optional_text(&free.fields, "member_id")?,
                member_name: optional_text(&free.fields, "member_name")?,
                more: free.more(&["member_id", "member_name"]),
            },
        },
    })
}

fn guild(fields: &Fields<'_>) -> Result<GuildMessage, Malformed> {
    Ok(GuildMessage {
        guild_id: text(fields, "guild_id")?,
        guild_name: text(fields, "guild_name")?,
        guild_level: count(fields, "guild_level")?,
        event: fields.word("event", GuildEvent::WORDS)?,
        event_data: match Free::read(fields, "event_data")? {
            None => GuildFacts::default(),
            Some(free) => GuildFacts {
                territory: optional_text(&free.fields, "territory")?,
                points_earned: free.fields.optional_integer("points_earned", 0, MAX_WHOLE)?,
                rank_change: optional_text(&free.fields, "rank_change")?,
                more: free.more(&["territory", "points_earned", "rank_change"]),
            },
        },
    })
}

/// An object that may have any fields beside the known ones.
struct Free<'a> {
    values: &'a Map<String, Value>,
    fields: Fields<'a>,
}

impl<'a> Free<'a> {
    fn read(fields: &Fields<'a>, field: &str) -> Result<Option<Self>, Malformed> {
        let Some(value) = fields.get(field) else {
            return Ok(None);
        };
        let values = value.as_object().ok_or_else(|| fields.wrong_type(field, "object", value))?;
        if value.to_string().len() > OBJECT_MAX_BYTES {
            return Err(Malformed::OutOfRange {
                field: fields.path(field),
                problem: format!("is larger than {OBJECT_MAX_BYTES} bytes"),
                allowed: json!({ "max_bytes": OBJECT_MAX_BYTES }),
            });
        }
        Ok(Some(Self { values, fields: Fields::below(values, format!("{}.", fields.path(field))) }))
    }

    /// All fields but these.
    fn more(&self, known: &[&str]) -> BTreeMap<String, Value> {
        let others = self.values.iter().filter(|(field, _)| !known.contains(&field.as_str()));
        others.map(|(field, value)| (field.clone(), value.clone())).collect()
    }
}

/// A required id, name or other short text.
fn text(fields: &Fields<'_>, field: &str) -> Result<String, Malformed> {
    bounded(fields, field, fields.text(field)?, 1, Line::MAX_CHARS)
}

fn optional_text(fields: &Fields<'_>, field: &str) -> Result<Option<String>, Malformed> {
    optional(fields, field, 1, Line::MAX_CHARS)
}

fn optional(fields: &Fields<'_>, field: &str, min: usize, max: usize) -> Result<Option<String>, Malformed> {
    fields.optional_text(field)?.map(|text| bounded(fields, field, text, min, max)).transpose()
}

fn bounded(fields: &Fields<'_>, field: &str, text: &str, min: usize, max: usize) -> Result<String, Malformed> {
    let problem = if !(min..=max).contains(&text.chars().count()) {
        format!("does not have {min} to {max} characters")
    } else if text.chars().any(char::is_control) {
        "holds a control character".to_owned()
    } else {
        return Ok(text.to_owned());
    };
    let allowed = json!({ "min_length": min, "max_length": max, "control_characters": false });
    Err(Malformed::OutOfRange { field: fields.path(field), problem, allowed })
}

fn count(fields: &Fields<'_>, field: &str) -> Result<u32, Malformed> {
    // The cast can't fail: the range was checked.
    Ok(u32::try_from(fields.integer(field, 0, u64::from(u32::MAX))?).unwrap_or(u32::MAX))
}

fn optional_count(fields: &Fields<'_>, field: &str) -> Result<Option<u32>, Malformed> {
    let count = fields.optional_integer(field, 0, u64::from(u32::MAX))?;
    Ok(count.map(|count| u32::try_from(count).unwrap_or(u32::MAX)))
}
