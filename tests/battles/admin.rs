//! What stands below `/admin`: who may come in, and what each address does.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

use crate::support::{PASSWORD, Person, Request, TestServer, within};

const NEW: &str = "Battery-Staple-7";

/// Every address, with an id that nobody and nothing has.
const ADDRESSES: [(&str, &str); 12] = [
    ("GET", "/admin/rooms"),
    ("DELETE", "/admin/rooms/ABCD2345"),
    ("GET", "/admin/bans"),
    ("DELETE", "/admin/bans/01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10"),
    ("POST", "/admin/broadcast"),
    ("GET", "/admin/maintenance"),
    ("DELETE", "/admin/maintenance"),
    ("GET", "/admin/live-log/analytics"),
    ("GET", "/admin/users?username=Ann"),
    ("POST", "/admin/users/01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10/block"),
    ("POST", "/admin/users/01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10/unblock"),
    ("POST", "/admin/users/01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10/password"),
];

async fn with_admin() -> (TestServer, Person) {
    let admin = ["--admin-username", "Root", "--admin-password", PASSWORD];
    let server = TestServer::with(&[&["--battles-auth-per-minute", "1000"][..], &admin].concat());
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    (server, root)
}

/// A room that a guest opened, and the guest's connection.
struct Table {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    room: String,
}

impl Table {
    async fn open(server: &TestServer, name: &str, public: bool) -> Self {
        let url = format!("ws://127.0.0.1:{}/ws/lobby", server.port());
        let (socket, _) = tokio_tungstenite::connect_async(url).await.expect("a handshake");
        let mut table = Self { socket, room: String::new() };
        let data = json!({ "room_name": name, "player_name": "Guest", "is_public": public });
        table.send(&json!({ "event": "create_room", "data": data })).await;
        table.room = table.hear("room_created").await["data"]["room_id"].as_str().unwrap().to_owned();
        table
    }

    async fn send(&mut self, message: &Value) {
        self.socket.send(Message::text(message.to_string())).await.expect("it is open");
    }

    async fn hear(&mut self, event: &str) -> Value {
        loop {
            let message = within(event, self.socket.next()).await.expect("it is open").expect("a message");
            let message: Value = serde_json::from_str(message.to_text().unwrap_or_default()).unwrap_or_default();
            if message["event"] == event {
                return message;
            }
        }
    }

    /// The reason with which the server closes the connection.
    async fn closed(mut self) -> String {
        loop {
            match within("the end", self.socket.next()).await.expect("a close frame").expect("a message") {
                Message::Close(frame) => return frame.expect("a reason").reason.to_string(),
                _ => continue,
            }
        }
    }
}

