//! Tokens: a signed access token that is valid for minutes and for one version of its account, and a random refresh
//! token for the next ones.

use std::{
    iter,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use contracts::battles::{error::Refusal, server::AuthResponse};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use store::{Account, Login, RefreshToken, Rotation, Store, StoreError};
use vocabulary::{LoginId, Timestamp};

use super::{ACCOUNTS, key::Keys};
use crate::{
    rest::answer::{Refused, Stored},
    secret,
    settings::AuthSettings,
};

const ISSUER: &str = "liap-tui";
/// How long a refresh token lives.
const REFRESH_LIVES: Duration = Duration::from_hours(24);
/// How far in the future a token may begin, as the clocks of two servers with one key differ a little.
const SKEW_SECONDS: u64 = 5;

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
    /// Seconds since 1970. Our own tokens don't have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<u64>,
    /// The login; tokens of earlier versions don't name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<LoginId>,
}

impl Claims {
    fn begins(&self) -> u64 {
        self.nbf.unwrap_or_default().max(self.iat)
    }
}

/// What an access token says, after it was checked.
pub(crate) struct Bearer {
    /// The account's id.
    pub(super) id: String,
    /// The account's version when the token was issued. The token is invalid once the account has another version.
    pub(crate) version: i64,
    /// The login that it came from.
    pub(crate) login: Option<LoginId>,
    /// The time since it was issued.
    pub(crate) age: Duration,
    /// The time until it expires.
    pub(crate) left: Duration,
}

/// Why a client is not let in.
pub(crate) enum Rejected {
    /// It sends nothing that says who it is.
    Missing,
    /// The token is not ours, its account is blocked or has a new password, or its login was ended.
    Invalid,
    /// The token has expired.
    Expired,
    /// The account is banned, or the server could not check.
    Failed(Refused),
}

impl From<Rejected> for Refused {
    fn from(rejected: Rejected) -> Self {
        match rejected {
            Rejected::Failed(refused) => refused,
            Rejected::Missing | Rejected::Invalid | Rejected::Expired => Self::unauthorized(),
        }
    }
}

/// Why a refresh token is not exchanged.
pub(super) enum NotExchanged {
    /// It was used before, so somebody has a copy; its login was ended.
    Reused(Login),
    /// It is not valid, or the server failed.
    Refused(Refused),
}

impl<E: Into<Refused>> From<E> for NotExchanged {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// Signs and checks tokens.
pub(super) struct Tokens {
    header: Header,
    signing: EncodingKey,
    /// The signing key's first.
    checking: Vec<DecodingKey>,
    validation: Validation,
    lives: Duration,
}

impl Tokens {
    pub(super) fn new(keys: &Keys, settings: &AuthSettings) -> Self {
        let algorithm = settings.auth_algorithm.into();
        // Only one algorithm, so that a token can't choose how it is checked.
        let mut validation = Validation::new(algorithm);
        validation.leeway = 0;
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        Self {
            header: Header::new(algorithm),
            signing: EncodingKey::from_secret(&keys.signing),
            checking: iter::once(&keys.signing).chain(&keys.older).map(|key| DecodingKey::from_secret(key)).collect(),
            validation,
            lives: Duration::from_secs(u64::from(settings.auth_token_expire_minutes) * 60),
        }
    }

    /// What a token says, if it is whole, ours and has not expired.
    ///
    /// # Errors
    /// [`Rejected::Expired`] or [`Rejected::Invalid`].
    pub(super) fn bearer(&self, token: &str) -> Result<Bearer, Rejected> {
        let claims = self.claims(token)?;
        let now = seconds();
        if claims.begins() > now + SKEW_SECONDS {
            return Err(Rejected::Invalid);
        }
        let [age, left] = [now.saturating_sub(claims.iat), claims.exp.saturating_sub(now)].map(Duration::from_secs);
        Ok(Bearer { id: claims.sub, version: claims.ver, login: claims.sid, age, left })
    }

    /// What the token says, if it is signed with one of the keys.
    fn claims(&self, token: &str) -> Result<Claims, Rejected> {
        for key in &self.checking {
            match jsonwebtoken::decode::<Claims>(token, key, &self.validation) {
                Ok(token) => return Ok(token.claims),
                Err(error) => match error.kind() {
                    ErrorKind::InvalidSignature => {}
                    ErrorKind::ExpiredSignature => return Err(Rejected::Expired),
                    _ => return Err(Rejected::Invalid),
                },
            }
        }
        Err(Rejected::Invalid)
    }

    /// Issues the first tokens of a login to an account that has proved its password.
    pub(super) async fn begin(&self, store: &Store, account: &Account) -> Result<AuthResponse, Refused> {
        let refresh = secret::new();
        let (hash, expires_at) = (secret::hash(&refresh), Timestamp::now() + REFRESH_LIVES);
        let login = LoginId::new();
        let token = RefreshToken { hash, account: account.id.clone(), family: login.to_string(), expires_at };
        match store.insert_refresh(&token, account.version).await {
            // The password was changed, or the account blocked, while this one was checked.
            Err(StoreError::NoSuchAccount) => return Err(Refusal::invalid_credentials().into()),
            kept => kept.of(ACCOUNTS)?,
        }
        self.answer(&account.id, account.version, login, refresh)
    }

    /// Exchanges a refresh token for the next tokens.
    ///
    /// # Errors
    /// The login that was ended because its token was used twice, or the answer.
    pub(super) async fn exchange(&self, store: &Store, refresh: &str) -> Result<AuthResponse, NotExchanged> {
        let next = secret::new();
        let (hash, now) = (secret::hash(refresh), Timestamp::now());
        match store.rotate_refresh(&hash, &secret::hash(&next), now, now + REFRESH_LIVES).await.of(ACCOUNTS)? {
            // With the version of that moment, so that a change since then makes this token invalid, too.
            Rotation::Rotated { account, version, family } => match store.account_by_id(&account).await.of(ACCOUNTS)? {
                Some(account) if !account.blocked => {
                    let login = family.parse().map_err(|error| Refused::internal("a login", &error))?;
                    Ok(self.answer(&account.id, version, login, next)?)
                }
                _ => Err(Refused::unauthorized().into()),
            },
            Rotation::Reused(login) => Err(NotExchanged::Reused(login)),
            Rotation::Invalid => Err(Refused::unauthorized().into()),
        }
    }

    fn answer(
        &self,
        account: &str,
        version: i64,
        login: LoginId,
        refresh_token: String,
    ) -> Result<AuthResponse, Refused> {
        let iat = seconds();
        let exp = iat + self.lives.as_secs();
        let (iss, sub) = (ISSUER.to_owned(), account.to_owned());
        let claims = Claims { iss, sub, ver: version, iat, exp, nbf: None, sid: Some(login) };
        let token = jsonwebtoken::encode(&self.header, &claims, &self.signing)
            .map_err(|error| Refused::internal("a token can't be signed", &error))?;
        Ok(AuthResponse { token, refresh_token, expires_in: self.lives.as_secs() })
    }
}

/// Seconds since 1970.
fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
