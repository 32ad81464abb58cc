//! Browsers that have logged in before, known by a signed cookie. Without it, whoever shares the owner's address could
//! use up what that address may ask. Programs need no cookie; they are known by their address.

use actix_web::{
    HttpRequest,
    http::header::{COOKIE, HeaderValue},
};

use vocabulary::Timestamp;

use super::Accounts;
use crate::{rest::client, secret};

const NAME: &str = "liap_device";
/// As long as the store keeps a network that is not used.
const MAX_AGE_SECONDS: i64 = 90 * 24 * 60 * 60;

/// A browser that an account has logged in with. The cookie proves that and nothing else: it opens no account.
pub(crate) struct Device {
    pub(super) account: String,
    /// Distinguishes the browsers of the account.
    pub(super) number: String,
}

impl Accounts {
    /// The browser that the request names, if this server made the cookie within the last 90 days.
    pub(crate) fn device(&self, request: &HttpRequest) -> Option<Device> {
        let lines = request.headers().get_all(COOKIE).filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, cookie) = pairs.find(|(name, _)| *name == NAME)?;
        let (signed, signature) = cookie.rsplit_once('.')?;
        let mut parts = signed.split('.');
        let (account, number, made) = (parts.next()?, parts.next()?, parts.next()?.parse::<i64>().ok()?);
        let is_recent = Timestamp::now().millis() / 1_000 - made <= MAX_AGE_SECONDS;
        let is_ours = is_recent && self.inner.places.has_signed(&text(signed), signature);
        is_ours.then(|| Device { account: account.to_owned(), number: number.to_owned() })
    }

    /// The cookie for a browser with which the account has just logged in. Only logins get it back, and no script or
    /// other site does.
    pub(super) fn device_cookie(&self, request: &HttpRequest, account: &str) -> Option<HeaderValue> {
        let known = self.device(request).filter(|device| device.account == account);
        let number = known.map_or_else(secret::new, |device| device.number);
        let signed = format!("{account}.{number}.{}", Timestamp::now().millis() / 1_000);
        let signature = self.inner.places.signature(&text(&signed))?;
        let secure = if client::is_secure(request) { "; Secure" } else { "" };
        let attributes = format!("Path=/auth; Max-Age={MAX_AGE_SECONDS}; HttpOnly; SameSite=Strict{secure}");
        HeaderValue::try_from(format!("{NAME}={signed}.{signature}; {attributes}")).ok()
    }
}

fn text(signed: &str) -> String {
    format!("liap-tui device\n{signed}")
}
