//! Bans and disconnections by operators: `/admin/bans`, `/admin/disconnect`, and `liap-tui admin`.

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::{
    admin_command::{Ran, run_in},
    support::{Answer, Attendant, Connection, Guest, PASSWORD, Person, Process, Request, TestServer, schemas},
};

/// Behind this proxy every test chooses its clients' addresses; requests without the header come from loopback.
const FLAGS: [&str; 6] = [
    "--trusted-proxies=127.0.0.1",
    "--battles-auth-per-minute=0",
    "--battles-actions-per-minute=0",
    "--rate-limit-requests=0",
    "--admin-username=Root",
    "--admin-password=Correct-Horse-9",
];
const BOB: &str = "203.0.113.7";

async fn root(port: u16) -> Person {
    let credentials = json!({ "username": "Root", "password": PASSWORD });
    let tokens = Request::new("POST", "/auth/login").json(&credentials).send(port).await.expect(200);
    Person::new(port, &tokens)
}

async fn with_admin() -> (TestServer, Person) {
    let server = TestServer::with(&FLAGS);
    let root = root(server.port()).await;
    (server, root)
}

fn from(method: &'static str, path: &str, address: &str) -> Request {
    Request::new(method, path).header("X-Forwarded-For", address)
}

/// Somebody without an account, whose client has this address.
async fn guest_from(port: u16, address: &str, name: &str) -> Guest {
    let mut request = format!("ws://127.0.0.1:{port}/ws/lobby").into_client_request().unwrap();
    request.headers_mut().insert("x-forwarded-for", address.parse().unwrap());
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let mut guest = Guest::on(Connection::with(stream, request).await.unwrap(), port, name);
    guest.expect("connected").await;
    guest
}

/// What a handshake from this address is answered with.
async fn knock(port: u16, path: &str, address: &str) -> u16 {
    match Attendant::knock(port, path, &[("x-forwarded-for", address)]).await {
        Ok(_) => 101,
        Err(answer) => answer.status().as_u16(),
    }
}

async fn ban(root: &Person, body: Value) -> Value {
    let answer = root.send(Request::new("POST", "/admin/bans").json(&body)).await;
    let made = answer.expect(201);
    schemas::check("battles/response/NewBan", &answer.body, &made);
    made
}

#[track_caller]
fn is_banned(answer: &Answer, reason: &str, ends: bool) {
    let details = answer.refused(403, "BANNED");
    assert_eq!(details["reason"], reason);
    assert_eq!((details["endsAt"].is_u64(), answer.header("retry-after").is_some()), (ends, ends), "{answer:?}");
}

/// Ann's table, where Bob sits at seat 1.
async fn table(port: u16) -> (Guest, Guest) {
    let mut ann = guest_from(port, "203.0.113.1", "Ann").await;
    ann.create_room(json!({})).await;
    let mut bob = guest_from(port, BOB, "Bob").await;
    bob.join(ann.room()).await;
    ann.expect("player_joined").await;
    (ann, bob)
}

#[tokio::test]
async fn a_guest_is_banned_by_the_network_and_the_seat_is_free_at_once() {
    let (server, root) = with_admin().await;
    let (mut ann, mut bob) = table(server.port()).await;
    let body = json!({ "roomId": ann.room(), "playerName": "Bob", "reason": "sat on all seats" });
    let made = ban(&root, body).await;
    assert_eq!((&made["ban"]["network"], &made["closed"]), (&json!("203.0.113.7/32"), &json!(1)));
    assert_eq!(made["ban"]["bannedBy"], "Root");
    let lasts = made["ban"]["endsAt"].as_u64().unwrap() - made["ban"]["createdAt"].as_u64().unwrap();
    assert_eq!(lasts, 86_400_000);
    let told = bob.expect("disconnected").await;
    assert_eq!(told["data"]["reason"], "banned by an operator");
    let left = ann.expect("player_left").await;
    assert_eq!((&left["data"]["player_name"], &left["data"]["reason"]), (&json!("Bob"), &json!("removed")));
    for path in ["/", "/health", "/battles", "/nothing", "/admin/bans"] {
        is_banned(&server.send(from("GET", path, BOB)).await, "sat on all seats", true);
    }
    for path in ["/ws/lobby", "/ws/state", "/ws/chat", "/ws/live-log", "/ws", &format!("/ws/{}", ann.room())] {
        assert_eq!(knock(server.port(), path, BOB).await, 403, "{path}");
    }
    assert_eq!(server.send(from("GET", "/health", "203.0.113.8")).await.status, 200, "a neighbour");
    let metrics = server.send(Request::new("GET", "/metrics")).await.body;
    assert!(metrics.contains("liap_limit_hits_total{limit=\"bans\"}"), "refusals are counted");
}

