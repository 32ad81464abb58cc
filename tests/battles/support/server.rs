//! The server for people with accounts.

use clients::process::{UNLIMITED_REQUESTS, UNLIMITED_ROOMS, unless_set};
use serde_json::{Value, json};

use super::{Answer, PASSWORD, Person, Request, TestServer};

/// The key that the servers of the tests sign with.
pub(crate) const KEY: &str = "a key of the tests, long enough for everybody";

/// People who play over HTTP have no connection. On a busy machine they may take longer for two requests than the grace
/// by default, and bots are to play for nobody but in tests that say so.
pub(super) fn patience(flags: &[&str]) -> Option<&'static str> {
    let is_set = flags.iter().any(|flag| flag.starts_with("--disconnect-grace-seconds"));
    (!is_set).then_some("--disconnect-grace-seconds=3600")
}

impl TestServer {
    /// Without limits on requests, so that no test meets one by accident.
    pub(crate) fn start() -> Self {
        Self::unlimited(&[])
    }

    /// The same with more flags.
    pub(crate) fn unlimited(flags: &[&str]) -> Self {
        let unlimited = [UNLIMITED_REQUESTS, UNLIMITED_ROOMS].concat();
        Self::with(&unless_set(&unlimited, flags).chain(flags.iter().copied()).collect::<Vec<_>>())
    }

    /// With flags as on the command line.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let key = ["--auth-secret-key", KEY];
        Self::launch(flags, &key.into_iter().chain(patience(flags)).collect::<Vec<_>>())
    }

    /// Sends a request.
    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.send(self.port()).await
    }

    /// Sends a JSON body.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", path).json(body)).await
    }

    /// Sends username and password.
    pub(crate) async fn login(&self, username: &str, password: &str) -> Answer {
        self.post("/auth/login", &json!({ "username": username, "password": password })).await
    }

    /// Sends a refresh token.
    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        self.post("/auth/refresh", &json!({ "refreshToken": token })).await
    }

    /// Somebody with a new account.
    pub(crate) async fn person(&self, username: &str) -> Person {
        let answer = self.post("/auth/register", &json!({ "username": username, "password": PASSWORD })).await;
        Person::new(self.port(), &answer.expect(201))
    }
}
