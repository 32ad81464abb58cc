//! `liap-tui admin` as a process of its own, against a real server.

use std::{path::Path, process::Stdio};

use rcgen::{CertificateParams, KeyPair};
use serde_json::json;
use tempfile::TempDir;
use tokio::{io::AsyncWriteExt, net::TcpListener, process::Command};

use crate::support::{PASSWORD, Person, Process, Request, TestServer, within};

const NEW: &str = "Battery-Staple-7";
/// Beyond any test's number of logins.
const FLAGS: [&str; 2] = ["--battles-auth-per-minute", "1000"];

/// What the process left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) errors: String,
}

impl Ran {
    /// It did what it was told; what it said.
    #[track_caller]
    pub(crate) fn done(&self) -> &str {
        assert_eq!((self.code, self.errors.as_str()), (Some(0), ""), "{self:?}");
        &self.out
    }

    /// It complains in one sentence, with this word in it, and holds no secret.
    #[track_caller]
    pub(crate) fn complains(&self, code: i32, word: &str) {
        assert_eq!((self.code, self.errors.trim().lines().count()), (Some(code), 1), "{self:?}");
        assert!(self.errors.contains(word) && !self.errors.contains(PASSWORD), "{self:?}");
    }
}

/// Runs it for a user who has no login from before.
async fn run(arguments: &[&str], password: &str, typed: &str) -> Ran {
    let state = TempDir::new().unwrap();
    run_in(state.path(), arguments, password, typed).await
}

/// The same for a user who keeps logins in this folder.
pub(crate) async fn run_in(state: &Path, arguments: &[&str], password: &str, typed: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.arg("admin").args(arguments).env("ADMIN_PASSWORD", password).env_remove("ADMIN_USERNAME");
    command.env("XDG_STATE_HOME", state);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("it starts");
    // Who needs no line does not read it, and may be gone already.
    let _ = child.stdin.take().expect("piped").write_all(typed.as_bytes()).await;
    let output = within("the end of the command", child.wait_with_output()).await.expect("it ran");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code(), out: text(output.stdout), errors: text(output.stderr) }
}

/// A server with an admin, and its address.
async fn server() -> (TestServer, String) {
    let admin = ["--admin-username", "Root", "--admin-password", PASSWORD];
    let server = TestServer::with(&[&FLAGS[..], &admin].concat());
    let url = format!("http://127.0.0.1:{}", server.port());
    (server, url)
}

async fn as_root(url: &str, arguments: &[&str]) -> Ran {
    run(&[&["--url", url, "--username", "root"], arguments].concat(), PASSWORD, "").await
}

#[tokio::test]
async fn rooms_are_listed_and_closed() {
    let (server, url) = server().await;
    assert_eq!(as_root(&url, &["rooms"]).await.done().lines().count(), 1, "the head alone");
    let mut player = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    let ws = format!("ws://127.0.0.1:{}", server.port());
    player.args(["play", "--wait", "--plain", "--name", "Guest", "--url", &ws]);
    let _player = player
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("it starts");
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    let room = within("the room", async {
        loop {
            if let Some(id) = root.get("/admin/rooms").await.expect(200)[0]["id"].as_str() {
                return id.to_owned();
            }
        }
    })
    .await;
    let listed = as_root(&url, &["rooms", "--status", "waiting"]).await;
    let lines: Vec<&str> = listed.done().lines().collect();
    assert!(lines[1].starts_with(&format!("{room}  waiting")), "{listed:?}");
    assert!(lines[2].contains(&format!("guest-{room}-0")) && lines[2].ends_with("Guest"), "{listed:?}");
    assert_eq!(as_root(&url, &["rooms", "--status", "playing"]).await.done().lines().count(), 1);
    assert_eq!(as_root(&url, &["close", &room.to_lowercase()]).await.done(), format!("room {room} is closed\n"));
    as_root(&url, &["close", &room]).await.complains(1, "no room");
    as_root(&url, &["close", "nonsense"]).await.complains(2, "nonsense");
}

#[tokio::test]
async fn everybody_is_told_something() {
    let (_server, url) = server().await;
    let told = as_root(&url, &["broadcast", "New rules from Monday on"]).await;
    assert_eq!(told.done(), "0 connections were told\n");
    let told = as_root(&url, &["broadcast", "Back at noon", "--severity", "warning", "--duration", "60"]).await;
    assert_eq!(told.done(), "0 connections were told\n");
    as_root(&url, &["broadcast", "Back at noon", "--duration", "0"]).await.complains(1, "durationSeconds");
    assert_eq!(as_root(&url, &["end-broadcast"]).await.done(), "the announcement is withdrawn\n");
    as_root(&url, &["end-broadcast"]).await.complains(1, "no current announcement");
}

