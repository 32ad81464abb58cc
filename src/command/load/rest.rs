//! Plain requests to the server: accounts and battles for the players of contract *battles*, and its metrics. They run on
//! threads beside the players, a few at a time.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};
use tokio::{
    sync::{OnceCell, Semaphore},
    task::spawn_blocking,
    time::sleep,
};
use ureq::{Agent, http::Request};

use super::{link::Broken, wire::battles};

/// How long an answer may take: a password waits for its turn.
const PATIENCE: Duration = Duration::from_secs(60);
/// Requests at once: more would only wait in the server, which hashes a password per core.
const AT_ONCE: usize = 8;
/// How many accounts are made at most, per seat: an account plays in many battles at once.
const ACCOUNTS_PER_SEAT: u64 = 25;
/// How often a request is tried again that the server has no room for.
const TRIES: u32 = 20;

/// The server's REST addresses, for all threads.
#[derive(Clone)]
pub(super) struct Rest {
    agent: Agent,
    base: String,
    permits: Arc<Semaphore>,
    /// The tokens of the accounts, made when they are needed.
    accounts: Arc<[OnceCell<String>]>,
    run: u128,
    has_warned: Arc<AtomicBool>,
}

/// An answer: status, seconds of `Retry-After`, body.
struct Answer {
    status: u16,
    retry_after: Option<u64>,
    body: Value,
}

impl Rest {
    pub(super) fn new(base: String, rooms: u32, seats: u8) -> Self {
        let count = u64::from(seats) * u64::from(rooms).min(ACCOUNTS_PER_SEAT);
        let config = Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(Some(PATIENCE));
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            agent: config.build().new_agent(),
            base,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            accounts: (0..count).map(|_| OnceCell::new()).collect(),
            run: since.as_millis(),
            has_warned: Arc::default(),
        }
    }

    /// Makes all accounts, so that no password is hashed while it is measured.
    pub(super) async fn prepare(&self) -> Result<(), Broken> {
        let all = (0..self.accounts.len() as u64).map(|number| self.token(number));
        futures_util::future::try_join_all(all).await.map(drop)
    }

    /// The token of the account that plays this seat.
    pub(super) async fn token(&self, player: u64) -> Result<String, Broken> {
        let number = player % (self.accounts.len() as u64).max(1);
        let Some(cell) = usize::try_from(number).ok().and_then(|number| self.accounts.get(number)) else {
            return Err(Broken("no account".to_owned()));
        };
        let register = || async {
            let username = format!("load_{}_{number}", self.run);
            let body = json!({ "username": username, "password": "only for a measurement" });
            let answer = self.ask("/auth/register", String::new(), body).await?;
            answer["token"].as_str().map(str::to_owned).ok_or_else(|| Broken("register: no token".to_owned()))
        };
        cell.get_or_try_init(register).await.cloned()
    }

    /// Makes a battle; its id.
    pub(super) async fn create_battle(&self, token: &str) -> Result<String, Broken> {
        let answer = self.ask("/battles", token.to_owned(), battles::battle()).await?;
        answer["id"].as_str().map(str::to_owned).ok_or_else(|| Broken("battles: no id".to_owned()))
    }

    /// Sits down in a battle.
    pub(super) async fn join_battle(&self, token: &str, battle: &str) -> Result<(), Broken> {
        self.ask(&format!("/battles/{battle}/join"), token.to_owned(), json!({})).await.map(drop)
    }

    /// Asks until the server has room for the request.
    async fn ask(&self, path: &str, token: String, body: Value) -> Result<Value, Broken> {
        for attempt in 0..TRIES {
            let answer = self.post(path, token.clone(), body.clone()).await?;
            match answer.status {
                200..=299 => return Ok(answer.body),
                429 | 503 => {
                    self.warn(answer.status);
                    let wait = answer.retry_after.unwrap_or(1 + u64::from(attempt));
                    sleep(Duration::from_secs(wait.min(60))).await;
                }
                status => {
                    let code = answer.body["code"].as_str().map_or_else(|| status.to_string(), str::to_owned);
                    return Err(Broken(format!("REST: {code}")));
                }
            }
        }
        Err(Broken("REST: RATE_LIMITED".to_owned()))
    }

    /// Says once that the server has limits.
    fn warn(&self, status: u16) {
        if status == 429 && !self.has_warned.swap(true, Relaxed) {
            // Who closed the terminal does not miss it.
            let _ =
                writeln!(io::stderr().lock(), "the server limits requests: waiting; see docs/load.md for its settings");
        }
    }

    async fn post(&self, path: &str, token: String, body: Value) -> Result<Answer, Broken> {
        let gone = || Broken("REST: no answer".to_owned());
        let _permit = self.permits.acquire().await.map_err(|_| gone())?;
        let (agent, url) = (self.agent.clone(), format!("{}{path}", self.base));
        let asked = spawn_blocking(move || {
            let request = Request::post(url).header("Content-Type", "application/json");
            let request =
                if token.is_empty() { request } else { request.header("Authorization", format!("Bearer {token}")) };
            let mut answer = agent.run(request.body(body.to_string()).ok()?).ok()?;
            let retry_after = answer.headers().get("retry-after").and_then(|after| after.to_str().ok()?.parse().ok());
            let text = answer.body_mut().read_to_string().ok()?;
            let body = serde_json::from_str(&text).unwrap_or_default();
            Some(Answer { status: answer.status().as_u16(), retry_after, body })
        });
        asked.await.ok().flatten().ok_or_else(gone)
    }
}

/// What `GET` says at an address; none when there is no server, or it says no.
pub(super) fn get(url: &str, token: Option<&str>, patience: Duration) -> Option<String> {
    let config = Agent::config_builder().proxy(None).timeout_global(Some(patience));
    let request = config.build().new_agent().get(url);
    let request =
        token.into_iter().fold(request, |request, token| request.header("Authorization", format!("Bearer {token}")));
    request.call().ok()?.body_mut().read_to_string().ok()
}