#[tokio::test]
async fn a_ban_of_a_network_closes_every_contract_until_it_is_lifted() {
    let (server, root) = with_admin().await;
    let port = server.port();
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let token = format!("Bearer {}", ann.token);
    let headers = [("x-forwarded-for", BOB), ("authorization", token.as_str())];
    let mut connections = Vec::new();
    for path in [format!("/ws/battles/{id}"), "/ws/state".to_owned(), "/ws/chat".to_owned(), "/ws/lobby".to_owned()] {
        connections.push((Attendant::knock(port, &path, &headers).await.expect("a handshake"), path));
    }
    let mut neighbour = guest_from(port, "203.0.114.1", "Nan").await;
    // Whoever has been answered is registered.
    let mut reached = 0;
    while reached < connections.len() + 1 {
        let told = root.post("/admin/broadcast", &json!({ "message": "Hello" })).await.expect(200);
        reached = usize::try_from(told["reached"].as_u64().unwrap()).unwrap();
    }
    let made = ban(&root, json!({ "network": "203.0.113.0/24", "reason": "flooding" })).await;
    assert_eq!(made["closed"], 4);
    assert!(made["ban"].get("endsAt").is_none(), "it lasts until it is lifted");
    for (connection, path) in &mut connections {
        assert_eq!(connection.raw_close().await, (1008, "banned by an operator".to_owned()), "{path}");
    }
    neighbour.create_room(json!({})).await;
    is_banned(&server.send(from("GET", "/users/me", BOB).bearer(&ann.token)).await, "flooding", false);
    ann.get("/users/me").await.expect(200);
    let listed = root.get("/admin/bans").await;
    assert_eq!((listed.header("x-total-count"), listed.expect(200)), (Some("1"), json!([made["ban"]])));
    let path = format!("/admin/bans/{}", made["ban"]["id"].as_str().unwrap());
    assert_eq!(root.send(Request::new("DELETE", &path)).await.status, 204);
    root.send(Request::new("DELETE", &path)).await.refused(404, "NOT_FOUND");
    assert_eq!(knock(port, "/ws/lobby", BOB).await, 101);
    assert_eq!(root.get("/admin/bans").await.expect(200), json!([]));
}

