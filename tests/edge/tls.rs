//! https and wss on one port.

use std::{fs, path::PathBuf, sync::Arc};

use futures_util::{SinkExt, StreamExt};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_tungstenite::{
    client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::support::{PASSWORD, Process, Request, TestServer, within};

/// A certificate for `localhost` in two files, and a client that believes it.
struct Certificate {
    folder: TempDir,
    connector: TlsConnector,
}

impl Certificate {
    fn new() -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("cert.pem"), cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), signing_key.serialize_pem()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let client = client.with_root_certificates(roots).with_no_client_auth();
        Self { folder, connector: TlsConnector::from(Arc::new(client)) }
    }

    fn path(&self, file: &str) -> String {
        let path: PathBuf = self.folder.path().join(file);
        path.to_str().expect("a plain path").to_owned()
    }

    fn server(&self) -> TestServer {
        TestServer::unlimited(&["--tls-cert", &self.path("cert.pem"), "--tls-key", &self.path("key.pem")])
    }

    async fn connect(&self, server: &TestServer) -> TlsStream<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        within("the TLS handshake", self.connector.connect(name, stream)).await.expect("a believed certificate")
    }
}

#[tokio::test]
async fn rest_is_spoken_over_tls_and_browsers_are_told_to_stay_there() {
    let certificate = Certificate::new();
    let server = certificate.server();
    let account = json!({ "username": "Ann", "password": PASSWORD });
    let request = Request::new("POST", "/auth/register").json(&account);
    let answer = request.send_over(certificate.connect(&server).await).await;
    let token = answer.expect(201)["token"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"));
    let request = Request::new("GET", "/users/me").bearer(&token);
    let me = request.send_over(certificate.connect(&server).await).await;
    assert_eq!(me.expect(200)["username"], "Ann");
}

#[tokio::test]
async fn the_game_is_played_over_tls_on_the_same_port() {
    let certificate = Certificate::new();
    let server = certificate.server();
    let mut request = format!("wss://localhost:{}/ws/lobby", server.port()).into_client_request().unwrap();
    request.headers_mut().insert("origin", format!("https://localhost:{}", server.port()).parse().unwrap());
    let stream = certificate.connect(&server).await;
    let (mut socket, _) = within("the handshake", client_async(request, stream)).await.expect("an upgrade");
    let next = async |socket: &mut tokio_tungstenite::WebSocketStream<_>, wanted: &str| loop {
        let message: Option<Result<Message, _>> = within(wanted, socket.next()).await;
        let message: Value = serde_json::from_str(&message.unwrap().unwrap().into_text().unwrap()).unwrap();
        if message["event"] == wanted {
            return message;
        }
    };
    next(&mut socket, "connected").await;
    let options = json!({ "pace": "instant", "fill_with_bots": true });
    for (event, data, answer) in [
        ("create_room", json!({ "room_name": "x", "player_name": "Ann", "options": options }), "room_created"),
        ("start_game", json!({ "player_name": "Ann" }), "game_started"),
    ] {
        socket.send(Message::text(json!({ "event": event, "data": data }).to_string())).await.unwrap();
        next(&mut socket, answer).await;
    }
    let hand = next(&mut socket, "hand_updated").await;
    assert!(hand["data"]["pieces"].as_array().is_some_and(|pieces| pieces.len() == 8), "{hand}");
}

#[tokio::test]
async fn who_speaks_no_tls_is_not_served() {
    let certificate = Certificate::new();
    let server = certificate.server();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    let answered = within("the end", async {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes).await;
        String::from_utf8_lossy(&bytes).contains("HTTP/")
    });
    assert!(!answered.await);
}

#[tokio::test]
async fn a_wrong_file_is_one_sentence_and_exit_code_2() {
    let (certificate, other, data) = (Certificate::new(), Certificate::new(), TempDir::new().unwrap());
    let (cert, key) = (certificate.path("cert.pem"), certificate.path("key.pem"));
    let (none, foreign) = (certificate.path("none.pem"), other.path("key.pem"));
    for (flags, words) in [
        (&["--tls-cert", &cert][..], ["TLS_CERT is set and TLS_KEY is not", "or neither"]),
        (&["--tls-key", &key], ["TLS_KEY is set and TLS_CERT is not", "or neither"]),
        (&["--tls-cert", &none, "--tls-key", &key], ["TLS_CERT", "can't be read"]),
        (&["--tls-cert", &cert, "--tls-key", &none], ["TLS_KEY", "can't be read"]),
        (&["--tls-cert", &cert, "--tls-key", &cert], ["TLS_KEY", "no private key"]),
        (&["--tls-cert", &key, "--tls-key", &key], ["TLS_CERT", "no certificate"]),
        (&["--tls-cert", &cert, "--tls-key", &foreign], ["TLS_KEY", "does not fit"]),
    ] {
        let flags = [&["--log", "error"], flags].concat();
        let (code, errors) = Process::fails(data.path(), &flags).await;
        assert_eq!((code, errors.trim().lines().count()), (Some(2), 1), "{flags:?}: {errors}");
        assert!(words.iter().all(|word| errors.contains(word)), "{words:?}: {errors}");
        assert!(!errors.contains("BEGIN"), "{errors}");
    }
}

#[tokio::test]
async fn the_terminal_player_plays_over_tls_where_it_trusts_the_certificate() {
    let (certificate, data) = (Certificate::new(), TempDir::new().unwrap());
    let flags = ["--tls-cert", &certificate.path("cert.pem"), "--tls-key", &certificate.path("key.pem")];
    let server = Process::start(data.path(), &flags).await;
    let play = |trusted: String| {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_liap-tui"));
        let url = format!("wss://localhost:{}/ws/lobby", server.port);
        command.args(["play", "--plain", "--url", &url]).env("SSL_CERT_FILE", trusted).kill_on_drop(true);
        command.stdin(std::process::Stdio::null());
        async move { within("the end of the command", command.output()).await.unwrap() }
    };
    let played = play(certificate.path("cert.pem")).await;
    assert_eq!((played.status.code(), played.stdout.is_empty()), (Some(0), false), "{played:?}");
    let distrusts = play(Certificate::new().path("cert.pem")).await;
    let errors = String::from_utf8(distrusts.stderr).unwrap();
    assert_eq!((distrusts.status.code(), errors.lines().count()), (Some(2), 1), "{errors}");
    assert!(errors.contains("can't be trusted") && errors.contains("SSL_CERT_FILE"), "{errors}");
    server.stopped().await;
}
