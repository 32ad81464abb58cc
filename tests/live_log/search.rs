//! `search`

use serde_json::{Value, json};

use super::listener::{Listener, one_of_each, post, saying, serve};
use crate::support::TestServer;

/// These words, each said once, by their place.
async fn said(server: &TestServer, words: &[&str]) -> Vec<Value> {
    let mut stored = Vec::new();
    for content in words {
        stored.push(post(server.port(), &saying(content)).await);
    }
    stored
}

#[tokio::test]
async fn words_are_found_in_texts_and_names_in_any_case_and_order() {
    let server = serve(&[]);
    let stored = said(&server, &["The red dragon sleeps", "A DRAGON is red", "Nothing here", "Käse und Brot"]).await;
    let [.., raid, _, guild] = one_of_each("x", "y");
    let (raid, guild) = (post(server.port(), &raid).await, post(server.port(), &guild).await);
    let mut log = Listener::at(server.port(), "").await;
    let both = log.found("RED dragon").await;
    assert_eq!(both.len(), 3, "{both:?}");
    assert!(both.contains(&stored[0]) && both.contains(&stored[1]) && both.contains(&raid), "{both:?}");
    assert_eq!(log.found("dragonslayers").await, std::slice::from_ref(&guild));
    assert_eq!(log.found("lair").await, [raid]);
    assert_eq!(log.found("kase").await, [stored[3].clone()]);
    assert_eq!(log.found("conquest complete").await, [guild]);
    assert_eq!(log.found("dragons").await, [Value::Null; 0]);
}

#[tokio::test]
async fn the_best_come_first() {
    let server = serve(&[]);
    let long = format!("a dragon {}", "and many other words besides ".repeat(20));
    let stored = said(&server, &[&long, "dragon dragon dragon", "no such beast", &long]).await;
    let mut log = Listener::at(server.port(), "").await;
    let found = log.found("dragon").await;
    assert_eq!((found.len(), &found[0]), (3, &stored[1]));
}

#[tokio::test]
async fn phrases_beginnings_exclusions_and_alternatives_are_understood() {
    let server = serve(&[]);
    let stored = said(&server, &["red dragon", "dragon red", "dragonfly"]).await;
    let mut log = Listener::at(server.port(), "").await;
    for (query, places) in [
        ("\"red dragon\"", &[0][..]),
        ("drag*", &[0, 1, 2]),
        ("dragon -fly", &[0, 1]),
        ("drag* -red", &[2]),
        ("dragonfly OR \"dragon red\"", &[1, 2]),
        ("-dragon", &[]),
    ] {
        let found = log.found(query).await;
        let mut expected: Vec<&Value> = places.iter().map(|place| &stored[*place]).collect();
        assert_eq!(found.len(), expected.len(), "{query}: {found:?}");
        expected.retain(|wanted| !found.contains(wanted));
        assert!(expected.is_empty(), "{query}: {expected:?} in {found:?}");
    }
}

/// What databases, shells and pages could take for something else.
const ODD: [&str; 42] = [
    "\"",
    "\"\"",
    "*",
    "**",
    "a*",
    "NEAR(",
    "NEAR(red dragon, 2)",
    "AND",
    "OR",
    "NOT",
    "red AND",
    "OR red",
    "( red",
    ")",
    "^red",
    "content:red",
    "names : red",
    "{names content} : red",
    "red + dragon",
    "-",
    "--",
    "- red",
    "'; DROP TABLE messages; --",
    "' OR ''='",
    "%",
    "_",
    "\\",
    "\\'",
    "\u{E000}",
    "\u{E001}01960b8e",
    "<script>",
    "🐉",
    "\u{202e}",
    ":*",
    "'red':*",
    "!red",
    "red & dragon",
    "red | dragon",
    "red <-> dragon",
    "$1",
    "?1",
    "١٢٣",
];

#[tokio::test]
async fn any_text_is_a_query_and_none_breaks_anything() {
    let server = serve(&[]);
    said(&server, &["red dragon"]).await;
    let mut log = Listener::at(server.port(), "").await;
    let long = "x".repeat(200);
    let quotes = "\"".repeat(199);
    for query in ODD.into_iter().chain([long.as_str(), quotes.as_str()]) {
        let found = log.search(query, json!({})).await;
        let (count, results) = (found["count"].as_u64().unwrap(), found["results"].as_array().unwrap());
        assert_eq!((count, &found["count_exact"]), (results.len() as u64, &json!(true)), "{query:?}");
        assert!(count <= 1, "{query:?}: {found}");
    }
    assert_eq!(log.found("dragon").await.len(), 1, "it is all there");
}

#[tokio::test]
async fn filters_narrow_a_search_and_pages_cut_it() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    for number in 0..5 {
        let mut message = saying("dragon");
        message["metadata"] = json!({ "channel": if number < 2 { "caves" } else { "general" } });
        message["user_id"] = json!(format!("user_{number}"));
        post(server.port(), &message).await;
    }
    let [.., raid, _, _] = one_of_each("x", "y");
    post(server.port(), &raid).await;
    for (filters, count) in [
        (json!({}), 6),
        (json!({ "type": "user" }), 5),
        (json!({ "type": "raid" }), 1),
        (json!({ "type": "guild" }), 0),
        (json!({ "channel": "caves" }), 2),
        (json!({ "user_id": "user_3" }), 1),
        (json!({ "user_id": "user_3", "channel": "caves" }), 0),
        (json!({ "date_from": "2025-12-01T00:00:00Z" }), 6),
        (json!({ "date_from": "2025-12-01T00:00:00Z", "date_to": "2025-12-03T23:59:59Z" }), 0),
    ] {
        assert_eq!(log.search("dragon", filters.clone()).await["count"], count, "{filters}");
    }
    let mut pages = Vec::new();
    for offset in [0, 4, 8] {
        log.send(&json!({ "action": "search", "query": "dragon", "limit": 4, "offset": offset })).await;
        let page = log.expect("search_results").await;
        assert_eq!(page["count"], 6);
        pages.push(page["results"].as_array().unwrap().clone());
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [4, 2, 0]);
    assert!(pages[1].iter().all(|message| !pages[0].contains(message)));
}
