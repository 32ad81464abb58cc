//! What a login opened ends with it: connections of all five contracts, and access tokens.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::{StreamExt, future::join};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::{Attendant, Connection, KEY, PASSWORD, Person, Request, Speaker, TestServer};

/// A connection of every contract that one token opened.
struct Five {
    game: Connection,
    battle: Attendant,
    state: Speaker,
    chat: Speaker,
    log: Speaker,
}

impl Five {
    /// Opens them, and waits until each is in.
    async fn open(port: u16, token: &str, battle: &str) -> Self {
        let bearer = format!("Bearer {token}");
        let mut game = Connection::open(port, &format!("lobby?token={token}")).await;
        let path = format!("/ws/battles/{battle}");
        let mut attendant = Attendant::knock(port, &path, &[("authorization", &bearer)]).await.expect("an upgrade");
        let headers = [("authorization", bearer.as_str()), ("client-type", "player")];
        let mut state = Speaker::knock(port, "state", "/ws", &headers).await.expect("an upgrade");
        let mut chat = Speaker::knock(port, "chat", &format!("/ws?token={token}"), &[]).await.expect("an upgrade");
        let mut log = Speaker::live_log(port, &format!("?token={token}")).await;
        assert_eq!(game.next().await["event"], "connected");
        attendant.expect("connect").await;
        assert_eq!(state.next().await["type"], "connection_status");
        assert_eq!(chat.next().await["type"], "connection");
        assert_eq!(log.next().await["action"], "connected");
        // An answer shows that the connection is past its beginning.
        state.send_raw(&json!({ "type": "game_state_request", "data": { "game_id": battle } }).to_string()).await;
        state.expect("game_state_update").await;
        Self { game, battle: attendant, state, chat, log }
    }

    /// All are closed, each in the form of its contract; the live log with this code.
    async fn end(mut self, reason: &str, log_code: u16) {
        assert_eq!(self.game.closed().await, (1008, reason.to_owned()));
        assert_eq!(self.battle.closed().await, (1008, reason.to_owned()));
        for (connection, code) in [(&mut self.state, "data"), (&mut self.chat, "payload")] {
            let error = connection.expect("error").await;
            assert_eq!(error[code]["code"], "AUTH_FAILED", "{error}");
            assert_eq!(connection.end().await, (1008, reason.to_owned()));
        }
        assert_eq!(self.log.end().await.0, log_code);
    }

    /// All are open and answer.
    async fn go_on(&mut self, battle: &str) {
        self.game.send("ping", json!({ "client_time": 1 })).await;
        while self.game.next().await["event"] != "pong" {}
        self.battle.send_raw("nonsense").await;
        self.battle.expect("error").await;
        self.state.send_raw(&json!({ "type": "game_state_request", "data": { "game_id": battle } }).to_string()).await;
        self.state.expect("game_state_update").await;
        self.log.send(&json!({ "action": "ping" })).await;
        self.log.expect("pong").await;
    }
}

async fn log_in(server: &TestServer, name: &str) -> Person {
    Person::new(server.port(), &server.login(name, PASSWORD).await.expect(200))
}

#[tokio::test]
async fn a_logout_ends_the_connections_and_tokens_of_that_login_alone() {
    let server = TestServer::unlimited(&["--live-log-auth=on"]);
    let ann = server.person("Ann").await;
    let thief = log_in(&server, "Ann").await;
    let battle = server.person("Bob").await.create(&json!({})).await;
    let stolen = Five::open(server.port(), &thief.token, &battle).await;
    let mut own = Five::open(server.port(), &ann.token, &battle).await;
    server.post("/auth/logout", &json!({ "refreshToken": thief.refresh })).await.expect(200);
    stolen.end("invalid token", 4001).await;
    thief.get("/users/me").await.refused(401, "UNAUTHORIZED");
    own.go_on(&battle).await;
    ann.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn a_new_password_ends_all_connections_and_tokens() {
    let server = TestServer::unlimited(&["--live-log-auth=on"]);
    let ann = server.person("Ann").await;
    let thief = log_in(&server, "Ann").await;
    let battle = server.person("Bob").await.create(&json!({})).await;
    let stolen = Five::open(server.port(), &thief.token, &battle).await;
    let own = Five::open(server.port(), &ann.token, &battle).await;
    ann.patch(&json!({ "password": "Battery-Staple-7", "currentPassword": PASSWORD })).await.expect(200);
    stolen.end("invalid token", 4001).await;
    own.end("invalid token", 4001).await;
    thief.get("/users/me").await.refused(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_reset_by_an_operator_and_a_reused_refresh_token_end_them_too() {
    let server = TestServer::unlimited(&[
        "--live-log-auth=on",
        "--admin-username=Root",
        &format!("--admin-password={PASSWORD}"),
    ]);
    let (root, ann) = (log_in(&server, "Root").await, server.person("Ann").await);
    let battle = server.person("Bob").await.create(&json!({})).await;
    let first = Five::open(server.port(), &ann.token, &battle).await;
    server.refresh(&ann.refresh).await.expect(200);
    server.refresh(&ann.refresh).await.refused(401, "UNAUTHORIZED");
    first.end("invalid token", 4001).await;
    ann.get("/users/me").await.refused(401, "UNAUTHORIZED");
    let again = log_in(&server, "Ann").await;
    let second = Five::open(server.port(), &again.token, &battle).await;
    let reset = Request::new("POST", &format!("/admin/users/{}/password", again.id().await));
    let answer = root.send(reset.json(&json!({ "password": "Battery-Staple-7" }))).await;
    assert_eq!(answer.status, 204);
    second.end("invalid token", 4001).await;
}

#[tokio::test]
async fn at_the_end_of_its_token_a_connection_is_closed() {
    let server = TestServer::unlimited(&["--live-log-auth=on", "--state-token-seconds=10"]);
    let ann = server.person("Ann").await;
    let battle = server.person("Bob").await.create(&json!({})).await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({ "iss": "liap-tui", "sub": ann.id().await, "ver": 1, "iat": now, "exp": now + 10 });
    let key = EncodingKey::from_secret(KEY.as_bytes());
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap();
    Five::open(server.port(), &token, &battle).await.end("token expired", 4002).await;
}

#[tokio::test]
async fn no_upgrade_slips_past_a_logout_or_a_block() {
    let admin = format!("--admin-password={PASSWORD}");
    let server = TestServer::unlimited(&["--chat-reconnections-per-minute=1000000", "--admin-username=Root", &admin]);
    let root = log_in(&server, "Root").await;
    for round in 0..20 {
        let person = server.person(&format!("Person_{round}")).await;
        let id = person.id().await;
        let ending = async {
            if round % 2 == 0 {
                server.post("/auth/logout", &json!({ "refreshToken": person.refresh })).await.expect(200)
            } else {
                root.send(Request::new("POST", &format!("/admin/users/{id}/block"))).await.expect(200)
            }
        };
        let knocks = futures_util::stream::iter(0..4).map(|_| Speaker::chat(&person)).buffer_unordered(4);
        let (opened, _): (Vec<Speaker>, Value) = join(knocks.collect(), ending).await;
        for mut chat in opened {
            assert_eq!(chat.end().await.0, 1008, "every connection ends by itself");
        }
    }
}
