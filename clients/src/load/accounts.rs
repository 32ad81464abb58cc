//! Accounts and battles for the players of contract *battles*. The requests run on threads beside the players, a few at a
//! time.

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};
use tokio::{
    sync::{OnceCell, Semaphore},
    time::sleep,
};

use super::{Broken, plan::Plan};
use crate::Http;

/// How long an answer may take: a password waits for its turn.
const PATIENCE: Duration = Duration::from_secs(60);
/// Requests at once: more would only wait in the server, which hashes a password per core.
const AT_ONCE: usize = 8;
/// How many accounts are made at most, per seat: an account plays in many battles at once.
const ACCOUNTS_PER_SEAT: u64 = 25;
/// How often a request is tried again that the server has no room for.
const TRIES: u32 = 20;

/// The server's REST addresses, for all threads.
pub(super) struct Accounts {
    http: Http,
    permits: Semaphore,
    /// The tokens of the accounts, made when they are needed.
    tokens: Vec<OnceCell<String>>,
    run: u128,
    on_limit: fn(),
    /// Whether the server has refused a request because of a limit.
    is_limited: AtomicBool,
}

impl Accounts {
    pub(super) fn new(plan: &Plan, on_limit: fn()) -> Self {
        let count = u64::from(plan.players_per_room) * u64::from(plan.rooms).min(ACCOUNTS_PER_SEAT);
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            http: Http::new(&plan.server, PATIENCE),
            permits: Semaphore::new(AT_ONCE),
            tokens: (0..count).map(|_| OnceCell::new()).collect(),
            run: since.as_millis(),
            on_limit,
            is_limited: AtomicBool::new(false),
        }
    }

    /// Makes all accounts, so that no password is hashed while it is measured.
    pub(super) async fn prepare(&self) -> Result<(), Broken> {
        let all = (0..self.tokens.len() as u64).map(|number| self.token(number));
        futures_util::future::try_join_all(all).await.map(drop)
    }

    /// The token of the account that plays this seat.
    pub(super) async fn token(&self, player: u64) -> Result<String, Broken> {
        let number = player % (self.tokens.len() as u64).max(1);
        let Some(cell) = usize::try_from(number).ok().and_then(|number| self.tokens.get(number)) else {
            return Err(Broken("no account".to_owned()));
        };
        let register = || async {
            let username = format!("load_{}_{number}", self.run);
            let body = json!({ "username": username, "password": "only for a measurement" });
            let answer = self.ask("/auth/register", None, body).await?;
            answer["token"].as_str().map(str::to_owned).ok_or_else(|| Broken("register: no token".to_owned()))
        };
        cell.get_or_try_init(register).await.cloned()
    }

    /// Makes a battle; its id.
    pub(super) async fn create_battle(&self, token: &str) -> Result<String, Broken> {
        let wanted = json!({ "name": "Load", "pace": "instant", "turnTimeoutSeconds": 3600 });
        let answer = self.ask("/battles", Some(token), wanted).await?;
        answer["id"].as_str().map(str::to_owned).ok_or_else(|| Broken("battles: no id".to_owned()))
    }

    /// Takes a seat in a battle.
    pub(super) async fn join_battle(&self, token: &str, battle: &str) -> Result<(), Broken> {
        self.ask(&format!("/battles/{battle}/join"), Some(token), json!({})).await.map(drop)
    }

    /// Asks until the server has room for the request.
    async fn ask(&self, path: &str, token: Option<&str>, body: Value) -> Result<Value, Broken> {
        let http = self.http.clone().with_token(token.map(str::to_owned));
        for attempt in 0..TRIES {
            let answer = {
                let _permit = self.permits.acquire().await;
                http.post_async(path, body.clone()).await?
            };
            if !matches!(answer.status, 429 | 503) {
                return Ok(answer.success()?.json());
            }
            if answer.status == 429 && !self.is_limited.swap(true, Relaxed) {
                (self.on_limit)();
            }
            let wait = answer.retry_after.unwrap_or(1 + u64::from(attempt));
            sleep(Duration::from_secs(wait.min(60))).await;
        }
        Err(Broken("REST: RATE_LIMITED".to_owned()))
    }
}
