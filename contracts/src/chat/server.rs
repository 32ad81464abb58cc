//! What the server sends: the frame of every message, and its payloads.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::iso8601::PATTERN;

/// The frame around every payload (seed, "Base Message Structure").
#[derive(Debug, Serialize)]
pub struct Envelope<T> {
    /// Which payload.
    pub r#type: &'static str,
    /// What it says.
    pub payload: T,
    /// When, in ISO 8601.
    pub timestamp: String,
    /// Unique; it begins with what it is.
    pub id: String,
}

/// `connection`: you are connected. The first message.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Your account's id.
    pub user_id: String,
    /// The connection's id.
    pub connection_id: String,
    /// When it was made.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
}

/// `message`: someone said something, you perhaps.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message<'a> {
    /// What.
    #[schemars(length(min = 1, max = 2000))]
    pub content: &'a str,
    /// `ai` from a bot, `user` from a person.
    #[schemars(extend("enum" = ["user", "ai"]))]
    pub r#type: &'static str,
    /// To whom, `room:ROOMID` or `dm:USERID`; the lobby when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
    /// Whose it is.
    pub user_id: String,
    /// Their name.
    pub username: &'a str,
}

/// `status`: someone is there, is gone, or writes.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status<'a> {
    /// `typing` fades after five seconds.
    #[schemars(extend("enum" = ["typing", "online", "offline"]))]
    pub status: &'static str,
    /// Who.
    pub user_id: String,
    /// Their name.
    pub username: &'a str,
    /// To whom they write, `room:ROOMID` or `dm:USERID`; the lobby when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
}

/// `avatar_update`: an avatar moves.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvatarUpdate<'a> {
    /// Whose: the id of an account, of a guest or of a bot.
    pub avatar_id: String,
    /// How.
    #[schemars(extend("enum" = ["speaking", "idle", "thinking"]))]
    pub action: &'static str,
    /// What its client says of it; else where it is, `room:ROOMID` or `dm:USERID`, and the lobby when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(max = 500))]
    pub metadata: Option<String>,
    /// The name.
    pub username: &'a str,
}

/// `broadcast`: a word of the operators to all.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Broadcast<'a> {
    /// The word.
    pub message: &'a str,
    /// How much it matters.
    #[schemars(extend("enum" = ["info", "warning", "error"]))]
    pub severity: &'static str,
    /// When it was said.
    #[schemars(extend("pattern" = PATTERN))]
    pub timestamp: String,
}

/// `system`: a pause is planned, or begins.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct System {
    /// What kind of pause.
    #[schemars(extend("enum" = ["maintenance", "shutdown", "restart"]))]
    pub event: &'static str,
    /// When it begins.
    #[schemars(extend("pattern" = PATTERN))]
    pub scheduled_time: String,
    /// How long it takes, in seconds; 0 when nobody knows.
    pub duration: u64,
}

/// `error`: what you sent is refused and has changed nothing, or the connection ends.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorData {
    /// For programs.
    #[schemars(extend("enum" = super::error::CODES))]
    pub code: &'static str,
    /// For people: one sentence.
    pub message: String,
    /// Facts: `field`, `issue` and `allowed`; or `limit`, `interval` and `resetTime`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub details: Option<Value>,
}
