//! `subscribe`, `unsubscribe`, and that messages go to whoever is subscribed.

use serde_json::json;

use super::listener::{Listener, one_of_each, post, saying, serve};

const ALL: [&str; 6] = ["user", "system", "dm", "raid", "party", "guild"];

#[tokio::test]
async fn the_answer_is_always_the_full_set() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    assert_eq!(log.subscribe(&["raid", "user"]).await, json!(["user", "raid"]));
    assert_eq!(log.subscribe(&["user", "user", "guild"]).await, json!(["user", "raid", "guild"]));
    assert_eq!(log.unsubscribe(&["user", "dm"]).await, json!(["raid", "guild"]));
    assert_eq!(log.unsubscribe(&["guild", "raid"]).await, json!([]));
    assert_eq!(log.subscribe(&ALL).await, json!(ALL));
}

#[tokio::test]
async fn nothing_comes_before_one_has_subscribed() {
    let server = serve(&[]);
    let mut log = Listener::at(server.port(), "").await;
    post(server.port(), &saying("unheard")).await;
    log.subscribe(&["user"]).await;
    let heard = post(server.port(), &saying("heard")).await;
    assert_eq!(log.next().await, heard);
    assert_eq!(log.seen.len(), 3);
}

#[tokio::test]
async fn nothing_comes_after_one_has_unsubscribed() {
    let server = serve(&[]);
    let mut log = Listener::to(server.port(), &["user", "raid"]).await;
    log.unsubscribe(&["user"]).await;
    post(server.port(), &saying("unheard")).await;
    let [.., raid, _, _] = one_of_each("x", "y");
    let raid = post(server.port(), &raid).await;
    assert_eq!(log.next().await, raid);
}

#[tokio::test]
async fn only_the_types_that_one_has_subscribed_to_come() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let id = ann.id().await;
    let mut listeners = Vec::new();
    for kind in ALL {
        listeners.push(Listener::of(&ann, &[kind]).await);
    }
    let mut all = Listener::of(&ann, &ALL).await;
    for (message, listener) in one_of_each(&id, &id).iter().zip(&mut listeners) {
        let stored = post(server.port(), message).await;
        // People come and go beside.
        let is_it = |heard: &serde_json::Value| *heard == stored;
        let kind = stored["type"].as_str().unwrap();
        listener.expect_that(kind, is_it).await;
        all.expect_that(kind, is_it).await;
        assert!(listener.seen.iter().all(|seen| seen.get("type").is_none_or(|of| of == kind)), "{:?}", listener.seen);
    }
}

#[tokio::test]
async fn who_subscribes_twice_hears_it_once() {
    let server = serve(&[]);
    let mut log = Listener::to(server.port(), &["user"]).await;
    log.subscribe(&["user"]).await;
    let first = post(server.port(), &saying("one")).await;
    let second = post(server.port(), &saying("two")).await;
    assert_eq!((log.next().await, log.next().await), (first, second));
}

#[tokio::test]
async fn everybody_hears_the_same_in_the_same_order() {
    let server = serve(&[]);
    let mut listeners = Vec::new();
    for _ in 0..20 {
        listeners.push(Listener::to(server.port(), &["user"]).await);
    }
    let port = server.port();
    let posts = (0..30).map(|number| async move { post(port, &saying(&format!("number {number}"))).await });
    futures_util::future::join_all(posts).await;
    let mut orders = Vec::new();
    for listener in &mut listeners {
        let mut order = Vec::new();
        for _ in 0..30 {
            order.push(listener.next().await["id"].take());
        }
        orders.push(order);
    }
    assert!(orders.iter().all(|order| *order == orders[0]));
    let listed = listeners[0].listed(json!({ "type": "user" })).await;
    assert_eq!(listed.len(), 30);
}

#[tokio::test]
async fn a_connection_that_breaks_does_not_trouble_the_others() {
    let server = serve(&[]);
    let mut broken = Listener::to(server.port(), &["user"]).await;
    let mut log = Listener::to(server.port(), &["user"]).await;
    broken.cut().await;
    drop(broken);
    for number in 0..5 {
        let stored = post(server.port(), &saying(&format!("number {number}"))).await;
        assert_eq!(log.next().await, stored);
    }
}
