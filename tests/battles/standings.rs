//! `GET /users/{id}/stats`, `GET /leaderboard`

use liap_tui::startup::ledger;
use serde_json::{Value, json};
use store::{Batch, Ended, Finished, Founded, Participation, Store};
use vocabulary::Timestamp;

use crate::support::{Request, TestServer};

/// A finished game in which these accounts had these places, and the points that go with them.
async fn played(store: &Store, room: &str, places: &[(&str, u8)]) {
    let player = |(account, place): &(&str, u8)| Participation {
        account: (*account).to_owned(),
        seat: place - 1,
        place: *place,
        won: *place == 1,
        full_length: true,
        score: 60 - 10 * i64::from(*place),
        rounds: 8,
        exact_declarations: 3,
        ..Participation::default()
    };
    let players = places.iter().map(player).collect();
    let game = Finished { result: "{}".to_owned(), record: Vec::new(), public: true, of_bots: false, players };
    let batch = Batch {
        founded: vec![Founded { room: room.to_owned(), founding: Vec::new(), at: Timestamp(1) }],
        entries: Vec::new(),
        ended: vec![Ended { room: room.to_owned(), at: Timestamp(2), game: Some(game) }],
    };
    store.append(&batch).await.unwrap();
    ledger(12).settle(store).await.unwrap();
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[tokio::test]
async fn who_has_not_played_has_zeros_and_the_rating_of_a_beginner() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let expected = json!({
        "gamesPlayed": 0, "gamesWon": 0, "winRate": 0.0, "roundsPlayed": 0, "perfectDeclarations": 0,
        "averageScore": 0.0, "bestScore": 0, "rating": 1500.0, "ratingDeviation": 500.0
    });
    for prefix in ["", "/api/v1"] {
        assert_eq!(ann.get(&format!("{prefix}/users/{}/stats", ann.id().await)).await.expect(200), expected);
    }
}

#[tokio::test]
async fn games_make_the_statistics_that_everybody_sees() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let (a, b) = (ann.id().await, bob.id().await);
    let store = server.store().await;
    played(&store, "r1", &[(&a, 1), (&b, 4)]).await;
    played(&store, "r2", &[(&a, 2)]).await;
    played(&store, "r3", &[(&a, 2)]).await;
    let of_ann = bob.get(&format!("/users/{a}/stats")).await.expect(200);
    let of_bob = ann.get(&format!("/users/{b}/stats")).await.expect(200);
    assert_eq!(
        (&of_ann["gamesPlayed"], &of_ann["gamesWon"], &of_ann["winRate"]),
        (&json!(3), &json!(1), &json!(0.3333))
    );
    assert_eq!((&of_ann["roundsPlayed"], &of_ann["perfectDeclarations"]), (&json!(24), &json!(9)));
    assert_eq!((&of_ann["averageScore"], &of_ann["bestScore"]), (&json!(43.33), &json!(50)));
    assert!(number(&of_ann["rating"]) > 1500.0 && number(&of_bob["rating"]) < 1500.0, "{of_ann} {of_bob}");
    assert!(number(&of_ann["ratingDeviation"]) < 500.0, "{of_ann}");
}

#[tokio::test]
async fn nobody_has_statistics_under_an_unknown_id() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for id in ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "Ann", "'%20OR%20''='"] {
        ann.get(&format!("/users/{id}/stats")).await.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn without_a_token_there_are_no_standings() {
    let server = TestServer::start();
    let id = server.person("Ann").await.id().await;
    for path in [format!("/users/{id}/stats"), "/users/nobody/stats".to_owned(), "/leaderboard".to_owned()] {
        server.send(Request::new("GET", &path)).await.refused(401, "UNAUTHORIZED");
        server.send(Request::new("GET", &path).bearer("x.y.z")).await.refused(401, "UNAUTHORIZED");
        server.send(Request::new("POST", &path).json(&json!({}))).await.refused(405, "METHOD_NOT_ALLOWED");
    }
}

#[tokio::test]
async fn the_leaderboard_is_empty_before_the_first_game() {
    let server = TestServer::start();
    let answer = server.person("Ann").await.get("/leaderboard").await;
    assert_eq!(answer.expect(200), json!({ "entries": [], "total": 0 }));
    assert_eq!(answer.header("x-total-count"), Some("0"));
}

#[tokio::test]
async fn the_leaderboard_ranks_in_pages() {
    let server = TestServer::start();
    let store = server.store().await;
    let mut people = Vec::new();
    for name in ["Ann", "Bob", "Cem"] {
        people.push(server.person(name).await);
    }
    let (ann, bob, cem) = (people[0].id().await, people[1].id().await, people[2].id().await);
    people[1].patch(&json!({ "displayName": "Bobby", "avatarUrl": "https://a.example/b.png" })).await.expect(200);
    for game in 0..3 {
        played(&store, &format!("r{game}"), &[(&cem, 3), (&bob, 1), (&ann, 2)]).await;
    }
    let answer = people[0].get("/leaderboard").await;
    let whole = answer.expect(200);
    assert_eq!((&whole["total"], answer.header("x-total-count")), (&json!(3), Some("3")));
    let entries = whole["entries"].as_array().unwrap();
    let order: Vec<(&Value, &Value)> = entries.iter().map(|entry| (&entry["rank"], &entry["user"]["id"])).collect();
    assert_eq!(order, [(&json!(1), &json!(bob)), (&json!(2), &json!(ann)), (&json!(3), &json!(cem))]);
    let picture = "https://a.example/b.png";
    let expected = json!({ "id": bob, "username": "Bob", "displayName": "Bobby", "avatarUrl": picture });
    assert_eq!(entries[0]["user"], expected);
    let first = &entries[0];
    assert_eq!((&first["gamesPlayed"], &first["gamesWon"], &first["winRate"]), (&json!(3), &json!(3), &json!(1.0)));
    let stats = people[0].get(&format!("/users/{bob}/stats")).await.expect(200);
    assert_eq!((&first["rating"], &first["ratingDeviation"]), (&stats["rating"], &stats["ratingDeviation"]));
    let answer = people[0].get("/api/v1/leaderboard?offset=1&limit=1").await;
    assert_eq!(answer.expect(200), json!({ "entries": [entries[1]], "total": 3 }));
    assert_eq!(answer.header("x-total-count"), Some("3"));
    let beyond = people[0].get("/leaderboard?offset=9223372036854775807").await.expect(200);
    assert_eq!(beyond, json!({ "entries": [], "total": 3 }));
}

#[tokio::test]
async fn a_page_that_cannot_be_is_refused_by_the_parameters_name() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    ann.get("/leaderboard?limit=100&offset=0").await.expect(200);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=", "limit"),
        ("limit=ten", "limit"),
        ("limit=5&limit=5", "limit"),
        ("offset=-1", "offset"),
        ("limit=5&offset=1.5", "offset"),
        ("page=2", "page"),
    ] {
        ann.get(&format!("/leaderboard?{query}")).await.invalid(field);
    }
}
