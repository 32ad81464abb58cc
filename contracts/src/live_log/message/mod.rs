//! The messages of the live log, of six types (seed, "Message Types").

mod facts;
mod group;
mod spoken;
mod system;
mod words;

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;
pub use vocabulary::LogKind as MessageType;
use vocabulary::{LogKind, LogMessage, Timestamp, clock};

use self::facts::Facts;
pub use self::{
    group::{GuildFacts, GuildMessage, PartyFacts, PartyMessage, RaidMessage, RaidParticipant},
    spoken::{DirectMessage, UserMessage, UserMetadata},
    system::{SystemFacts, SystemMessage},
    words::{GuildEvent, PartyEvent, RaidStatus, SystemEvent},
};
use crate::iso8601::{Moment, iso};

/// A message without its id and its time: what a service may post.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(rename = "LogMessageRequest", transform = close_and_allow_null)]
pub enum Content {
    /// A public chat message of a person or a bot.
    User(UserMessage),
    /// A message of the server.
    System(SystemMessage),
    /// A direct message between two accounts.
    Dm(DirectMessage),
    /// A game of people against bots.
    Raid(RaidMessage),
    /// An event of a room.
    Party(PartyMessage),
    /// An event of a guild.
    Guild(GuildMessage),
}

/// A message of a service has the fields of its type and no others; null is the same as a field that is left out.
fn close_and_allow_null(schema: &mut Schema) {
    for kind in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        kind["additionalProperties"] = Value::Bool(false);
        let required = kind["required"].take();
        let is_optional = |field: &String| required.as_array().is_some_and(|all| all.iter().all(|name| name != field));
        let fields = kind["properties"].as_object_mut().into_iter().flatten();
        for (_, field) in fields.filter(|(name, _)| is_optional(name)) {
            allow_null(field);
        }
        kind["required"] = required;
    }
}

fn allow_null(field: &mut Value) {
    if field["type"].is_string() {
        field["type"] = json!([field["type"], "null"]);
    } else if let Some(other) = field.as_object_mut().and_then(|field| field.remove("$ref")) {
        field["anyOf"] = json!([{ "$ref": other }, { "type": "null" }]);
    }
}

/// A message with its id and its time, as the log stores and sends it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct Logged<T> {
    /// The type's prefix and a UUID: `msg_…`, `sys_…`, `dm_…`, `raid_…`, `party_…`, `guild_…`.
    #[schemars(example = &"msg_01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// When it was made, in UTC with milliseconds.
    #[schemars(with = "Moment", example = &"2025-12-03T12:00:00.000Z")]
    pub timestamp: String,
    /// The message itself.
    #[serde(flatten)]
    pub content: T,
}

/// A message of the log, of any type.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(rename = "LogMessage")]
pub enum Message {
    /// A public chat message of a person or a bot.
    User(Logged<UserMessage>),
    /// A message of the server.
    System(Logged<SystemMessage>),
    /// A direct message between two accounts.
    Dm(Logged<DirectMessage>),
    /// A game of people against bots.
    Raid(Logged<RaidMessage>),
    /// An event of a room.
    Party(Logged<PartyMessage>),
    /// An event of a guild.
    Guild(Logged<GuildMessage>),
}

impl Content {
    /// The message's type.
    pub const fn kind(&self) -> LogKind {
        match self {
            Self::User(_) => LogKind::User,
            Self::System(_) => LogKind::System,
            Self::Dm(_) => LogKind::Dm,
            Self::Raid(_) => LogKind::Raid,
            Self::Party(_) => LogKind::Party,
            Self::Guild(_) => LogKind::Guild,
        }
    }

    fn facts(&self) -> Facts {
        match self {
            Self::User(message) => message.facts(),
            Self::System(message) => message.facts(),
            Self::Dm(message) => message.facts(),
            Self::Raid(message) => message.facts(),
            Self::Party(message) => message.facts(),
            Self::Guild(message) => message.facts(),
        }
    }

    fn logged(self, id: String, timestamp: String) -> Message {
        match self {
            Self::User(content) => Message::User(Logged { id, timestamp, content }),
            Self::System(content) => Message::System(Logged { id, timestamp, content }),
            Self::Dm(content) => Message::Dm(Logged { id, timestamp, content }),
            Self::Raid(content) => Message::Raid(Logged { id, timestamp, content }),
            Self::Party(content) => Message::Party(Logged { id, timestamp, content }),
            Self::Guild(content) => Message::Guild(Logged { id, timestamp, content }),
        }
    }
}

/// The prefix of the ids of a type.
const fn prefix(kind: LogKind) -> &'static str {
    match kind {
        LogKind::User => "msg",
        LogKind::System => "sys",
        LogKind::Dm => "dm",
        LogKind::Raid => "raid",
        LogKind::Party => "party",
        LogKind::Guild => "guild",
    }
}

/// Composes a message with a new id and the current time. Everybody may see it, except for a direct message.
pub fn compose(content: Content) -> LogMessage {
    let (id, at) = clock::stamp();
    compose_as(content, id, at)
}

/// Composes a message with the id and the time of what it reports, so that what is reported twice is one message.
pub(crate) fn compose_as(content: Content, id: Uuid, at: Timestamp) -> LogMessage {
    let (kind, facts) = (content.kind(), content.facts());
    let id = format!("{}_{id}", prefix(kind));
    let message = content.logged(id.clone(), iso(at));
    LogMessage {
        id,
        kind,
        at,
        names: facts.names(),
        content: facts.texts(),
        users: facts.users,
        channel: facts.channel,
        audience: facts.audience,
        // These types can't fail to serialise.
        body: serde_json::to_string(&message).unwrap_or_default().into(),
    }
}
