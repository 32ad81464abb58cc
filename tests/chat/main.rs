//! Contract chat, a test per clause.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "tests")]

mod avatars;
mod bots;
mod connecting;
mod connection_limits;
mod direct;
mod limits;
mod lobby;
mod mistakes;
mod presence;
mod rooms;
#[allow(dead_code, unused_imports, reason = "shared with the tests of other contracts")]
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};

use crate::support::{Person, Speaker, TestServer};

/// Somebody with an account, and their chat.
struct Chatter {
    person: Person,
    id: String,
    chat: Speaker,
}

impl Chatter {
    async fn join(server: &TestServer, name: &str) -> Self {
        let person = server.person(name).await;
        let chat = open(&person).await;
        let id = chat.seen[0]["payload"]["userId"].as_str().expect("an id").to_owned();
        Self { person, id, chat }
    }
}

/// A chat that has heard who it is.
async fn open(person: &Person) -> Speaker {
    let mut chat = Speaker::chat(person).await;
    assert_eq!(chat.next().await["type"], "connection");
    chat
}

/// The message that says this, to this scope.
fn message(content: &str, scope: &str) -> Value {
    json!({ "type": "message", "payload": { "content": content, "type": "user", "metadata": scope } })
}

fn typing(scope: &str) -> Value {
    json!({ "type": "status", "payload": { "status": "typing", "metadata": scope } })
}

impl Speaker {
    /// Says something, and hears it.
    async fn says(&mut self, content: &str, scope: &str) -> Value {
        self.send(&message(content, scope)).await;
        self.expect_said(content).await
    }

    async fn expect_said(&mut self, content: &str) -> Value {
        self.expect_that("message", |message| message["payload"]["content"] == content).await
    }

    /// Reads on until this status of this account.
    async fn expect_status(&mut self, id: &str, status: &str) -> Value {
        let is_it = |message: &Value| message["payload"]["userId"] == id && message["payload"]["status"] == status;
        self.expect_that("status", is_it).await
    }

    /// All that the chat had for this connection up to now, and that was not read yet.
    async fn rest(&mut self) -> Vec<Value> {
        let me = self.seen[0]["payload"]["userId"].as_str().expect("the first message says who one is").to_owned();
        let from = self.seen.len();
        self.says(&format!("mark {from}"), &format!("dm:{me}")).await;
        self.seen[from..self.seen.len() - 1].to_vec()
    }

    /// Reads on until a message of one of these types.
    async fn next_of(&mut self, names: &[&str]) -> Value {
        loop {
            let message = self.next().await;
            if names.iter().any(|name| message["type"] == *name) {
                return message;
            }
        }
    }

    /// The next error, which has this code: its details.
    async fn refused(&mut self, code: &str) -> Value {
        let mut error = self.expect("error").await;
        assert_eq!(error["payload"]["code"], code, "{error}");
        assert!(error["payload"]["message"].as_str().is_some_and(|text| text.len() > 5), "{error}");
        error["payload"]["details"].take()
    }

    /// The next error, which is about this field.
    async fn invalid(&mut self, field: &str) -> Value {
        let details = self.refused("INVALID_MESSAGE").await;
        assert_eq!(details["field"], field, "{details}");
        assert!(details["issue"].as_str().is_some_and(|issue| !issue.is_empty()), "{details}");
        details
    }
}

/// The messages of this type among these.
fn of_type<'a>(messages: &'a [Value], name: &str) -> Vec<&'a Value> {
    messages.iter().filter(|message| message["type"] == name).collect()
}
