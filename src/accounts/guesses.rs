//! Wrong passwords. They slow down whoever sends them, and whoever tries the same account from places that it does not
//! know. Nobody's wrong passwords lock the owner of an account out.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::{HttpRequest, rt::time::sleep};
use actors::{
    Limit, Network,
    window::{Verdict, Window},
};
use contracts::battles::client::is_username;

use crate::{
    rest::{answer::Refused, rates},
    settings::LimitSettings,
};

const MINUTE: Duration = Duration::from_secs(60);
/// Wrong passwords beyond the budget, each of which doubles the delay, up to the longest.
const STEPS: u32 = 4;
/// Logins of one account that wait at once from one place.
const WAITING_HERE: usize = 4;
/// Logins of one account that wait at once from all places that it does not know.
const WAITING_ELSEWHERE: usize = 32;
/// Logins that wait at once, of all accounts. Each costs a timer and its connection.
const WAITING: usize = 1_024;

/// Who sends passwords, as far as the server can know.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Source {
    Network(Network),
    /// A browser that the account has logged in with. Wrong passwords of others at its address do not count for it.
    Device(String),
}

/// What wrong passwords count for. Usernames are in lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    /// One account from one place.
    Here(Source, String),
    /// One account from all places together that it does not know.
    Elsewhere(String),
}

impl Key {
    const fn room(&self) -> usize {
        match self {
            Self::Here(..) => WAITING_HERE,
            Self::Elsewhere(_) => WAITING_ELSEWHERE,
        }
    }
}

/// The wrong passwords of the last minute, and the logins that wait because of them.
pub(super) struct Guesses {
    /// `None` if there is no limit.
    failures: Option<Window<Key>>,
    budget: u32,
    longest: Duration,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    total: usize,
    of: HashMap<Key, usize>,
}

/// A login that was counted as a wrong password, until it turns out to be right.
pub(super) struct Attempt<'a> {
    guesses: &'a Guesses,
    counted: Vec<(Key, Option<Instant>)>,
    delay: Duration,
}

impl Guesses {
    pub(super) fn new(settings: &LimitSettings) -> Self {
        let budget = settings.login_failures_per_minute;
        Self {
            failures: (budget > 0).then(|| Window::new(budget + STEPS, MINUTE)),
            budget,
            longest: Duration::from_secs(settings.login_delay_seconds),
            waiting: Mutex::default(),
        }
    }

    /// Counts a login before its password is checked, so that many at once can't all pass. What can't be a username
    /// counts for no account.
    pub(super) fn attempt(&self, username: &str, source: Source, is_known: bool) -> Attempt<'_> {
        let mut attempt = Attempt { guesses: self, counted: Vec::new(), delay: Duration::ZERO };
        if let Some(failures) = self.failures.as_ref().filter(|_| is_username(username)) {
            let name = username.to_ascii_lowercase();
            let now = Instant::now();
            let elsewhere = (!is_known).then(|| Key::Elsewhere(name.clone()));
            for key in [Key::Here(source, name)].into_iter().chain(elsewhere) {
                let verdict = failures.take(key.clone(), now);
                attempt.delay = attempt.delay.max(self.delay(verdict));
                attempt.counted.push((key, verdict.passed.then_some(now)));
            }
        }
        attempt
    }

    fn delay(&self, verdict: Verdict) -> Duration {
        let so_far = verdict.limit.saturating_sub(verdict.remaining);
        match so_far.saturating_sub(self.budget) {
            0 => Duration::ZERO,
            step => self.longest / 2_u32.pow(STEPS.saturating_sub(step)),
        }
    }

    /// A place to wait, which is freed when the result is dropped; `None` if too many wait already.
    fn room(&self, keys: impl Iterator<Item = Key>) -> Option<Room<'_>> {
        let keys: Vec<Key> = keys.collect();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |key: &Key| waiting.of.get(key).is_some_and(|waiting| *waiting >= key.room());
        if waiting.total >= WAITING || keys.iter().any(is_full) {
            return None;
        }
        waiting.total += 1;
        for key in &keys {
            *waiting.of.entry(key.clone()).or_default() += 1;
        }
        Some(Room { guesses: self, keys })
    }
}

impl Attempt<'_> {
    /// Waits as long as the wrong passwords before it require. It takes no thread, and ends when the client leaves.
    ///
    /// # Errors
    /// `RATE_LIMITED` when too many wait already.
    pub(super) async fn wait(&self, request: &HttpRequest) -> Result<(), Refused> {
        if self.delay.is_zero() {
            return Ok(());
        }
        Limit::Logins.hit();
        let keys = self.counted.iter().map(|(key, _)| key.clone());
        let Some(_room) = self.guesses.room(keys) else {
            let limit = self.guesses.budget;
            return Err(rates::refuse(request, Verdict { passed: false, limit, remaining: 0, reset: self.delay }));
        };
        sleep(self.delay).await;
        Ok(())
    }

    /// The password was right: the login does not count.
    pub(super) fn succeeded(self) {
        let Some(failures) = &self.guesses.failures else { return };
        for (key, at) in self.counted {
            if let Some(at) = at {
                failures.give_back(&key, at);
            }
        }
    }
}

/// A login that waits.
struct Room<'a> {
    guesses: &'a Guesses,
    keys: Vec<Key>,
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        let mut waiting = self.guesses.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.total = waiting.total.saturating_sub(1);
        for key in &self.keys {
            if let Some(count) = waiting.of.get_mut(key) {
                *count -= 1;
                if *count == 0 {
                    waiting.of.remove(key);
                }
            }
        }
    }
}
