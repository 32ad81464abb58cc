//! The bodies that concern accounts.

use schemars::JsonSchema;
use serde::Serialize;
use utoipa::ToSchema;

/// Tokens for an account (seed, "Authentication").
#[derive(Clone, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthResponse {
    /// For the header `Authorization: Bearer …`.
    pub token: String,
    /// For `POST /auth/refresh`, once; it lives 24 hours.
    pub refresh_token: String,
    /// Seconds that `token` lives.
    #[schema(example = 1800)]
    pub expires_in: u64,
}

/// The same as OAuth2 words it (RFC 6749, 5.1).
#[derive(Clone, Serialize, ToSchema, JsonSchema)]
pub struct TokenResponse {
    /// For the header `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `bearer`.
    #[schema(example = "bearer")]
    pub token_type: &'static str,
    /// Seconds that `access_token` lives.
    #[schema(example = 1800)]
    pub expires_in: u64,
    /// For `POST /auth/refresh`, once; it lives 24 hours.
    pub refresh_token: String,
}

impl From<AuthResponse> for TokenResponse {
    fn from(tokens: AuthResponse) -> Self {
        let AuthResponse { token, refresh_token, expires_in } = tokens;
        Self { access_token: token, token_type: "bearer", expires_in, refresh_token }
    }
}

/// A request that has nothing to answer was done.
#[derive(Clone, Copy, Serialize, ToSchema, JsonSchema)]
pub struct Done {
    /// Always `success`.
    #[schema(example = "success")]
    pub status: &'static str,
}

impl Done {
    /// The one value.
    pub const SUCCESS: Self = Self { status: "success" };
}

/// An account as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnUser {
    /// What everybody may see of it.
    #[serde(flatten)]
    pub user: User,
    /// `user` or `admin`; only its owner is told.
    #[schema(example = "user")]
    pub role: String,
}

/// An account as anybody may see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// A UUID.
    #[schema(example = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The name to log in with.
    #[schema(example = "Ann_7")]
    pub username: String,
    /// The name that others see; at first the username.
    #[schema(example = "Ann")]
    pub display_name: String,
    /// Where a picture is, or null.
    pub avatar_url: Option<String>,
    /// When the account was made, in milliseconds since 1970.
    #[schema(example = 1_700_000_000_000_i64)]
    pub created_at: i64,
}
