//! What clients send, as types for the schemas; `decode` decodes the fields by hand, for precise errors.

use schemars::JsonSchema;
use serde::Serialize;

/// `message`: sends a chat message.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The text: 1 to 2000 characters after trimming, no control characters except line breaks and tabs.
    #[schemars(length(min = 1, max = 2000), regex(pattern = r"\S"))]
    pub content: String,
    /// Always `user`; only the server sends messages of type `ai`.
    #[schemars(extend("const" = "user"))]
    pub r#type: String,
    /// The scope: `lobby` (also if left out), `room:ROOMID` or `dm:USERID`.
    #[schemars(extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
}

/// `status`: the client is typing. It expires after five seconds.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Always `typing`; only the server sends `online` and `offline`.
    #[schemars(extend("const" = "typing"))]
    pub status: String,
    /// Your own id; may be left out.
    pub user_id: Option<String>,
    /// The scope: `lobby` (also if left out), `room:ROOMID` or `dm:USERID`.
    #[schemars(extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
}

/// `avatar_update`: your avatar changes.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvatarUpdate {
    /// Your own account's id.
    pub avatar_id: String,
    /// What the avatar does.
    #[schemars(extend("enum" = ["speaking", "idle", "thinking"]))]
    pub action: String,
    /// Any text of at most 500 characters, no control characters except line breaks and tabs. `room:ROOMID` or
    /// `dm:USERID` also limits who receives it; otherwise everybody does.
    #[schemars(length(max = 500))]
    pub metadata: Option<String>,
}
