//! Which finished games count for ratings and guilds, and where a player sees why one does not: `GET /users/me/games`.

use serde_json::{Value, json};

use crate::support::{Person, Request, TestServer, schemas, within};

/// Ann and Bob play a battle that is set up like this, beside two bots; Bob gives it up at once, so that Ann is the better
/// one. The battle's id, when it has been rated.
async fn played(ann: &Person, bob: &Person, wanted: &Value) -> String {
    let battle = ann.create(wanted).await;
    bob.join(&battle).await;
    let mut connection = ann.attend(&battle).await;
    connection.expect("connect").await;
    ann.start(&battle).await;
    bob.press(&format!("/battles/{battle}/forfeit")).await.expect(200);
    connection.play_over_rest(ann).await;
    rated(ann, &battle).await;
    battle
}

/// The person's game of this battle, when it has been rated.
async fn rated(person: &Person, battle: &str) -> Value {
    within("the game to be rated", async {
        loop {
            let games = games(person).await;
            if let Some(game) = games.into_iter().find(|game| game["battleId"] == battle && !game["counts"].is_null()) {
                return game;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

/// The person's finished games, the newest first.
async fn games(person: &Person) -> Vec<Value> {
    let answer = person.get("/users/me/games").await;
    let games = answer.expect(200).as_array().expect("a list").clone();
    games.iter().for_each(|game| schemas::check("battles/response/OwnGame", &game.to_string(), game));
    games
}

async fn stats(person: &Person) -> Value {
    person.get(&format!("/users/{}/stats", person.id().await)).await.expect(200)
}

async fn found(by: &Person, name: &str) -> String {
    by.post("/guilds", &json!({ "name": name })).await.expect(201)["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn two_accounts_that_play_games_of_one_round_gain_nothing() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let guild = found(&ann, "Farmers").await;
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } });
    for _ in 0..4 {
        let battle = played(&ann, &bob, &wanted).await;
        let game = rated(&ann, &battle).await;
        assert_eq!((&game["counts"], &game["discount"]), (&json!(0.0), &json!("short")));
    }
    let (of_ann, of_bob) = (stats(&ann).await, stats(&bob).await);
    assert_eq!((&of_ann["rating"], &of_bob["rating"]), (&json!(1500.0), &json!(1500.0)));
    assert_eq!((&of_ann["ratingDeviation"], &of_ann["gamesPlayed"]), (&json!(500.0), &json!(4)));
    let guild = ann.get(&format!("/guilds/{guild}")).await.expect(200);
    assert_eq!((&guild["points"], &guild["level"]), (&json!(0), &json!(1)));
}

#[tokio::test]
async fn a_game_of_two_accounts_counts_in_full_up_to_the_limit_of_the_hour() {
    let server = TestServer::unlimited(&["--rated-games-per-hour=1"]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let guild = found(&ann, "Players").await;
    let wanted = json!({ "pace": "instant", "botDifficulty": "hard", "turnTimeoutSeconds": 600 });
    let battle = played(&ann, &bob, &wanted).await;
    let game = rated(&ann, &battle).await;
    assert_eq!((&game["counts"], &game["discount"]), (&json!(1.0), &Value::Null), "{game}");
    let (first, of_bob) = (stats(&ann).await, stats(&bob).await);
    assert!(first["rating"].as_f64().unwrap() > 1500.0 && of_bob["rating"].as_f64().unwrap() < 1500.0);
    let points = ann.get(&format!("/guilds/{guild}")).await.expect(200)["points"].clone();
    assert!(points.as_i64().unwrap() >= 10, "{points}");

    let battle = played(&ann, &bob, &wanted).await;
    let game = rated(&ann, &battle).await;
    assert_eq!((&game["counts"], &game["discount"]), (&json!(0.0), &json!("too_many")));
    assert_eq!(stats(&ann).await["rating"], first["rating"]);
    assert_eq!(ann.get(&format!("/guilds/{guild}")).await.expect(200)["points"], points);
    let metrics = server.send(Request::new("GET", "/metrics")).await.body;
    let refused = metrics.lines().find_map(|line| line.strip_prefix("liap_limit_hits_total{limit=\"rated_games\"} "));
    assert!(refused.is_some_and(|count| count.parse::<u64>().unwrap() >= 2), "{refused:?}");
}

#[tokio::test]
async fn a_game_that_a_bot_finishes_for_somebody_is_a_loss_and_never_a_win() {
    let server = TestServer::unlimited(&["--disconnect-grace-seconds=0"]);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    // Bob's stand-in plays better than Ann, so without the rule he would gain by going away.
    for _ in 0..2 {
        let wanted = json!({ "pace": "instant", "botDifficulty": "hard", "turnTimeoutSeconds": 600 });
        let battle = ann.create(&wanted).await;
        bob.join(&battle).await;
        let mut of_bob = bob.attend(&battle).await;
        of_bob.expect("connect").await;
        let mut connection = ann.attend(&battle).await;
        connection.expect("connect").await;
        ann.start(&battle).await;
        of_bob.cut().await;
        connection.play_over_rest(&ann).await;
        let game = rated(&bob, &battle).await;
        assert_eq!((&game["finishedByBot"], &game["won"]), (&json!(true), &json!(false)), "{game}");
        assert_eq!(rated(&ann, &battle).await["finishedByBot"], false);
    }
    let (of_ann, of_bob) = (stats(&ann).await, stats(&bob).await);
    assert_eq!(of_bob["gamesWon"], 0);
    let rating = |stats: &Value| stats["rating"].as_f64().unwrap();
    assert!(rating(&of_bob) < 1500.0 && rating(&of_ann) > 1500.0, "{of_ann} {of_bob}");
}

#[tokio::test]
async fn the_games_have_pages_and_are_the_callers_own() {
    let server = TestServer::start();
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    assert_eq!(games(&ann).await, [Value::Null; 0]);
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } });
    let first = played(&ann, &bob, &wanted).await;
    let second = played(&ann, &bob, &wanted).await;
    let order: Vec<Value> = games(&ann).await.into_iter().map(|mut game| game["battleId"].take()).collect();
    assert_eq!(order, [json!(second), json!(first)]);
    let page = ann.get("/api/v1/users/me/games?offset=1&limit=1").await.expect(200);
    assert_eq!((page[0]["battleId"].clone(), page.as_array().map(Vec::len)), (json!(first), Some(1)));
    assert_eq!(rated(&bob, &first).await["finishedByBot"], true);
    assert_eq!(games(&server.person("Cem").await).await, [Value::Null; 0]);
    for (query, field) in [("limit=0", "limit"), ("limit=101", "limit"), ("offset=-1", "offset"), ("page=1", "page")] {
        ann.get(&format!("/users/me/games?{query}")).await.invalid(field);
    }
    server.send(Request::new("GET", "/users/me/games")).await.refused(401, "UNAUTHORIZED");
}
