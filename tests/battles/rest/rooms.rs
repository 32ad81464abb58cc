//! How many battles an account or an address may open and sit in, whichever contract it uses.

use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::support::{Answer, Connection, Guest, Person, Request, TestServer};

/// The seed's two battles a minute; the rest is not limited.
const TWO_A_MINUTE: [&str; 2] = ["--battles-create-per-minute=2", "--trusted-proxies=127.0.0.1"];

/// The account's own connection to the lobby of contract *game*, from the server's own machine.
async fn in_lobby(person: &Person, name: &str) -> Guest {
    let request = format!("ws://127.0.0.1:{}/ws/lobby?token={}", person.port(), person.token);
    let stream = TcpStream::connect(("127.0.0.1", person.port())).await.unwrap();
    let connection = Connection::with(stream, request.into_client_request().unwrap()).await.unwrap();
    Guest::on(connection, person.port(), name)
}

async fn post_from(person: &Person, address: &str, path: &str) -> Answer {
    let request = Request::new("POST", path).json(&json!({})).header("X-Forwarded-For", address);
    person.send(request).await
}

/// The refusal of a limit: the details, and the header that says when to try again.
#[track_caller]
fn is_over(answer: &Answer) -> Value {
    let details = answer.refused(429, "RATE_LIMITED");
    let wait: u64 = answer.header("retry-after").expect("a header").parse().unwrap();
    assert!((1..=60).contains(&wait), "{answer:?}");
    assert_eq!(details["retryAfterMs"].as_u64().unwrap().div_ceil(1_000), wait, "{answer:?}");
    details
}

#[tokio::test]
async fn an_account_opens_two_rooms_a_minute_whichever_contract_it_uses() {
    let server = TestServer::unlimited(&TWO_A_MINUTE);
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    post_from(&ann, "192.0.2.1", "/battles").await.expect(201);
    let mut lobby = in_lobby(&ann, "Ann").await;
    lobby.create_room(json!({})).await;
    let answer = post_from(&ann, "192.0.2.1", "/api/v1/battles").await;
    assert_eq!(is_over(&answer)["limit"], 2);
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"));
    let mut again = in_lobby(&ann, "Ann").await;
    again.act("create_room", json!({ "room_name": "One more" })).await;
    assert_eq!(again.refused("4001").await["details"]["limit"], 2);
    post_from(&bob, "192.0.2.2", "/battles").await.expect(201);
    in_lobby(&bob, "Bob").await.create_room(json!({})).await;
}

#[tokio::test]
async fn an_account_has_so_many_battles_open_until_one_of_them_ends() {
    let server = TestServer::unlimited(&["--open-rooms-per-account=1"]);
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let details = is_over(&ann.post("/battles", &json!({})).await);
    assert_eq!((&details["reason"], &details["limit"]), (&json!("open_rooms"), &json!(1)));
    let mut lobby = in_lobby(&ann, "Ann").await;
    lobby.act("create_room", json!({ "room_name": "One more" })).await;
    assert_eq!(lobby.refused("4001").await["details"]["reason"], "open_rooms");
    ann.press(&format!("/battles/{id}/leave")).await.expect(200);
    lobby.create_room(json!({})).await;
    is_over(&ann.post("/battles", &json!({})).await);
}

#[tokio::test]
async fn an_address_has_so_many_battles_open_and_opens_so_many_a_minute() {
    for flag in ["--open-rooms-per-address=1", "--rooms-per-minute-per-address=1"] {
        let server = TestServer::unlimited(&[flag, "--trusted-proxies=127.0.0.1"]);
        let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
        post_from(&ann, "2001:db8::1", "/battles").await.expect(201);
        assert_eq!(is_over(&post_from(&bob, "2001:db8::2", "/battles").await)["limit"], 1, "{flag}");
        post_from(&bob, "2001:db8:0:1::1", "/battles").await.expect(201);
    }
}

#[tokio::test]
async fn an_address_holds_so_many_seats_in_waiting_battles_of_others() {
    let server = TestServer::unlimited(&["--waiting-seats-per-address=1", "--trusted-proxies=127.0.0.1"]);
    let (ann, bob, cem) = (server.person("Ann").await, server.person("Bob").await, server.person("Cem").await);
    let mut joins = Vec::new();
    for _ in 0..2 {
        let battle = post_from(&ann, "192.0.2.1", "/battles").await.expect(201);
        joins.push(format!("/battles/{}/join", battle["id"].as_str().unwrap()));
    }
    post_from(&bob, "192.0.2.2", &joins[0]).await.expect(200);
    let details = is_over(&post_from(&cem, "192.0.2.2", &joins[1]).await);
    assert_eq!((&details["reason"], &details["limit"]), (&json!("waiting_seats"), &json!(1)));
    post_from(&cem, "192.0.2.3", &joins[1]).await.expect(200);
    let private = Request::new("POST", "/battles").json(&json!({ "isPublic": false }));
    let private = ann.send(private.header("X-Forwarded-For", "192.0.2.1")).await.expect(201);
    let join = format!("/battles/{}/join", private["id"].as_str().unwrap());
    post_from(&bob, "192.0.2.2", &join).await.expect(200);
}
