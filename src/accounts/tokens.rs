//! Tokens: a signed one that is checked without the database and lives for minutes, and a random one that gets the next.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contracts::battles::server::AuthResponse;
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use store::{RefreshToken, Rotation, Store};

use super::{now, secret};
use crate::{rest::answer::Refused, settings::AuthSettings};

/// Who signs.
const ISSUER: &str = "liap-tui";
/// How long a refresh token lives.
const REFRESH_LIVES_MS: i64 = 24 * 60 * 60 * 1_000;

/// What an access token says.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    /// The account's id.
    sub: String,
    /// Seconds since 1970.
    iat: u64,
    /// Seconds since 1970.
    exp: u64,
}

/// Signs and checks.
pub(super) struct Tokens {
    header: Header,
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
    lives: Duration,
}

impl Tokens {
    pub(super) fn new(key: &[u8], settings: &AuthSettings) -> Self {
        let algorithm = settings.auth_algorithm.into();
        // One algorithm alone: a token does not choose how it is checked.
        let mut validation = Validation::new(algorithm);
        validation.leeway = 0;
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        Self {
            header: Header::new(algorithm),
            signing: EncodingKey::from_secret(key),
            checking: DecodingKey::from_secret(key),
            validation,
            lives: Duration::from_secs(u64::from(settings.auth_token_expire_minutes) * 60),
        }
    }

    /// The account's id, when the token is whole, ours and has not ended.
    pub(super) fn account(&self, token: &str) -> Option<String> {
        let token = jsonwebtoken::decode::<Claims>(token, &self.checking, &self.validation);
        token.ok().map(|token| token.claims.sub)
    }

    /// Tokens for an account that has shown its password; they begin a family.
    pub(super) async fn begin(&self, store: &Store, account: &str) -> Result<AuthResponse, Refused> {
        let refresh = secret::new();
        let (hash, expires_at) = (secret::hash(&refresh), now() + REFRESH_LIVES_MS);
        let family = uuid::Uuid::now_v7().to_string();
        store.insert_refresh(&RefreshToken { hash, account: account.to_owned(), family, expires_at }).await?;
        self.answer(account, refresh)
    }

    /// The next tokens for a refresh token.
    pub(super) async fn exchange(&self, store: &Store, refresh: &str) -> Result<AuthResponse, Refused> {
        let next = secret::new();
        let (hash, now) = (secret::hash(refresh), now());
        match store.rotate_refresh(&hash, &secret::hash(&next), now, now + REFRESH_LIVES_MS).await? {
            Rotation::Rotated { account } => match store.account_by_id(&account).await? {
                Some(account) if !account.blocked => self.answer(&account.id, next),
                _ => Err(Refused::unauthorized()),
            },
            Rotation::Reused { account } => {
                log::warn!("a refresh token of account {account} was used twice; its family is revoked");
                Err(Refused::unauthorized())
            }
            Rotation::Invalid => Err(Refused::unauthorized()),
        }
    }

    fn answer(&self, account: &str, refresh_token: String) -> Result<AuthResponse, Refused> {
        let iat = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let exp = iat + self.lives.as_secs();
        let claims = Claims { iss: ISSUER.to_owned(), sub: account.to_owned(), iat, exp };
        let token = jsonwebtoken::encode(&self.header, &claims, &self.signing)
            .map_err(|error| Refused::internal("a token can't be signed", &error))?;
        Ok(AuthResponse { token, refresh_token, expires_in: self.lives.as_secs() })
    }
}
