//! Chat messages, of the types `user` and `dm`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use vocabulary::AccountId;

use super::facts::{Facts, LINE, TEXT, more};

/// `user`: a chat message in the lobby or in a room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogUserMessage)]
pub struct UserMessage {
    /// The author's id.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "user_12345")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub user_id: String,
    /// The name of the user.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub username: String,
    /// The URL of the author's picture, or null.
    #[serde(default)]
    #[schema(max_length = 2048, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    #[schemars(length(max = 2048), regex(pattern = LINE))]
    pub user_avatar: Option<String>,
    /// The author's badge, such as `admin`, `bot` or `member`, or null.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "admin")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub user_badge: Option<String>,
    /// The text, 1 to 2,000 characters after trimming.
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
    )]
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
    pub content: String,
    /// Facts about the channel and the author, at most 8 KiB of JSON.
    #[serde(default)]
    pub metadata: UserMetadata,
}

/// The facts of a message of the type `user`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogUserMetadata)]
pub struct UserMetadata {
    /// The name of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "main")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub server: Option<String>,
    /// The channel of the message; here `lobby` or `room:ROOMID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "general")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub channel: Option<String>,
    /// The level of the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 50)]
    pub level: Option<u32>,
    /// Any other facts.
    #[serde(flatten)]
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
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

/// `dm`: a direct message between two accounts. Only these two receive it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogDirectMessage)]
pub struct DirectMessage {
    /// The id of the author's account.
    #[schema(
        min_length = 36,
        max_length = 36,
        pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub from_user_id: String,
    /// The name of the author.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub from_username: String,
    /// The id of the recipient's account.
    #[schema(
        min_length = 36,
        max_length = 36,
        pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub to_user_id: String,
    /// The text, 1 to 2,000 characters after trimming.
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
    )]
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
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
