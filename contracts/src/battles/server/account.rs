//! The bodies about accounts.

use schemars::JsonSchema;
use serde::Serialize;

/// Tokens for an account (seed, "Authentication").
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthResponse {
    /// The access token for the header `Authorization: Bearer …`.
    pub token: String,
    /// The refresh token for `POST /auth/refresh`; it can be used once, within 24 hours.
    pub refresh_token: String,
    /// The lifetime of `token` in seconds.
    #[schemars(example = 1800)]
    pub expires_in: u64,
}

/// Tokens for an account, in the form of OAuth2 (RFC 6749, 5.1).
#[derive(Clone, Serialize, JsonSchema)]
pub struct TokenResponse {
    /// The access token for the header `Authorization: Bearer …`.
    pub access_token: String,
    /// The type, always `bearer`.
    #[schemars(example = &"bearer")]
    pub token_type: &'static str,
    /// The lifetime of `access_token` in seconds.
    #[schemars(example = 1800)]
    pub expires_in: u64,
    /// The refresh token for `POST /auth/refresh`; it can be used once, within 24 hours.
    pub refresh_token: String,
}

impl From<AuthResponse> for TokenResponse {
    fn from(tokens: AuthResponse) -> Self {
        let AuthResponse { token, refresh_token, expires_in } = tokens;
        Self { access_token: token, token_type: "bearer", expires_in, refresh_token }
    }
}

/// The answer to a request that has no other result.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct Done {
    /// The result, always `success`.
    #[schemars(example = &"success")]
    pub status: &'static str,
}

impl Done {
    /// The only value.
    pub const SUCCESS: Self = Self { status: "success" };
}

/// An account, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnUser {
    /// The public part of the account.
    #[serde(flatten)]
    pub user: User,
    /// The role: `user` or `admin`. Only the owner sees it.
    #[schemars(example = &"user")]
    pub role: String,
}

/// An account, as everybody sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The account's id, a UUID.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The username, for logging in.
    #[schemars(example = &"Ann_7")]
    pub username: String,
    /// The display name, which others see; at first the username.
    #[schemars(example = &"Ann")]
    pub display_name: String,
    /// The URL of a picture, or null.
    pub avatar_url: Option<String>,
    /// When the account was created, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_i64)]
    pub created_at: i64,
}
