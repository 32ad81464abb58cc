//! Tokens: a signed one that lives for minutes and is good for one version of its account, and a random one that gets the
//! next.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use contracts::battles::{error::Refusal, server::AuthResponse};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use store::{Account, RefreshToken, Rotation, Store, StoreError};

use super::{Rejected, now, secret};
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
    /// The account's version.
    ver: i64,
    /// Seconds since 1970.
    iat: u64,
    /// Seconds since 1970.
    exp: u64,
}

/// Whom an access token stands for.
pub(super) struct Bearer {
    /// The account's id.
    pub(super) id: String,
    /// The account's version when the token was made. The token is void when the account is of another one by now.
    pub(super) version: i64,
    /// How long ago it was made.
    pub(super) age: Duration,
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

    /// Whom the token stands for, when it is whole, ours and has not ended.
    ///
    /// # Errors
    /// [`Rejected::Expired`] or [`Rejected::Invalid`].
    pub(super) fn bearer(&self, token: &str) -> Result<Bearer, Rejected> {
        let token = jsonwebtoken::decode::<Claims>(token, &self.checking, &self.validation);
        let Claims { sub, ver, iat, .. } = token
            .map_err(|error| match error.kind() {
                ErrorKind::ExpiredSignature => Rejected::Expired,
                _ => Rejected::Invalid,
            })?
            .claims;
        Ok(Bearer { id: sub, version: ver, age: Duration::from_secs(seconds().saturating_sub(iat)) })
    }

    /// Tokens for an account that has shown its password; they begin a family.
    pub(super) async fn begin(&self, store: &Store, account: &Account) -> Result<AuthResponse, Refused> {
        let refresh = secret::new();
        let (hash, expires_at) = (secret::hash(&refresh), now() + REFRESH_LIVES_MS);
        let family = uuid::Uuid::now_v7().to_string();
        let token = RefreshToken { hash, account: account.id.clone(), family, expires_at };
        match store.insert_refresh(&token, account.version).await {
            // The password was changed, or the account shut out, while this one was checked.
            Err(StoreError::NoSuchAccount) => return Err(Refusal::invalid_credentials().into()),
            kept => kept?,
        }
        self.answer(&account.id, account.version, refresh)
    }

    /// The next tokens for a refresh token.
    pub(super) async fn exchange(&self, store: &Store, refresh: &str) -> Result<AuthResponse, Refused> {
        let next = secret::new();
        let (hash, now) = (secret::hash(refresh), now());
        match store.rotate_refresh(&hash, &secret::hash(&next), now, now + REFRESH_LIVES_MS).await? {
            // With the version of that moment: one that has gone up since makes this token void too.
            Rotation::Rotated { account, version } => match store.account_by_id(&account).await? {
                Some(account) if !account.blocked => self.answer(&account.id, version, next),
                _ => Err(Refused::unauthorized()),
            },
            Rotation::Reused { account } => {
                log::warn!("a refresh token of account {account} was used twice; its family is revoked");
                Err(Refused::unauthorized())
            }
            Rotation::Invalid => Err(Refused::unauthorized()),
        }
    }

    fn answer(&self, account: &str, version: i64, refresh_token: String) -> Result<AuthResponse, Refused> {
        let iat = seconds();
        let exp = iat + self.lives.as_secs();
        let claims = Claims { iss: ISSUER.to_owned(), sub: account.to_owned(), ver: version, iat, exp };
        let token = jsonwebtoken::encode(&self.header, &claims, &self.signing)
            .map_err(|error| Refused::internal("a token can't be signed", &error))?;
        Ok(AuthResponse { token, refresh_token, expires_in: self.lives.as_secs() })
    }
}

/// Seconds since 1970.
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
