//! What people say: messages of the types `user` and `dm`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use vocabulary::AccountId;

use super::facts::{Facts, LINE, TEXT, more};

/// `user`: what somebody said to many.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogUserMessage)]
pub struct UserMessage {
    /// Who said it.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "user_12345")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub user_id: String,
    /// Their name.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub username: String,
    /// The address of their picture, or null.
    #[serde(default)]
    #[schema(max_length = 2048, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$")]
    #[schemars(length(max = 2048), regex(pattern = LINE))]
    pub user_avatar: Option<String>,
    /// What they are, such as `admin`, `bot`, `member`, or null.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "admin")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub user_badge: Option<String>,
    /// The words: 1 to 2,000 characters after trimming.
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
    )]
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
    pub content: String,
    /// Where it was said, and more of whoever said it; at most 8 KiB.
    #[serde(default)]
    pub metadata: UserMetadata,
}

/// What goes with a message of the type `user`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogUserMetadata)]
pub struct UserMetadata {
    /// The server where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "main")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub server: Option<String>,
    /// The channel where it was said; here `lobby` or `room:ROOMID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "general")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub channel: Option<String>,
    /// The level of whoever said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 50)]
    pub level: Option<u32>,
    /// Anything else.
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

/// `dm`: what somebody said to one other. Only the two ever see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogDirectMessage)]
pub struct DirectMessage {
    /// The account that said it.
    #[schema(
        min_length = 36,
        max_length = 36,
        pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub from_user_id: String,
    /// Its name.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub from_username: String,
    /// The account that it was said to.
    #[schema(
        min_length = 36,
        max_length = 36,
        pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub to_user_id: String,
    /// The words: 1 to 2,000 characters after trimming.
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
    )]
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
    pub content: String,
    /// Whether the one whom it was said to was in the chat to read it.
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
        // Whoever is no account can't ask for it.
        let mut both: Vec<AccountId> =
            [&self.from_user_id, &self.to_user_id].into_iter().filter_map(|id| id.parse().ok()).collect();
        both.dedup();
        facts.audience = Some(both);
        facts
    }
}
