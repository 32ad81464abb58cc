//! Who may come in, and how their tokens are signed.

use std::fmt;

use clap::{Args, ValueEnum, value_parser};
use contracts::{Contract, battles::Battles};

use super::{count, figure};

/// A token that is not ours is checked with every key, which costs time.
const MAX_KEYS: usize = 8;

/// Who may come in.
#[derive(Args, Clone)]
pub struct AuthSettings {
    /// Where the server runs: development, or production, which refuses what is not safe.
    #[arg(long, env = "API_ENV", default_value = "development")]
    pub api_env: Environment,
    /// The key that signs access tokens, 32 characters or more; without one the server makes one and keeps it in its folder.
    #[arg(long, env = "AUTH_SECRET_KEY", hide_env_values = true)]
    pub auth_secret_key: Option<String>,
    /// Keys for access tokens, separated by commas, 32 characters or more each: the first one signs, all of them and AUTH_SECRET_KEY are accepted. To rotate, put a new key in front and take the old one away after a day.
    #[arg(long, env = "AUTH_SECRET_KEYS", value_delimiter = ',', hide_env_values = true)]
    pub auth_secret_keys: Vec<String>,
    /// How access tokens are signed: HS256, HS384, HS512.
    #[arg(long, env = "AUTH_ALGORITHM", default_value = "HS256", ignore_case = true)]
    pub auth_algorithm: Algorithm,
    /// Minutes that an access token lives.
    #[arg(long, env = "AUTH_TOKEN_EXPIRE_MINUTES", default_value_t = 30, value_parser = value_parser!(u32).range(1..=1440))]
    pub auth_token_expire_minutes: u32,
    /// The largest body of contract battles, in bytes.
    #[arg(long, env = "BATTLES_MAX_MESSAGE_BYTES", default_value_t = figure(Battles::LIMITS.max_message_bytes), value_parser = value_parser!(u32).range(1024..=1_048_576))]
    pub battles_max_message_bytes: u32,
}

/// Without the keys.
impl fmt::Debug for AuthSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AuthSettings").field("api_env", &self.api_env).finish_non_exhaustive()
    }
}

impl AuthSettings {
    /// The operator's keys: the first one signs, all of them are accepted. Each has the name of its setting beside it.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let several = self.auth_secret_keys.iter().map(|key| ("AUTH_SECRET_KEYS", key.trim()));
        let single = self.auth_secret_key.iter().map(|key| ("AUTH_SECRET_KEY", key.as_str()));
        several.chain(single).filter(|(_, key)| !key.is_empty())
    }

    /// Refuses more keys than each token may be checked with.
    ///
    /// # Errors
    /// A sentence that says what to change.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.keys().count() > MAX_KEYS {
            anyhow::bail!("AUTH_SECRET_KEYS has too many keys; keep the newest {MAX_KEYS}, AUTH_SECRET_KEY among them");
        }
        Ok(())
    }

    /// The largest body, in bytes.
    pub fn max_body(&self) -> usize {
        count(self.battles_max_message_bytes)
    }
}

/// Where the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Environment {
    /// On a developer's machine: missing settings have defaults.
    Development,
    /// On the Internet: what is not safe is refused.
    Production,
}

/// How access tokens are signed: HMAC with this hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Algorithm {
    /// SHA-256.
    #[value(name = "HS256")]
    Hs256,
    /// SHA-384.
    #[value(name = "HS384")]
    Hs384,
    /// SHA-512.
    #[value(name = "HS512")]
    Hs512,
}

impl From<Algorithm> for jsonwebtoken::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Hs256 => Self::HS256,
            Algorithm::Hs384 => Self::HS384,
            Algorithm::Hs512 => Self::HS512,
        }
    }
}
