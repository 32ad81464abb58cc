//! What is kept of an account's games, and what stays when they go.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{PASSWORD, Person, Process, Request, TestServer, within};

/// Waits for an answer with this field.
async fn stats(person: &Person, games: u64) -> Value {
    let path = format!("/users/{}/stats", person.id().await);
    within("the statistics", async {
        loop {
            let stats = person.get(&path).await.expect(200);
            if stats["gamesPlayed"] == games {
                return stats;
            }
        }
    })
    .await
}

#[tokio::test]
async fn statistics_and_rating_stay_when_the_games_that_made_them_are_deleted() {
    let data = TempDir::new().unwrap();
    let flags = ["--rate-limit-requests=0", "--battles-state-per-minute=0"];
    let server = Process::start(data.path(), &flags).await;
    let body = json!({ "username": "Ann", "password": PASSWORD });
    let tokens = Request::new("POST", "/auth/register").json(&body).send(server.port).await.expect(201);
    let ann = Person::new(server.port, &tokens);
    let battle = ann.create(&json!({ "pace": "instant", "rules": { "maxRounds": 1 } })).await;
    ann.start(&battle).await;
    // Left to bots, but a loss of this account: it is kept, and counts.
    ann.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    let before = stats(&ann, 1).await;
    ann.replay(&battle).await;
    server.stopped().await;

    let server = Process::start(data.path(), &[&flags[..], &["--games-keep-bytes=1"]].concat()).await;
    let ann = ann.moved_to(server.port);
    within("the game to go", async { while ann.get(&format!("/state/replay/{battle}")).await.status == 200 {} }).await;
    ann.get(&format!("/state/replay/{battle}")).await.refused(404, "BATTLE_NOT_FOUND");
    assert_eq!(stats(&ann, 1).await, before);
    server.stopped().await;
}

#[tokio::test]
async fn while_the_disk_is_short_of_space_no_battle_is_made() {
    let server = TestServer::unlimited(&["--disk-reserve-bytes=18446744073709551615"]);
    let ann = server.person("Ann").await;
    let answer = ann.post("/battles", &json!({})).await;
    let details = answer.refused(503, "UNAVAILABLE");
    assert_eq!(details, json!({ "reason": "low_on_disk", "retryAfterMs": 60_000 }));
    let listed = ann.get("/battles").await.expect(200);
    assert_eq!(listed, json!([]), "everything else works");
}