#[tokio::test]
async fn a_pause_is_planned_and_ended() {
    let (server, url) = server().await;
    let ann = server.person("Ann").await;
    let mut battle = ann.attend(&ann.create(&json!({})).await).await;
    battle.expect("connect").await;
    as_root(&url, &["end-maintenance"]).await.complains(1, "No pause is planned");
    let planned = as_root(&url, &["maintenance", "restart", "--at", "2130-01-11T12:00:00Z", "--duration", "60"]).await;
    assert_eq!(planned.done(), "planned from 2130-01-11T12:00:00.000Z on; 1 connections were told\n");
    let told = battle.expect("system:maintenance").await;
    assert_eq!((&told["event"], &told["duration"], &told["ended"]), (&json!("restart"), &json!(60), &json!(false)));
    let now = as_root(&url, &["maintenance"]).await;
    assert!(now.done().starts_with("planned from 20"), "{now:?}");
    let told = battle.expect("system:maintenance").await;
    assert_eq!((&told["event"], &told["duration"]), (&json!("maintenance"), &json!(600)));
    ann.post("/battles", &json!({})).await.refused(503, "MAINTENANCE");
    assert_eq!(as_root(&url, &["end-maintenance"]).await.done(), "the pause is over\n");
    assert_eq!(battle.expect("system:maintenance").await["ended"], true);
    as_root(&url, &["maintenance", "--at", "noon"]).await.complains(1, "scheduledTime");
    as_root(&url, &["maintenance", "--duration", "0"]).await.complains(1, "duration");
}

#[tokio::test]
async fn a_user_is_found_blocked_and_let_in_again() {
    let (server, url) = server().await;
    let ann = server.person("Ann").await;
    let id = ann.id().await;
    let found = as_root(&url, &["users", "ann"]).await;
    let row = found.done().lines().nth(1).expect("a row");
    assert!(row.starts_with(&format!("{id}  user   no")) && row.contains("Ann"), "{found:?}");
    assert_eq!(as_root(&url, &["block", "ann"]).await.done(), "Ann is blocked\n");
    ann.get("/users/me").await.refused(401, "UNAUTHORIZED");
    assert!(as_root(&url, &["users", "Ann"]).await.done().contains(&format!("{id}  user   yes")));
    assert_eq!(as_root(&url, &["unblock", &id]).await.done(), "Ann is no longer blocked\n");
    server.login("Ann", PASSWORD).await.expect(200);
    as_root(&url, &["block", "Bob"]).await.complains(1, "Bob");
    as_root(&url, &["block", "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10"]).await.complains(1, "no user");
    as_root(&url, &["block", "root"]).await.complains(1, "your own account");
    as_root(&url, &["users", "a name"]).await.complains(2, "a name");
}

#[tokio::test]
async fn a_password_is_reset_to_one_that_is_piped_in_or_made_up() {
    let (server, url) = server().await;
    server.person("Ann").await;
    let flags = ["--url", &url, "--username", "root"];
    let reset = |more: &'static [&str], typed: String| {
        let arguments = [&flags[..], &["reset-password", "Ann"], more].concat();
        async move { run(&arguments, PASSWORD, &typed).await }
    };
    assert_eq!(reset(&[], format!("{NEW}\n")).await.done(), "Ann has the new password\n");
    server.login("Ann", NEW).await.expect(200);
    reset(&[], "short\n".to_owned()).await.complains(1, "8 to 128");
    reset(&[], "princess1\n".to_owned()).await.complains(1, "most common");
    reset(&[], "Horse-of-Ann\n".to_owned()).await.complains(1, "contain the username");
    reset(&[], String::new()).await.complains(2, "no password");
    let made_up = reset(&["--generate"], String::new()).await;
    let password = made_up.done().trim().rsplit(' ').next().expect("a word").to_owned();
    assert_eq!(password.len(), 20, "{made_up:?}");
    server.login("Ann", &password).await.expect(200);
    server.login("Ann", NEW).await.refused(401, "INVALID_CREDENTIALS");
}

#[tokio::test]
async fn the_admins_own_password_may_be_piped_in_too() {
    let (_server, url) = server().await;
    let flags = ["--url", &url, "--username", "root"];
    let piped = format!("{PASSWORD}\n");
    run(&[&flags[..], &["rooms"]].concat(), "", &piped).await.done();
    run(&[&flags[..], &["rooms"]].concat(), "", "").await.complains(2, "ADMIN_PASSWORD");
}

#[tokio::test]
async fn who_is_no_admin_or_comes_too_often_hears_no() {
    let flags = ["--admin-username", "Root", "--admin-password", PASSWORD, "--battles-auth-per-minute", "2"];
    let server = TestServer::with(&flags);
    let url = format!("http://127.0.0.1:{}", server.port());
    server.person("Ann").await;
    let flags = ["--url", &url, "--username", "Ann", "rooms"];
    run(&flags, PASSWORD, "").await.complains(1, "admins");
    run(&flags, PASSWORD, "").await.complains(1, "Too many");
}

