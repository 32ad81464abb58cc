//! What the server sends: the frame of every message, and its payloads.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::iso8601::Moment;

/// The frame around every payload (seed, "Base Message Structure").
#[derive(Debug, Serialize)]
pub struct Envelope<T> {
    /// The type of the payload.
    pub r#type: &'static str,
    /// The payload of this type.
    pub payload: T,
    /// When it was sent, in ISO 8601.
    pub timestamp: Moment,
    /// The unique id; it begins with the kind of message.
    pub id: String,
}

/// `connection`: the first message on a connection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The id of your account.
    pub user_id: String,
    /// The connection's id.
    pub connection_id: String,
    /// When the announcement was made, in ISO 8601.
    pub timestamp: Moment,
}

/// `message`: a chat message, perhaps your own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message<'a> {
    /// The text of the message.
    #[schemars(length(min = 1, max = 2000))]
    pub content: &'a str,
    /// `ai` for a bot, `user` for a person.
    #[schemars(extend("enum" = ["user", "ai"]))]
    pub r#type: &'static str,
    /// The scope, `room:ROOMID` or `dm:USERID`; the lobby if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
    /// The author's id.
    pub user_id: String,
    /// The user's name.
    pub username: &'a str,
}

/// `status`: a user is online, offline or typing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status<'a> {
    /// The status; `typing` expires after five seconds.
    #[schemars(extend("enum" = ["typing", "online", "offline"]))]
    pub status: &'static str,
    /// The user's id.
    pub user_id: String,
    /// The user's name.
    pub username: &'a str,
    /// The scope of `typing`, `room:ROOMID` or `dm:USERID`; the lobby if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
}

/// `avatar_update`: an avatar changes.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvatarUpdate<'a> {
    /// The avatar's id: that of an account, of a guest or of a bot.
    pub avatar_id: String,
    /// What the avatar does.
    #[schemars(extend("enum" = ["speaking", "idle", "thinking"]))]
    pub action: &'static str,
    /// The text of its client; otherwise the scope, `room:ROOMID` or `dm:USERID`, and the lobby if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(max = 500))]
    pub metadata: Option<String>,
    /// The name of the avatar's owner.
    pub username: &'a str,
}

/// `broadcast`: an announcement of the operators to everybody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Broadcast<'a> {
    /// The text of the announcement.
    pub message: &'a str,
    /// The severity of the announcement.
    #[schemars(extend("enum" = ["info", "warning", "error"]))]
    pub severity: &'static str,
    /// When the announcement was made, in ISO 8601.
    pub timestamp: Moment,
}

/// `system`: a pause is planned or begins.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct System {
    /// The kind of pause.
    #[schemars(extend("enum" = ["maintenance", "shutdown", "restart"]))]
    pub event: &'static str,
    /// When the pause begins, in ISO 8601.
    pub scheduled_time: Moment,
    /// How long it takes, in seconds; 0 if that is not known.
    pub duration: u64,
}

/// `error`: your message was refused and has changed nothing, or the connection ends.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorData {
    /// The code, for programs.
    #[schemars(extend("enum" = super::error::codes()))]
    pub code: &'static str,
    /// What is wrong, in one sentence for people.
    pub message: String,
    /// The facts: `field`, `issue` and `allowed`; or `limit`, `interval` and `resetTime`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Map<String, Value>")]
    pub details: Option<Value>,
}
