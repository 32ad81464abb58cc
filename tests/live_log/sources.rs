//! What one source puts into the live log has a rate; what is over it is counted and not stored.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::listener::{GENEROUS, Listener};
use crate::support::{PASSWORD, Person, Process, Request, Speaker, within};

/// Three messages of a type per minute and source.
async fn start(data: &TempDir) -> Process {
    let flags = ["--live-log-source-per-minute=3", "--battles-auth-per-minute=0", "--battles-create-per-minute=0"];
    Process::start(data.path(), &[&GENEROUS[..], &flags].concat()).await
}

async fn register(server: &Process, name: &str) -> Person {
    let account = json!({ "username": name, "password": PASSWORD });
    let answer = Request::new("POST", "/auth/register").json(&account).send(server.port).await;
    Person::new(server.port, &answer.expect(201))
}

/// Waits until so many messages were refused.
async fn refused(server: &Process, count: u64) {
    within("the refusals", async {
        let line = "liap_limit_hits_total{limit=\"live_log_source\"} ";
        loop {
            let page = Request::new("GET", "/metrics").send(server.port).await.body;
            let hits =
                page.lines().find_map(|metric| metric.strip_prefix(line)).map_or(0, |hits| hits.parse().unwrap());
            assert!(hits <= count, "{hits} of {count}");
            if hits == count {
                return;
            }
        }
    })
    .await;
}

async fn say(chat: &mut Speaker, words: &str) {
    chat.send(&json!({ "type": "message", "payload": { "content": words, "type": "user" } })).await;
    while chat.expect("message").await["payload"]["content"] != words {}
}

#[tokio::test]
async fn an_account_that_says_too_much_is_heard_but_not_stored_and_others_are() {
    let data = TempDir::new().unwrap();
    let server = start(&data).await;
    let (ann, bob) = (register(&server, "Ann").await, register(&server, "Bob").await);
    let mut log = Listener::to(server.port, &["user"]).await;
    let (mut anns, mut bobs) = (Speaker::chat(&ann).await, Speaker::chat(&bob).await);
    for number in 0..5 {
        // The chat itself has its own limit: everybody hears it.
        say(&mut anns, &format!("ann {number}")).await;
    }
    say(&mut bobs, "bob").await;
    refused(&server, 2).await;
    let heard: Vec<Value> = [log.next().await, log.next().await, log.next().await, log.next().await].into();
    let heard: Vec<&Value> = heard.iter().map(|message| &message["content"]).collect();
    assert_eq!(heard, ["ann 0", "ann 1", "ann 2", "bob"]);
    assert_eq!(log.listed(json!({ "type": "user" })).await.len(), 4);
    server.stopped().await;
}

#[tokio::test]
async fn whoever_opens_one_battle_after_another_fills_only_their_own_rate() {
    let data = TempDir::new().unwrap();
    let server = start(&data).await;
    let (ann, bob) = (register(&server, "Ann").await, register(&server, "Bob").await);
    for _ in 0..5 {
        ann.create(&json!({})).await;
    }
    let battle = bob.create(&json!({})).await;
    refused(&server, 2).await;
    let mut log = Listener::to(server.port, &["party"]).await;
    let parties = within("the last message", async {
        loop {
            let parties = log.listed(json!({ "type": "party" })).await;
            if parties.len() == 4 {
                return parties;
            }
        }
    })
    .await;
    assert_eq!(parties[0]["party_id"], json!(battle));
    assert!(parties[1..].iter().all(|party| party["leader_name"] == "Ann"), "{parties:?}");
    server.stopped().await;
}
