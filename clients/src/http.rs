//! Plain requests to the REST API of a server.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use ureq::{Agent, http::Request};

use crate::ServerAddress;

/// The REST API of a server, for nobody or for an account that is logged in. A clone shares the connections.
// Without `Debug`, which would print the token.
#[derive(Clone)]
pub struct Http {
    agent: Agent,
    base: String,
    token: Option<String>,
}

/// An answer of the server, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// The body.
    pub text: String,
}

/// Why a request brought nothing.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HttpError {
    /// The server did not answer within the time limit.
    #[error("the server does not answer")]
    NoAnswer,
    /// The server refused the request.
    #[error("the server refuses: {code}")]
    Refused {
        /// The status code.
        status: u16,
        /// The code of the error body, or the status.
        code: String,
    },
}

impl Answer {
    /// The body as JSON; null if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The body of a success.
    ///
    /// # Errors
    /// If the status is not 2xx.
    pub fn success(self) -> Result<Self, HttpError> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        let code = self.json()["code"].as_str().map_or_else(|| self.status.to_string(), str::to_owned);
        Err(HttpError::Refused { status: self.status, code })
    }
}

impl Http {
    /// The API of this server, for nobody. An answer may take this long. No proxy is used.
    #[must_use]
    pub fn new(server: &ServerAddress, patience: Duration) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).proxy(None).timeout_global(Some(patience));
        Self { agent: config.build().new_agent(), base: server.http(), token: None }
    }

    /// The same for the owner of this token.
    #[must_use]
    pub fn with_token(self, token: Option<String>) -> Self {
        Self { token, ..self }
    }

    /// The access token.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Requests a path.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn get(&self, path: &str) -> Result<Answer, HttpError> {
        self.send("GET", path, String::new())
    }

    /// Posts a body.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn post(&self, path: &str, body: &Value) -> Result<Answer, HttpError> {
        self.send("POST", path, body.to_string())
    }

    /// [`post`](Self::post) for asynchronous code, on a thread that may wait.
    ///
    /// # Errors
    /// If there is no answer.
    pub async fn post_async(&self, path: &str, body: Value) -> Result<Answer, HttpError> {
        let (own, path) = (self.clone(), path.to_owned());
        spawn_blocking(move || own.post(&path, &body)).await.unwrap_or(Err(HttpError::NoAnswer))
    }

    /// Creates an account; the API for it.
    ///
    /// # Errors
    /// If there is no answer, or the server refuses.
    pub fn register(&self, username: &str, password: &str) -> Result<Self, HttpError> {
        self.enter("/auth/register", username, password)
    }

    /// Logs in; the API for the account.
    ///
    /// # Errors
    /// If there is no answer, or the server refuses.
    pub fn log_in(&self, username: &str, password: &str) -> Result<Self, HttpError> {
        self.enter("/auth/login", username, password)
    }

    fn enter(&self, path: &str, username: &str, password: &str) -> Result<Self, HttpError> {
        let answer = self.post(path, &json!({ "username": username, "password": password }))?.success()?.json();
        Ok(self.clone().with_token(answer["token"].as_str().map(str::to_owned)))
    }

    fn send(&self, method: &str, path: &str, body: String) -> Result<Answer, HttpError> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        let request = self
            .token
            .iter()
            .fold(request, |request, token| request.header("Authorization", format!("Bearer {token}")));
        // A path or a token that can't be sent has no answer either.
        let no_answer = |_| HttpError::NoAnswer;
        let sent = if body.is_empty() {
            self.agent.run(request.body(()).map_err(|_| HttpError::NoAnswer)?)
        } else {
            let request = request.header("Content-Type", "application/json").body(body);
            self.agent.run(request.map_err(|_| HttpError::NoAnswer)?)
        };
        let mut answer = sent.map_err(no_answer)?;
        let retry_after = answer.headers().get("retry-after").and_then(|after| after.to_str().ok()?.parse().ok());
        let text = answer.body_mut().read_to_string().map_err(no_answer)?;
        Ok(Answer { status: answer.status().as_u16(), retry_after, text })
    }
}
