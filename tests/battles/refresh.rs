//! `POST /auth/refresh` and `POST /auth/logout`

use serde_json::json;

use crate::support::{PASSWORD, Person, TestServer};

#[tokio::test]
async fn a_refresh_token_gets_the_next_tokens() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let answer = server.refresh(&ann.refresh).await;
    let next = Person::new(server.port(), &answer.expect(200));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_ne!(next.refresh, ann.refresh);
    assert_eq!(next.id().await, ann.id().await);
    server.refresh(&next.refresh).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_used_twice_revokes_its_family() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let elsewhere = Person::new(server.port(), &server.login("Ann", PASSWORD).await.expect(200));
    let next = Person::new(server.port(), &server.refresh(&ann.refresh).await.expect(200));
    server.refresh(&ann.refresh).await.refused(401, "UNAUTHORIZED");
    server.refresh(&next.refresh).await.refused(401, "UNAUTHORIZED");
    server.refresh(&elsewhere.refresh).await.expect(200);
}

#[tokio::test]
async fn of_two_exchanges_at_once_one_succeeds_at_most() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let (one, two) = tokio::join!(server.refresh(&ann.refresh), server.refresh(&ann.refresh));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    for token in ["", "nonsense", &ann.token, &ann.refresh.to_uppercase()] {
        server.refresh(token).await.refused(401, "UNAUTHORIZED");
    }
    server.post("/auth/refresh", &json!({})).await.invalid("refreshToken");
    server.post("/auth/refresh", &json!({ "refreshToken": 7 })).await.invalid("refreshToken");
}

#[tokio::test]
async fn a_refresh_token_is_no_access_token() {
    let server = TestServer::start();
    let mut ann = server.person("Ann").await;
    ann.token = ann.refresh.clone();
    ann.get("/users/me").await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_logout_ends_this_login_and_no_other() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let elsewhere = Person::new(server.port(), &server.login("Ann", PASSWORD).await.expect(200));
    let body = json!({ "refreshToken": ann.refresh });
    assert_eq!(server.post("/auth/logout", &body).await.expect(200), json!({ "status": "success" }));
    server.refresh(&ann.refresh).await.refused(401, "UNAUTHORIZED");
    server.refresh(&elsewhere.refresh).await.expect(200);
    assert_eq!(server.post("/auth/logout", &body).await.status, 200, "again");
}

#[tokio::test]
async fn a_logout_with_an_unknown_token_succeeds_and_without_one_is_refused() {
    let server = TestServer::start();
    server.post("/auth/logout", &json!({ "refreshToken": "nonsense" })).await.expect(200);
    server.post("/auth/logout", &json!({})).await.invalid("refreshToken");
}
