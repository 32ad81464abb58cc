//! Somebody with an account and tokens.

use serde_json::Value;

use super::{Answer, Request};

/// Who is logged in.
pub(crate) struct Person {
    port: u16,
    /// The access token.
    pub(crate) token: String,
    /// The refresh token.
    pub(crate) refresh: String,
}

impl Person {
    /// With the tokens of an answer, which has them and nothing else.
    pub(crate) fn new(port: u16, tokens: &Value) -> Self {
        let fields: Vec<&String> = tokens.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["expiresIn", "refreshToken", "token"]);
        let text = |field: &str| tokens[field].as_str().expect("a text").to_owned();
        Self { port, token: text("token"), refresh: text("refreshToken") }
    }

    /// Where the server listens.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// The same person at a server that has moved.
    pub(crate) fn moved_to(&self, port: u16) -> Self {
        Self { port, token: self.token.clone(), refresh: self.refresh.clone() }
    }

    /// Sends a request as this person.
    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.bearer(&self.token).send(self.port).await
    }

    /// Asks for an address as this person.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::new("GET", path)).await
    }

    /// Changes the own profile.
    pub(crate) async fn patch(&self, body: &Value) -> Answer {
        self.send(Request::new("PATCH", "/users/me").json(body)).await
    }

    /// The account's id.
    pub(crate) async fn id(&self) -> String {
        self.get("/users/me").await.expect(200)["id"].as_str().expect("an id").to_owned()
    }
}
