//! U+0000 in any text is the client's mistake, told at the edge and the same on both databases.

use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{Answer, PASSWORD, Request, TestServer, within};

#[tokio::test]
async fn a_body_with_it_is_400_and_names_the_field() {
    let server = TestServer::start();
    let person = server.person("Ann").await;
    for path in ["/auth/login", "/auth/register"] {
        for (field, body) in [
            ("username", json!({ "username": "a\0b", "password": PASSWORD })),
            ("password", json!({ "username": "Bob", "password": "long enough \0" })),
            ("more.deep.0", json!({ "username": "Bob", "password": PASSWORD, "more": { "deep": ["\0"] } })),
        ] {
            server.post(path, &body).await.invalid(field);
        }
    }
    server.refresh("a\0b").await.invalid("refreshToken");
    person.patch(&json!({ "displayName": "A\0" })).await.invalid("displayName");
    person.post("/battles", &json!({ "name": "A\0" })).await.invalid("name");
    let form = "grant_type=password&username=a%00b&password=x".to_owned();
    let form = Request::new("POST", "/token").body("application/x-www-form-urlencoded", form);
    server.send(form).await.invalid("username");
}

#[tokio::test]
async fn an_address_with_it_is_400() {
    let server = TestServer::start();
    for (path, field) in [
        ("/users/a%00b", "path"),
        ("/battles/%00", "path"),
        ("/api/v1/users/a%00", "path"),
        ("/leaderboard?limit=%00", "query"),
        ("/battles?status=a%00", "query"),
    ] {
        server.send(Request::new("GET", path)).await.invalid(field);
    }
    // A percent sign and two zeros.
    server.send(Request::new("GET", "/nothing/%2500")).await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_header_with_it_is_no_request() {
    let server = TestServer::start();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    stream.write_all(b"GET /users/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\0b\r\n\r\n").await.unwrap();
    assert_eq!(within("an answer", Answer::read(&mut stream)).await.status, 400);
}

#[tokio::test]
async fn a_message_with_it_is_refused_and_the_connection_lives() {
    let server = TestServer::start();
    let ann = server.person("Ann").await;
    let mut battle = ann.attend(&ann.create(&json!({})).await).await;
    battle.expect("connect").await;
    let data = json!({ "requestId": 7, "action": { "type": "start\0" } });
    battle.send_raw(&json!({ "event": "game:action", "data": data }).to_string()).await;
    let details = battle.refused("VALIDATION_FAILED").await;
    assert!(details.to_string().contains("action.type"), "{details}");
    assert_eq!(battle.state().await["status"], "WAITING");
}