#[tokio::test]
async fn a_banned_account_is_out_everywhere_until_the_ban_ends() {
    let (server, root) = with_admin().await;
    let (ann, bob) = (server.person("Ann").await, server.person("Bob").await);
    let id = ann.create(&json!({})).await;
    bob.join(&id).await;
    let mut of_bob = bob.attend(&id).await;
    of_bob.expect("connect").await;
    let made = ban(&root, json!({ "account": "bOB", "reason": "cheating", "durationSeconds": 3_600 })).await;
    assert_eq!((&made["ban"]["account"], &made["ban"]["subject"]), (&json!(bob_id(&root).await), &json!("Bob")));
    assert_eq!(of_bob.closed().await, (1008, "banned by an operator".to_owned()));
    is_banned(&bob.get("/users/me").await, "cheating", true);
    is_banned(&server.login("Bob", PASSWORD).await, "cheating", true);
    server.login("Bob", "wrong-password").await.refused(401, "INVALID_CREDENTIALS");
    for path in ["/ws/lobby", "/ws/state", "/ws/chat", "/ws/live-log", &format!("/ws/battles/{id}")] {
        let token = format!("Bearer {}", bob.token);
        let answer = Attendant::knock(server.port(), path, &[("authorization", &token)]).await;
        assert_eq!(answer.err().map(|answer| answer.status().as_u16()), Some(403), "{path}");
    }
    let players = ann.battle(&id).await["players"].clone();
    assert_eq!(players.as_array().unwrap().len(), 1, "the seat is free: {players}");
    ban(&root, json!({ "account": "Bob", "reason": "cheating", "durationSeconds": 1 })).await;
    assert_eq!(root.get("/admin/bans").await.expect(200).as_array().unwrap().len(), 1, "in place of the other");
    while bob.get("/users/me").await.status == 403 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    bob.get("/users/me").await.expect(200);
}

