//! Passwords: Argon2id, outside the serving threads, and only a few at once, as each takes 19 MiB.

use std::{sync::Arc, time::Duration};

use actix_web::{rt::time::timeout, web};
use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use crate::{rest::answer::Refused, secret};

/// How long a request may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who a password is hashed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Somebody who is logged in, or who logs in from where the account has logged in before.
    Known,
    /// Anybody else. They have a queue of their own before the common one, so that few of them are ahead of those who
    /// are known.
    New,
}

/// Computes and checks hashes.
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
    /// Has as many permits as `turns`.
    turns_of_new: Arc<Semaphore>,
    /// The hash of a password that nobody has: checking against it takes as long as against a real one.
    nobodys: String,
}

impl Passwords {
    pub(super) fn new() -> anyhow::Result<Self> {
        // The other half of the cores serves games.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let nobodys = hash(&secret::new()).map_err(|error| anyhow::anyhow!("passwords can't be hashed: {error}"))?;
        let [turns, turns_of_new] = [(); 2].map(|()| Arc::new(Semaphore::new((cores / 2).max(1))));
        Ok(Self { turns, turns_of_new, nobodys })
    }

    /// The password's hash as a PHC text, with a salt of its own.
    pub(super) async fn hash(&self, password: String, turn: Turn) -> Result<String, Refused> {
        let hashed = self.in_turn(turn, move || hash(&password)).await?;
        hashed.map_err(|error| Refused::internal("a password can't be hashed", &error))
    }

    /// Checks whether this is the password of a hash. Without a hash it is wrong, after the same work.
    pub(super) async fn verify(&self, password: String, of: Option<String>, turn: Turn) -> Result<bool, Refused> {
        let exists = of.is_some();
        let of = of.unwrap_or_else(|| self.nobodys.clone());
        let matches = self.in_turn(turn, move || verify(&password, &of)).await?;
        Ok(exists && matches)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refused> {
        let busy = || Refused::unavailable("Too many people log in; try again in a moment");
        let turn = timeout(PATIENCE, self.turn(turn)).await.map_err(|_| busy())?.map_err(|_| busy())?;
        let done = web::block(move || {
            // Kept until the work is done, as a client that leaves does not end it.
            let _turn = turn;
            work()
        });
        done.await.map_err(|error| Refused::internal("a password can't be checked", &error))
    }

    async fn turn(&self, of: Turn) -> Result<[Option<OwnedSemaphorePermit>; 2], AcquireError> {
        let first = match of {
            Turn::Known => None,
            Turn::New => Some(Arc::clone(&self.turns_of_new).acquire_owned().await?),
        };
        Ok([first, Some(Arc::clone(&self.turns).acquire_owned().await?)])
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
    use std::cell::Cell;

    use futures_util::future::join_all;

    use super::*;

    #[actix_web::test]
    async fn a_hash_is_argon2id_with_a_salt_of_its_own() {
        let passwords = Passwords::new().unwrap();
        let one = passwords.hash("correct horse".to_owned(), Turn::New).await.ok().unwrap();
        let two = passwords.hash("correct horse".to_owned(), Turn::New).await.ok().unwrap();
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        for (password, expected) in [("correct horse", true), ("correct horsf", false), ("", false)] {
            let verified = passwords.verify(password.to_owned(), Some(one.clone()), Turn::Known).await;
            assert_eq!(verified.ok(), Some(expected), "{password}");
        }
    }

    #[actix_web::test]
    async fn nobodys_password_is_wrong_and_costs_the_same_parameters() {
        let passwords = Passwords::new().unwrap();
        assert!(passwords.nobodys.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(passwords.verify("anything".to_owned(), None, Turn::New).await.ok(), Some(false));
        assert_eq!(
            passwords.verify("anything".to_owned(), Some("no hash".to_owned()), Turn::New).await.ok(),
            Some(false)
        );
    }

    #[actix_web::test]
    async fn whoever_is_known_does_not_queue_behind_all_who_are_new() {
        let passwords = Passwords::new().unwrap();
        let (new, behind) = (passwords.turns.available_permits() * 20, Cell::new(0));
        let guess = async || {
            // On a busy machine the last of them may lose their patience.
            let checked = passwords.verify("a guess".to_owned(), None, Turn::New).await.is_ok();
            behind.set(behind.get() + usize::from(checked));
        };
        let guesses = join_all((0..new).map(|_| guess()));
        let known = async || {
            // The guesses stand in their queue before the owner comes.
            while passwords.turns_of_new.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            passwords.verify("the password".to_owned(), None, Turn::Known).await.ok().unwrap();
            behind.get()
        };
        let (_, before) = tokio::join!(guesses, known());
        assert!(before * 2 < new, "{before} of {new} guesses were checked before the owner's password");
    }
}
