//! Where accounts have logged in from. Guesses from elsewhere do not slow their owners down there.

use std::{iter, time::Duration};

use actors::Network;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::Account;
use vocabulary::Timestamp;

use super::{ACCOUNTS, Accounts, key::Keys};
use crate::{
    rest::answer::{Refused, Stored},
    secret,
};

/// A place is forgotten when it was not used for this time.
const KEPT: Duration = Duration::from_hours(90 * 24);
/// A place is noted again only when the last note is older than this, so that not every login writes.
const NOTED_AGAIN: Duration = Duration::from_hours(24);

/// Encodes an account and a network for the store. The keys are those of the tokens: there are so few addresses that a
/// hash without a key would reveal them to whoever has the database.
pub(super) struct Places {
    /// The key for new notes first, then older ones.
    keys: Vec<Hmac<Sha256>>,
}

/// Whether an account has logged in from where a request comes from.
#[derive(Clone, Copy)]
pub(super) struct Acquaintance {
    /// The last time, as noted with the newest key.
    noted: Option<Timestamp>,
    pub(super) is_known: bool,
}

impl Places {
    /// # Errors
    /// When a key is not usable.
    pub(super) fn new(keys: &Keys) -> anyhow::Result<Self> {
        let all = iter::once(&keys.signing).chain(&keys.older);
        let keys = all.map(|key| Hmac::new_from_slice(key)).collect::<Result<_, _>>();
        Ok(Self { keys: keys.map_err(|error| anyhow::anyhow!("AUTH_SECRET_KEY can't be used: {error}"))? })
    }

    /// The hashes of a place, the one with the newest key first.
    fn hashes(&self, account: &str, network: Network) -> impl Iterator<Item = [u8; 32]> {
        let text = format!("liap-tui place\n{account}\n{network}");
        self.keys.iter().map(move |key| code(key, &text))
    }

    /// The signature of a text, in hex.
    pub(super) fn signature(&self, text: &str) -> Option<String> {
        self.keys.first().map(|key| secret::hex(&code(key, text)))
    }

    /// Checks a text's signature with all keys. It compares hashes, so that its time reveals nothing.
    pub(super) fn has_signed(&self, text: &str, signature: &str) -> bool {
        let sent = secret::hash(signature);
        self.keys.iter().any(|key| secret::hash(&secret::hex(&code(key, text))) == sent)
    }
}

fn code(key: &Hmac<Sha256>, text: &str) -> [u8; 32] {
    key.clone().chain_update(text.as_bytes()).finalize().into_bytes().into()
}

impl Accounts {
    /// Looks up whether the account has logged in from this network. For an unknown username it does the same work.
    pub(super) async fn acquaintance(
        &self,
        account: Option<&Account>,
        network: Network,
    ) -> Result<Acquaintance, Refused> {
        let id = account.map(|account| account.id.as_str()).unwrap_or_default();
        let mut found = Acquaintance { noted: None, is_known: false };
        for (age, hash) in self.inner.places.hashes(id, network).enumerate() {
            let seen_at = self.store().place_seen_at(id, &hash).await.of(ACCOUNTS)?;
            if age == 0 {
                found.noted = seen_at;
            }
            found.is_known |= seen_at.is_some();
        }
        Ok(found)
    }

    /// Notes that the account has logged in from this network. A failure does not fail the login.
    pub(super) async fn note_place(&self, account: &str, network: Network, before: Acquaintance) {
        let now = Timestamp::now();
        if before.noted.is_some_and(|noted| now.since(noted) < NOTED_AGAIN) {
            return;
        }
        let Some(hash) = self.inner.places.hashes(account, network).next() else { return };
        if let Err(error) = self.store().note_place(account, &hash, now).await {
            log::warn!("can't note where an account logged in from: {error}");
        }
    }

    /// Forgets places that were not used for 90 days.
    pub(super) async fn purge_places(&self) {
        if let Err(error) = self.store().purge_places(Timestamp::now() - KEPT).await {
            log::warn!("can't delete old places of logins: {error}");
        }
    }
}

impl Acquaintance {
    /// For a new account.
    pub(super) const NEW: Self = Self { noted: None, is_known: false };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(signing: &str, older: &[&str]) -> Places {
        let older = older.iter().map(|key| key.as_bytes().to_vec()).collect();
        Places::new(&Keys { signing: signing.as_bytes().to_vec(), older }).unwrap()
    }

    fn network(address: &str) -> Network {
        Network::from(address.parse::<std::net::IpAddr>().unwrap())
    }

    #[test]
    fn a_hash_is_of_one_key_one_account_and_one_network() {
        let hash =
            |key: &str, account: &str, address: &str| keys(key, &[]).hashes(account, network(address)).next().unwrap();
        let one = hash("a key", "1", "203.0.113.1");
        assert_eq!(one, hash("a key", "1", "203.0.113.1"));
        for other in [hash("b key", "1", "203.0.113.1"), hash("a key", "2", "203.0.113.1"), hash("a key", "1", "::1")] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_signature_is_good_for_its_text_with_the_newest_and_older_keys() {
        let signature = keys("old key", &[]).signature("Ann").unwrap();
        let now = keys("new key", &["old key"]);
        assert!(now.has_signed("Ann", &signature) && now.has_signed("Ann", &now.signature("Ann").unwrap()));
        assert!(!now.has_signed("Bob", &signature) && !now.has_signed("Ann", "") && !now.has_signed("Ann", "x"));
        assert!(!keys("new key", &[]).has_signed("Ann", &signature));
    }

    #[test]
    fn a_place_that_was_noted_with_an_older_key_is_found() {
        let before = keys("old key", &[]).hashes("1", network("::1")).next().unwrap();
        let now: Vec<[u8; 32]> = keys("new key", &["old key"]).hashes("1", network("::1")).collect();
        assert_eq!((now.len(), now[1]), (2, before));
    }
}
