//! Passwords: Argon2id, off the threads that serve, and only a few at once, as each takes 19 MiB.

use std::{sync::Arc, time::Duration};

use actix_web::{rt::time::timeout, web};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use contracts::battles::error::{Code, Refusal};
use tokio::sync::Semaphore;

use super::secret;
use crate::rest::answer::Refused;

/// So long a request may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes and checks hashes.
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
    /// The hash of a password that nobody has: checking against it takes as long as against a real one.
    nobodys: String,
}

impl Passwords {
    pub(super) fn new() -> anyhow::Result<Self> {
        // The other half of the cores goes on serving games.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let nobodys = hash(&secret::new()).map_err(|error| anyhow::anyhow!("passwords can't be hashed: {error}"))?;
        Ok(Self { turns: Arc::new(Semaphore::new((cores / 2).max(1))), nobodys })
    }

    /// The password's hash as a PHC text, with a salt of its own.
    pub(super) async fn hash(&self, password: String) -> Result<String, Refused> {
        let hashed = self.in_turn(move || hash(&password)).await?;
        hashed.map_err(|error| Refused::internal("a password can't be hashed", &error))
    }

    /// Whether it is the password of this hash. Without a hash it is wrong, after as much work.
    pub(super) async fn verify(&self, password: String, of: Option<String>) -> Result<bool, Refused> {
        let exists = of.is_some();
        let of = of.unwrap_or_else(|| self.nobodys.clone());
        let matches = self.in_turn(move || verify(&password, &of)).await?;
        Ok(exists && matches)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
        let busy = || Refused::from(Refusal::new(Code::Unavailable, "too many people log in; try again in a moment"));
        let turn = timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
        let done = web::block(move || {
            // The turn goes with the work: a client that left does not make room for another while it is hashed for.
            let _turn = turn;
            work()
        });
        done.await.map_err(|error| Refused::internal("a password can't be checked", &error))
    }
}

fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// Compares in constant time.
fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_hash_is_argon2id_with_a_salt_of_its_own() {
        let passwords = Passwords::new().unwrap();
        let one = passwords.hash("correct horse".to_owned()).await.ok().unwrap();
        let two = passwords.hash("correct horse".to_owned()).await.ok().unwrap();
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        for (password, expected) in [("correct horse", true), ("correct horsf", false), ("", false)] {
            let verified = passwords.verify(password.to_owned(), Some(one.clone())).await;
            assert_eq!(verified.ok(), Some(expected), "{password}");
        }
    }

    #[actix_web::test]
    async fn nobodys_password_is_wrong_and_costs_the_same_parameters() {
        let passwords = Passwords::new().unwrap();
        assert!(passwords.nobodys.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(passwords.verify("anything".to_owned(), None).await.ok(), Some(false));
        assert_eq!(passwords.verify("anything".to_owned(), Some("no hash".to_owned())).await.ok(), Some(false));
    }
}
