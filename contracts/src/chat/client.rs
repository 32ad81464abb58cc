//! What clients send, as types for the schemas; `decode` reads it by hand, for precise errors.

use schemars::JsonSchema;

/// `message`: say something.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// What; 1 to 2000 characters after trimming, no control characters but line breaks and tabs.
    #[schemars(length(min = 1, max = 2000), regex(pattern = r"\S"))]
    pub content: String,
    /// `user`; only the server sends messages of type `ai`.
    #[schemars(extend("const" = "user"))]
    pub r#type: String,
    /// To whom: `lobby` (as when it is left out), `room:ROOMID`, `dm:USERID`.
    #[schemars(extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
}

/// `status`: you write a message. It fades after five seconds.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// `typing`; who is online and offline is the server's to say.
    #[schemars(extend("const" = "typing"))]
    pub status: String,
    /// Your own id, if anything.
    pub user_id: Option<String>,
    /// To whom: `lobby` (as when it is left out), `room:ROOMID`, `dm:USERID`.
    #[schemars(extend("pattern" = super::SCOPE))]
    pub metadata: Option<String>,
}

/// `avatar_update`: your avatar moves.
#[derive(Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvatarUpdate {
    /// Your own account's id.
    pub avatar_id: String,
    /// How.
    #[schemars(extend("enum" = ["speaking", "idle", "thinking"]))]
    pub action: String,
    /// What else you say of it, at most 500 characters, no control characters but line breaks and tabs. `room:ROOMID` or `dm:USERID` also says who sees it, else all do.
    #[schemars(length(max = 500))]
    pub metadata: Option<String>,
}
