//! Chat messages, of the types `user` and `dm`.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vocabulary::AccountId;

use super::facts::{Facts, more};
use crate::shapes::{Line, Text};

/// `user`: a chat message in the lobby or in a room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline, rename = "LogUserMessage")]
pub struct UserMessage {
    /// The author's id.
    #[schemars(with = "Line", example = &"user_12345")]
    pub user_id: String,
    /// The name of the user.
    #[schemars(with = "Line", example = &"DragonMaster")]
    pub username: String,
    /// The URL of the author's picture, or null.
    #[serde(default)]
    #[schemars(length(max = 2048), regex(pattern = Line::PATTERN))]
    pub user_avatar: Option<String>,
    /// The author's badge, such as `admin`, `bot` or `member`, or null.
    #[serde(default)]
    #[schemars(with = "Option<Line>", example = &"admin")]
    pub user_badge: Option<String>,
    /// The text, 1 to 2,000 characters after trimming.
    #[schemars(with = "Text")]
    pub content: String,
    /// Facts about the channel and the author, at most 8 KiB of JSON.
    #[serde(default)]
    pub metadata: UserMetadata,
}

/// The facts of a message of the type `user`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogUserMetadata")]
pub struct UserMetadata {
    /// The name of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"main")]
    pub server: Option<String>,
    /// The channel of the message; here `lobby` or `room:ROOMID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"general")]
    pub channel: Option<String>,
    /// The level of the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 50)]
    pub level: Option<u32>,
    /// Any other facts.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

impl UserMessage {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.user(&self.user_id);
        facts.name(&self.username);
        facts.text(&self.content);
        more(&self.metadata.more, &mut facts);
        facts.channel = self.metadata.channel.clone();
        facts
    }
}

/// The id of an account in a message that a service posts. What the log sends may have any id, as in the seed.
struct DirectId;

impl JsonSchema for DirectId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "DirectId".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        if generator.contract().is_serialize() {
            Line::json_schema(generator)
        } else {
            AccountId::json_schema(generator)
        }
    }
}

/// `dm`: a direct message between two accounts. Only these two receive it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline, rename = "LogDirectMessage")]
pub struct DirectMessage {
    /// The id of the author's account.
    #[schemars(with = "DirectId", example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub from_user_id: String,
    /// The name of the author.
    #[schemars(with = "Line", example = &"DragonMaster")]
    pub from_username: String,
    /// The id of the recipient's account.
    #[schemars(with = "DirectId", example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11")]
    pub to_user_id: String,
    /// The text, 1 to 2,000 characters after trimming.
    #[schemars(with = "Text")]
    pub content: String,
    /// Whether the recipient was in the chat to read it.
    #[serde(default)]
    pub read: bool,
}

impl DirectMessage {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.user(&self.from_user_id);
        facts.user(&self.to_user_id);
        facts.name(&self.from_username);
        facts.text(&self.content);
        // Only accounts can request it.
        let mut both: Vec<AccountId> =
            [&self.from_user_id, &self.to_user_id].into_iter().filter_map(|id| id.parse().ok()).collect();
        both.dedup();
        facts.audience = Some(both);
        facts
    }
}
