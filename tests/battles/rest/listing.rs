//! `GET /battles`

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::support::{Answer, Four, Person, TestServer};

fn ids(answer: &Answer) -> Vec<String> {
    let battles = answer.expect(200);
    battles.as_array().unwrap().iter().map(|battle| battle["id"].as_str().unwrap().to_owned()).collect()
}

fn total(answer: &Answer) -> &str {
    answer.header("x-total-count").expect("a total")
}

async fn listed(person: &Person, query: &str) -> Vec<String> {
    ids(&person.get(&format!("/battles{query}")).await)
}

/// Makes a battle, and waits until the next one would be made at a later millisecond.
async fn make(person: &Person, wanted: Value) -> String {
    let id = person.create(&wanted).await;
    let made = u128::from(person.battle(&id).await["createdAt"].as_u64().unwrap());
    while SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis() <= made {
        tokio::task::yield_now().await;
    }
    id
}

#[tokio::test]
async fn battles_that_wait_come_first_and_private_ones_never() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let bob = server.person("Bob").await;
    assert_eq!(ann.get("/battles").await.expect(200), json!([]));
    let active = make(&ann, json!({ "name": "active" })).await;
    let older = make(&ann, json!({ "name": "older" })).await;
    let newer = make(&bob, json!({ "name": "newer" })).await;
    let hidden = make(&ann, json!({ "name": "hidden", "isPublic": false })).await;
    ann.start(&active).await;
    assert_eq!(listed(&ann, "").await, [&newer, &older, &active].map(String::clone));
    assert_eq!(listed(&bob, "?status=WAITING").await, [newer, older]);
    assert_eq!(listed(&bob, "?status=ACTIVE").await, std::slice::from_ref(&active));
    ann.start(&hidden).await;
    assert_eq!(listed(&ann, "?status=ACTIVE").await, [active], "not even to those who play in it");
    assert_eq!(listed(&ann, "?status=FINISHED").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_page_says_how_many_there_are_on_all_pages() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.insert(0, make(&ann, json!({})).await);
    }
    for prefix in ["", "/api/v1"] {
        let answer = ann.get(&format!("{prefix}/battles?limit=2&offset=1")).await;
        assert_eq!((ids(&answer), total(&answer)), (made[1..3].to_vec(), "5"));
    }
    let beyond = ann.get("/battles?offset=9223372036854775807").await;
    assert_eq!((ids(&beyond), total(&beyond)), (Vec::new(), "5"));
    let whole = ann.get("/battles?limit=100").await;
    assert_eq!((ids(&whole), total(&whole)), (made, "5"));
}

#[tokio::test]
async fn a_list_shows_nobodys_pieces_to_anybody() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    let text = four.people[0].get("/battles?status=ACTIVE").await.body;
    assert!(text.contains(&four.battle), "{text}");
    for word in ["\"hand\"", "validSets", "\"you\""] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[tokio::test]
async fn finished_battles_are_listed_newest_first_and_private_ones_not() {
    let server = TestServer::start();
    let four = Four::playing(&server).await;
    four.finish().await;
    let (ann, mut expected) = (&four.people[0], vec![four.battle.clone()]);
    for public in [false, true] {
        let rules = json!({ "maxRounds": 1 });
        let id = make(ann, json!({ "isPublic": public, "pace": "instant", "rules": rules })).await;
        let mut watching = ann.attend(&id).await;
        ann.start(&id).await;
        ann.press(&format!("/battles/{id}/forfeit")).await.expect(200);
        watching.expect("game:end").await;
        if public {
            expected.insert(0, id);
        }
    }
    let answer = ann.get("/battles?status=FINISHED").await;
    assert_eq!((ids(&answer), total(&answer)), (expected.clone(), "2"));
    let page = ann.get("/battles?status=FINISHED&limit=1&offset=1").await;
    assert_eq!((ids(&page), total(&page)), (expected[1..].to_vec(), "2"));
    let battle = &page.expect(200)[0];
    assert_eq!((&battle["status"], &battle["state"]["status"]), (&json!("FINISHED"), &json!("GAME_OVER")));
    assert_eq!(listed(ann, "").await, Vec::<String>::new(), "and among the others no more");
}
