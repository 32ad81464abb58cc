//! Who may listen: with `LIVE_LOG_AUTH=on` a token or a key is needed, and production will not start without.

use futures_util::{SinkExt, StreamExt};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_tungstenite::tungstenite::Message;

use super::listener::{KEY, Listener, direct, post, saying, serve};
use crate::support::{KEY as SIGNED_WITH, PASSWORD, Person, Process, Speaker, TestServer, within};

const ON: &str = "--live-log-auth=on";
const KEY_IN_ADDRESS: &str = "?api_key=the%20key%20of%20a%20service";

fn token(id: &str, key: &str, expires: u64) -> String {
    let claims = json!({ "iss": "liap-tui", "sub": id, "ver": 1, "iat": 1_700_000_000, "exp": expires });
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

async fn expired(ann: &Person) -> String {
    token(&ann.id().await, SIGNED_WITH, 1_700_000_600)
}

/// What the connection says first.
async fn first(server: &TestServer, query: &str, headers: &[(&'static str, &str)]) -> Value {
    let path = format!("/ws/live-log{query}");
    Speaker::knock(server.port(), "live_log", &path, headers).await.expect("an upgrade").next().await
}

#[tokio::test]
async fn without_proof_the_answer_is_4000() {
    let server = serve(&[ON]);
    for query in ["", "?", "?api_key", "?tokens=x", "?apikey=x"] {
        let code = Listener::turned_away(server.port(), query, &[]).await;
        assert!(code == 4000 || (query == "?api_key" && code == 4001), "{query}: {code}");
    }
    assert_eq!(Listener::turned_away(server.port(), "", &[("authorization", "Basic QW5uOnB3")]).await, 4000);
}

#[tokio::test]
async fn a_token_in_the_header_or_in_the_address_opens_it() {
    let server = serve(&[ON]);
    let ann = server.person("Ann").await;
    let bearer = format!("Bearer {}", ann.token);
    assert_eq!(first(&server, "", &[("authorization", &bearer)]).await["action"], "connected");
    assert_eq!(first(&server, &format!("?token={}", ann.token), &[]).await["action"], "connected");
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_4001_wherever_it_stands() {
    let server = serve(&[ON]);
    let id = server.person("Ann").await.id().await;
    let forged = token(&id, "another key of the tests, as long as it", 4_000_000_000);
    let stranger = token("01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10", SIGNED_WITH, 4_000_000_000);
    for token in [forged.as_str(), stranger.as_str(), "x.y.z", "%00", "YOUR_TOKEN"] {
        assert_eq!(Listener::turned_away(server.port(), &format!("?token={token}"), &[]).await, 4001, "{token}");
        let bearer = format!("Bearer {token}");
        assert_eq!(Listener::turned_away(server.port(), "", &[("authorization", &bearer)]).await, 4001, "{token}");
    }
}

#[tokio::test]
async fn a_token_that_has_ended_is_4002_wherever_it_stands() {
    let server = serve(&[ON]);
    let old = expired(&server.person("Ann").await).await;
    assert_eq!(Listener::turned_away(server.port(), &format!("?token={old}"), &[]).await, 4002);
    let bearer = format!("Bearer {old}");
    assert_eq!(Listener::turned_away(server.port(), "", &[("authorization", &bearer)]).await, 4002);
}

#[tokio::test]
async fn a_key_in_the_address_opens_it_and_a_wrong_one_is_4001() {
    let server = serve(&[ON]);
    for good in [KEY_IN_ADDRESS, "?api_key=another+key+than+that"] {
        assert_eq!(first(&server, good, &[]).await["action"], "connected", "{good}");
    }
    let both = "the%20key%20of%20a%20service,another%20key%20than%20that";
    for bad in ["", "the%20key", "THE%20KEY%20OF%20A%20SERVICE", "the%20key%20of%20a%20service%20", both] {
        let code = Listener::turned_away(server.port(), &format!("?api_key={bad}"), &[]).await;
        assert_eq!(code, 4001, "{bad}");
    }
}

#[tokio::test]
async fn an_account_that_is_shut_out_does_not_come_back() {
    let server = serve(&[ON, "--admin-username=Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let ann = server.person("Ann").await;
    let id = ann.id().await;
    root.press(&format!("/admin/users/{id}/block")).await.expect(200);
    assert_eq!(Listener::turned_away(server.port(), &format!("?token={}", ann.token), &[]).await, 4001);
}

#[tokio::test]
async fn in_development_the_log_is_open_and_a_token_only_says_who_one_is() {
    let server = serve(&[]);
    let ann = server.person("Ann").await;
    let old = expired(&ann).await;
    for query in ["", "?token=x.y.z", "?api_key=nonsense", &format!("?token={old}")] {
        assert_eq!(first(&server, query, &[]).await["action"], "connected", "{query}");
    }
    let (mut of_ann, mut of_old) =
        (Listener::of(&ann, &["dm", "user"]).await, Listener::at(server.port(), &format!("?token={old}")).await);
    of_old.subscribe(&["dm", "user"]).await;
    let id = ann.id().await;
    let sent = post(server.port(), &direct(&id, &id, "a note to myself")).await;
    assert_eq!(of_ann.next().await, sent);
    let marker = post(server.port(), &saying("for all")).await;
    assert_eq!(of_old.next().await, marker, "a token that has ended shows nothing");
    assert_eq!(of_old.history(json!({ "filters": { "type": "dm" } })).await["total_count"], 0);
}

#[tokio::test]
async fn who_was_turned_away_can_do_nothing() {
    let server = serve(&[ON]);
    let url = format!("ws://127.0.0.1:{}/ws/live-log", server.port());
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    for text in [r#"{"action":"subscribe","message_types":["user"]}"#, r#"{"action":"get_history"}"#] {
        // Whether it still goes out or not: nothing but the error comes back.
        let _ = socket.send(Message::text(text)).await;
    }
    let mut texts = Vec::new();
    while let Some(Ok(message)) = within("the end", socket.next()).await {
        if let Message::Text(text) = message {
            texts.push(text.to_string());
        }
    }
    assert!(texts.len() <= 1 && texts.iter().all(|text| text.contains("4000")), "{texts:?}");
}

#[tokio::test]
async fn production_refuses_an_open_log_and_asks_for_proof_by_itself() {
    let data = TempDir::new().unwrap();
    let production = ["--api-env", "production", "--auth-secret-key", "0123456789abcdef0123456789abcdef"];
    let open = [&production[..], &["--log", "error", "--live-log-auth", "off"]].concat();
    let (code, errors) = Process::fails(data.path(), &open).await;
    assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{errors}");
    assert!(errors.contains("LIVE_LOG_AUTH") && errors.contains("production"), "{errors}");
    let server = Process::start(data.path(), &production).await;
    assert_eq!(Listener::turned_away(server.port, "", &[]).await, 4000);
    server.stopped().await;
}

#[tokio::test]
async fn a_short_key_of_a_service_is_exit_code_2_and_is_not_shown() {
    let data = TempDir::new().unwrap();
    for keys in ["fifteen letters", "a key that is long enough,short-one"] {
        let (code, errors) = Process::fails(data.path(), &["--log", "error", "--live-log-api-keys", keys]).await;
        assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{errors}");
        assert!(errors.contains("LIVE_LOG_API_KEYS") && errors.contains("16"), "{errors}");
        assert!(!errors.contains("fifteen") && !errors.contains("short-one"), "{errors}");
    }
}

#[tokio::test]
async fn no_key_no_token_and_no_message_is_in_the_servers_log() {
    let data = TempDir::new().unwrap();
    let log = "debug,liap_tui=trace,actors=trace,store=trace,contracts=trace";
    let flags = ["--log", log, "--live-log-api-keys", KEY, ON];
    let server = Process::start(data.path(), &flags).await;
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let tokens = crate::support::Request::new("POST", "/auth/register").json(&account).send(server.port).await;
    let ann = Person::new(server.port, &tokens.expect(201));
    let mut listening = Listener::of(&ann, &["dm"]).await;
    drop(Listener::at(server.port, KEY_IN_ADDRESS).await);
    assert_eq!(Listener::turned_away(server.port, "?api_key=a-wrong-guess-at-it", &[]).await, 4001);
    let id = ann.id().await;
    post(server.port, &direct(&id, &id, "a very private thought")).await;
    listening.next().await;
    listening.found("private thought").await;
    let written = server.stopped().await;
    for secret in [KEY, "the%20key", "a-wrong-guess", &ann.token, "very private"] {
        assert!(!written.contains(secret), "{secret} is in the log");
    }
}