fn ids(rooms: &Value) -> Vec<&str> {
    rooms.as_array().unwrap().iter().map(|room| room["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn without_a_token_nobody_comes_in_and_with_a_users_own_neither() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    for (method, path) in ADDRESSES {
        for path in [path.to_owned(), format!("/api/v1{path}")] {
            let request = || Request::new(method, &path).json(&json!({ "password": NEW, "message": "x" }));
            server.send(request()).await.refused(401, "UNAUTHORIZED");
            ann.send(request()).await.refused(403, "FORBIDDEN");
            let answer = root.send(request()).await;
            assert!([200, 404].contains(&answer.status), "{method} {path}: {answer:?}");
        }
    }
    ann.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn an_address_knows_its_methods_alone() {
    let (_server, root) = with_admin().await;
    root.send(Request::new("POST", "/admin/rooms")).await.refused(405, "METHOD_NOT_ALLOWED");
    root.get("/admin/rooms/ABCD2345").await.refused(405, "METHOD_NOT_ALLOWED");
    root.get("/admin/users/x/block").await.refused(405, "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn all_rooms_are_listed_with_who_sits_there_private_ones_too() {
    let (server, root) = with_admin().await;
    let private = Table::open(&server, "Behind doors", false).await;
    let mut public = Table::open(&server, "Tuesday", true).await;
    let answer = root.get("/admin/rooms").await;
    assert_eq!(answer.header("x-total-count"), Some("2"));
    let rooms = answer.expect(200);
    assert_eq!(ids(&rooms), [public.room.as_str(), &private.room]);
    let hidden = &rooms[1];
    let fields: Vec<&String> = hidden.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["createdAt", "id", "isPublic", "name", "players", "status", "updatedAt"]);
    assert_eq!((&hidden["name"], &hidden["isPublic"]), (&json!("Behind doors"), &json!(false)));
    assert!(
        hidden["createdAt"].as_u64() > Some(1_700_000_000_000)
            && hidden["updatedAt"].as_u64() >= hidden["createdAt"].as_u64()
    );
    let guest = json!([{ "id": format!("guest-{}-0", private.room), "name": "Guest", "seat": 0, "isBot": false }]);
    assert_eq!(hidden["players"], guest);

    public.send(&json!({ "event": "start_game", "data": { "player_name": "Guest" } })).await;
    public.hear("game_started").await;
    let playing = root.get("/admin/rooms?status=playing").await.expect(200);
    assert_eq!(ids(&playing), [public.room.as_str()]);
    assert_eq!(playing[0]["players"].as_array().map(Vec::len), Some(4));
    assert_eq!(playing[0]["players"][3]["isBot"], true);
    let waiting = root.get("/api/v1/admin/rooms?status=waiting").await.expect(200);
    assert_eq!(ids(&waiting), [private.room.as_str()]);
    assert_eq!(root.get("/admin/rooms?status=finished").await.expect(200), json!([]));
}

#[tokio::test]
async fn rooms_come_in_pages() {
    let (server, root) = with_admin().await;
    let mut tables = Vec::new();
    for name in ["One", "Two", "Three"] {
        tables.push(Table::open(&server, name, false).await);
    }
    let whole = root.get("/admin/rooms").await.expect(200);
    let mut found = Vec::new();
    for offset in 0..4 {
        let answer = root.get(&format!("/admin/rooms?limit=1&offset={offset}")).await;
        assert_eq!(answer.header("x-total-count"), Some("3"));
        found.extend(answer.expect(200).as_array().unwrap().clone());
    }
    assert_eq!(Value::from(found), whole);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=ten", "limit"),
        ("offset=-1", "offset"),
        ("status=open", "status"),
    ] {
        root.get(&format!("/admin/rooms?{query}")).await.invalid(field);
    }
}

#[tokio::test]
async fn a_room_that_is_closed_tells_its_people_and_is_gone() {
    let (server, root) = with_admin().await;
    let table = Table::open(&server, "Tuesday", false).await;
    let path = format!("/admin/rooms/{}", table.room);
    let answer = root.send(Request::new("DELETE", &path)).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(table.closed().await, "closed by an operator");
    assert_eq!(root.get("/admin/rooms").await.expect(200), json!([]));
    for path in [path.as_str(), "/admin/rooms/ABCD2345", "/admin/rooms/nonsense"] {
        root.send(Request::new("DELETE", path)).await.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_user_is_found_by_the_username_in_any_case() {
    let (server, root) = with_admin().await;
    let id = server.person("Ann").await.id().await;
    let found = root.get("/admin/users?username=aNN").await.expect(200);
    assert_eq!((&found[0]["id"], &found[0]["username"]), (&json!(id), &json!("Ann")));
    let fields: Vec<&String> = found[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["blocked", "createdAt", "displayName", "id", "role", "username"]);
    assert_eq!((&found[0]["role"], &found[0]["blocked"]), (&json!("user"), &json!(false)));
    assert_eq!(root.get("/admin/users?username=Root").await.expect(200)[0]["role"], "admin");
    assert_eq!(root.get("/admin/users?username=An").await.expect(200), json!([]));
    root.get("/admin/users").await.invalid("username");
}

#[tokio::test]
async fn who_is_blocked_is_out_at_once_and_comes_back_only_with_a_new_login() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let path = format!("/admin/users/{}", ann.id().await);
    let blocked = root.send(Request::new("POST", &format!("{path}/block"))).await.expect(200);
    assert_eq!((&blocked["username"], &blocked["blocked"]), (&json!("Ann"), &json!(true)));
    let refused = || async {
        ann.get("/users/me").await.refused(401, "UNAUTHORIZED");
        server.refresh(&ann.refresh).await.refused(401, "UNAUTHORIZED");
    };
    refused().await;
    server.login("Ann", PASSWORD).await.refused(401, "INVALID_CREDENTIALS");
    let unblocked = root.send(Request::new("POST", &format!("{path}/unblock"))).await.expect(200);
    assert_eq!(unblocked["blocked"], false);
    refused().await;
    let again = Person::new(server.port(), &server.login("Ann", PASSWORD).await.expect(200));
    again.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn an_admin_cannot_block_themself_and_is_still_in() {
    let (_server, root) = with_admin().await;
    let path = format!("/admin/users/{}/block", root.id().await);
    root.send(Request::new("POST", &path)).await.refused(409, "OWN_ACCOUNT");
    assert_eq!(root.get("/admin/users?username=Root").await.expect(200)[0]["blocked"], false);
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_no_reset() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let path = format!("/admin/users/{}/password", ann.id().await);
    for (password, reason) in [("football1", "COMMON_PASSWORD"), ("Horse-of-Ann", "CONTAINS_USERNAME")] {
        let answer = root.send(Request::new("POST", &path).json(&json!({ "password": password }))).await;
        assert_eq!(answer.refused(400, "VALIDATION_FAILED")["reason"], reason);
    }
    ann.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn a_password_that_is_reset_is_the_only_one_and_ends_every_token() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let path = format!("/admin/users/{}/password", ann.id().await);
    root.send(Request::new("POST", &path).json(&json!({ "password": "short" }))).await.invalid("password");
    root.send(Request::new("POST", &path).json(&json!({}))).await.invalid("password");
    root.send(Request::new("POST", &path).json(&json!([]))).await.refused(400, "MALFORMED_JSON");
    root.send(Request::new("POST", &path).body("text/plain", NEW)).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    let long = json!({ "password": "x".repeat(20_000) });
    root.send(Request::new("POST", &path).json(&long)).await.refused(413, "BODY_TOO_LARGE");
    ann.get("/users/me").await.expect(200);

    let answer = root.send(Request::new("POST", &path).json(&json!({ "password": NEW }))).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    ann.get("/users/me").await.refused(401, "UNAUTHORIZED");
    server.refresh(&ann.refresh).await.refused(401, "UNAUTHORIZED");
    server.login("Ann", PASSWORD).await.refused(401, "INVALID_CREDENTIALS");
    server.login("Ann", NEW).await.expect(200);
    root.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let (_server, root) = with_admin().await;
    for id in ["01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", "Root"] {
        for act in ["block", "unblock", "password"] {
            let request = Request::new("POST", &format!("/admin/users/{id}/{act}"));
            root.send(request.json(&json!({ "password": NEW }))).await.refused(404, "NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn what_an_operator_broadcasts_is_heard_at_every_battle() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let id = ann.create(&json!({})).await;
    let mut connection = ann.attend(&id).await;
    connection.expect("connect").await;
    let text = json!({ "message": " New rules from Monday on ", "severity": "warning" });
    let told = root.send(Request::new("POST", "/admin/broadcast").json(&text)).await.expect(200);
    assert_eq!(told, json!({ "reached": 1 }));
    let heard = connection.expect("system:update").await;
    assert_eq!((&heard["message"], &heard["severity"]), (&json!("New rules from Monday on"), &json!("warning")));
}

#[tokio::test]
async fn a_broadcast_without_words_or_with_too_many_is_refused() {
    let (_server, root) = with_admin().await;
    for message in [json!(""), json!("  "), json!("x".repeat(501)), json!(7), json!(null)] {
        root.send(Request::new("POST", "/admin/broadcast").json(&json!({ "message": message })))
            .await
            .invalid("message");
    }
    let text = json!({ "message": "x", "severity": "loud" });
    root.send(Request::new("POST", "/admin/broadcast").json(&text)).await.invalid("severity");
}