async fn bob_id(root: &Person) -> String {
    root.get("/admin/users?username=Bob").await.expect(200)[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_connection_is_disconnected_or_banned_by_its_id() {
    let (server, root) = with_admin().await;
    let mut bob = guest_from(server.port(), "2001:db8::7", "Bob").await;
    let id = bob.seen[0]["data"]["connection_id"].clone();
    let disconnect = |body: Value| root.send(Request::new("POST", "/admin/disconnect").json(&body));
    assert_eq!(disconnect(json!({ "connectionId": id })).await.expect(200), json!({ "reached": 1 }));
    assert_eq!(bob.expect("disconnected").await["data"]["reason"], "closed by an operator");
    let again = guest_from(server.port(), "2001:db8::7", "Bob").await;
    let body = json!({ "connectionId": again.seen[0]["data"]["connection_id"], "reason": "spam" });
    assert_eq!(ban(&root, body).await["ban"]["network"], "2001:db8::/64");
    assert_eq!(knock(server.port(), "/ws/lobby", "2001:db8::8").await, 403, "the same household");
    assert_eq!(knock(server.port(), "/ws/lobby", "2001:db8:0:1::8").await, 101);
    let nobody = json!({ "connectionId": "conn_0000000000000000", "reason": "spam" });
    root.send(Request::new("POST", "/admin/bans").json(&nobody)).await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_disconnected_guest_loses_a_waiting_seat_and_may_play_elsewhere() {
    let (server, root) = with_admin().await;
    let (mut ann, mut bob) = table(server.port()).await;
    let body = json!({ "roomId": ann.room(), "playerName": "bob" });
    root.send(Request::new("POST", "/admin/disconnect").json(&body)).await.refused(404, "NOT_FOUND");
    let body = json!({ "roomId": ann.room(), "playerName": "Bob" });
    let reached = root.send(Request::new("POST", "/admin/disconnect").json(&body)).await.expect(200);
    assert_eq!(reached, json!({ "reached": 1 }));
    bob.expect("disconnected").await;
    assert_eq!(ann.expect("player_left").await["data"]["reason"], "removed");
    let mut again = guest_from(server.port(), BOB, "Bob").await;
    again.act("join_room", json!({ "room_id": ann.room() })).await;
    again.refused("1008").await;
    again.create_room(json!({})).await;
}

#[tokio::test]
async fn no_operator_bans_themself_loopback_or_a_trusted_proxy() {
    let server = TestServer::with(&[&FLAGS[1..], &["--trusted-proxies=127.0.0.1,198.51.100.0/24"]].concat());
    let root = root(server.port()).await;
    let ban = |body: Value| {
        let request = Request::new("POST", "/admin/bans").json(&body).header("X-Forwarded-For", "203.0.113.99");
        root.send(request)
    };
    for network in
        ["203.0.113.99", "203.0.113.0/24", "127.0.0.1", "::1", "0.0.0.0/0", "::/0", "198.51.100.7", "198.51.0.0/16"]
    {
        ban(json!({ "network": network, "reason": "x" })).await.refused(409, "OWN_ADDRESS");
    }
    ban(json!({ "account": "Root", "reason": "x" })).await.refused(409, "OWN_ACCOUNT");
    for network in ["", "example.org", "203.0.113.0/33", "::ffff:0:0/96"] {
        ban(json!({ "network": network, "reason": "x" })).await.invalid("network");
    }
    for body in [
        json!({ "account": "Nobody", "reason": "x" }),
        json!({ "roomId": "ABCD2345", "playerName": "Bob", "reason": "x" }),
    ] {
        ban(body).await.refused(404, "NOT_FOUND");
    }
    assert_eq!(root.get("/admin/bans").await.expect(200), json!([]));
}

#[tokio::test]
async fn bans_outlive_a_kill_of_the_server_and_one_that_has_ended_is_forgotten() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &FLAGS).await;
    let admin = root(process.port).await;
    ban(&admin, json!({ "network": BOB, "reason": "flooding" })).await;
    ban(&admin, json!({ "network": "203.0.113.8", "reason": "flooding", "durationSeconds": 1 })).await;
    process.killed().await;
    let process = Process::start(data.path(), &FLAGS).await;
    is_banned(&from("GET", "/health", BOB).send(process.port).await, "flooding", false);
    while knock(process.port, "/ws/lobby", "203.0.113.8").await == 403 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let left = admin.moved_to(process.port).get("/admin/bans").await.expect(200);
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    process.stopped().await;
}

#[tokio::test]
async fn the_command_line_bans_lists_unbans_and_disconnects() {
    let (server, _root) = with_admin().await;
    let (mut ann, mut bob) = table(server.port()).await;
    let state = TempDir::new().unwrap();
    let url = format!("http://127.0.0.1:{}", server.port());
    let run = async |arguments: &[&str]| -> Ran {
        let who = ["--url", url.as_str(), "--username", "Root"];
        run_in(state.path(), &[arguments, &who].concat(), PASSWORD, "").await
    };
    let at_table = ["--room", &ann.room().to_lowercase(), "--player", "Bob"].map(str::to_owned);
    let at_table = at_table.each_ref().map(String::as_str);
    let said = run(&[&["disconnect"], &at_table[..]].concat()).await;
    assert_eq!(said.done(), "closed 1 connections\n");
    bob.expect("disconnected").await;
    ann.expect("player_left").await;
    let said = run(&["ban", "203.0.113.0/25", "--reason", "flooding", "--duration", "7200"]).await;
    assert!(said.done().starts_with("banned 203.0.113.0/25 (network 203.0.113.0/25) for "), "{said:?}");
    run(&["ban", "Ann", "--reason", "x"]).await.complains(1, "no such account");
    server.person("Ann").await;
    assert!(run(&["ban", "Ann", "--reason", "cheating"]).await.done().contains("until the ban is lifted"));
    let listed = run(&["bans"]).await;
    for word in ["flooding", "cheating", "203.0.113.0/25", "Root", "ever"] {
        assert!(listed.done().contains(word), "{word}: {listed:?}");
    }
    assert!(run(&["unban", "203.0.113.0/25"]).await.done().contains("lifted the ban of 203.0.113.0/25"));
    run(&["unban", "ann"]).await.done();
    run(&["unban", "Ann"]).await.complains(1, "no ban of Ann");
    assert_eq!(run(&["bans"]).await.done().lines().count(), 1, "the head alone");
    // Mistakes of the operator's own.
    for target in ["127.0.0.1", "0.0.0.0/0", "::1"] {
        run(&["ban", target, "--reason", "x"]).await.complains(2, "can't be banned");
    }
    run(&["ban", "203.0.113.0/99", "--reason", "x"]).await.complains(2, "neither an address nor a network");
}