#[tokio::test]
async fn an_operators_mistake_is_one_sentence_and_exit_code_2() {
    let (_server, url) = server().await;
    run(&["--url", &url, "--username", "root", "rooms"], "Wrong-Horse-99", "").await.complains(2, "password is wrong");
    run(&["--url", &url, "rooms"], PASSWORD, "").await.complains(2, "--username");
    // Bound and dropped: nothing listens on this port.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("http://127.0.0.1:{port}");
    as_root(&nobody, &["rooms"]).await.complains(2, &format!("no server answers at {nobody}"));
    as_root("127.0.0.1:1", &["rooms"]).await.complains(2, "http://127.0.0.1:8000");
    as_root("http://", &["rooms"]).await.complains(2, "not the address of a server");
    as_root(&format!("{url}/elsewhere"), &["rooms"]).await.complains(1, "nothing at this address");
}

#[tokio::test]
async fn a_server_of_another_kind_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let stranger = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let page = "HTTP/1.1 301 Moved\r\nLocation: http://elsewhere.example/\r\nContent-Length: 5\r\n\r\n<html";
        stream.write_all(page.as_bytes()).await.unwrap();
        // Open until the other side has read it.
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    });
    as_root(&url, &["rooms"]).await.complains(2, "answers 301");
    stranger.abort();
}

/// A certificate for 127.0.0.1, in a file, and its key.
fn certificate(folder: &Path) -> (rcgen::Certificate, KeyPair, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    let file = folder.join("ca.pem");
    std::fs::write(&file, certificate.pem()).unwrap();
    (certificate, key, file.to_str().unwrap().to_owned())
}

/// Answers one connection over TLS as a server of ours would answer a wrong password.
fn secure_server(certificate: &rcgen::Certificate, key: &KeyPair) -> (String, std::thread::JoinHandle<()>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let thread = std::thread::spawn(move || {
        let mut socket = listener.accept().unwrap().0;
        let mut connection = rustls::ServerConnection::new(std::sync::Arc::new(config)).unwrap();
        let mut stream = rustls::Stream::new(&mut connection, &mut socket);
        // Who does not trust the certificate does not go on.
        if stream.read(&mut [0; 4096]).is_err() {
            return;
        }
        let body = r#"{"code":"INVALID_CREDENTIALS","message":"no"}"#;
        let head = format!("HTTP/1.1 401 Unauthorized\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all((head + body).as_bytes()).unwrap();
        stream.conn.send_close_notify();
        let _ = stream.flush();
    });
    (url, thread)
}

#[tokio::test]
async fn a_private_authority_is_trusted_when_it_is_named_and_else_not() {
    let folder = TempDir::new().unwrap();
    let (certificate, key, file) = certificate(folder.path());
    let (url, thread) = secure_server(&certificate, &key);
    as_root(&url, &["--ca", &file, "rooms"]).await.complains(2, "password is wrong");
    thread.join().unwrap();
    let (url, thread) = secure_server(&certificate, &key);
    as_root(&url, &["rooms"]).await.complains(2, "--ca");
    thread.join().unwrap();
    as_root(&url, &["--ca", "nowhere.pem", "rooms"]).await.complains(2, "nowhere.pem");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "nothing").unwrap();
    as_root(&url, &["--ca", empty.to_str().unwrap(), "rooms"]).await.complains(2, "no certificate");
}

#[tokio::test]
async fn the_servers_log_says_who_did_what_to_whom_and_holds_no_secret() {
    let data = TempDir::new().unwrap();
    let admin = [("ADMIN_USERNAME", "Root"), ("ADMIN_PASSWORD", PASSWORD)];
    let server = Process::start_in(data.path(), &FLAGS, &admin).await;
    let account = serde_json::json!({ "username": "Ann", "password": PASSWORD });
    let answer = Request::new("POST", "/auth/register").json(&account).send(server.port).await;
    let id = Person::new(server.port, &answer.expect(201)).id().await;
    let url = format!("http://127.0.0.1:{}", server.port);
    as_root(&url, &["block", "Ann"]).await.done();
    as_root(&url, &["unblock", "Ann"]).await.done();
    let reset = ["--url", &url, "--username", "root", "reset-password", "Ann"];
    run(&reset, PASSWORD, &format!("{NEW}\n")).await.done();
    let log = server.stopped().await;
    for act in ["blocked", "unblocked", "reset the password of"] {
        let line = log.lines().find(|line| line.contains(&format!(" {act} Ann ({id})")));
        assert!(line.is_some_and(|line| line.contains("admin Root (")), "{act}: {log}");
    }
    assert!(!log.contains(PASSWORD) && !log.contains(NEW), "{log}");
}
