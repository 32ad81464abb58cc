//! The binary as operators use it: settings, start, stop, exit codes.

use std::{net::TcpListener, process::Stdio, time::Duration};

use clients::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::support::{Connection, Ended, ServerProcess, get, within};

#[tokio::test]
async fn it_says_where_it_listens_and_serves_there() {
    let server = ServerProcess::start(&[]).await;
    assert_eq!(get(server.port(), "/health").await.status, 200);
}

#[tokio::test]
async fn a_busy_port_is_one_sentence_and_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = ServerProcess::fails(&["--api-host", "127.0.0.1", "--api-port", &port]).await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.errors.contains(&format!("can't listen on 127.0.0.1:{port}")), "{}", ended.errors);
    assert!(ended.errors.contains("--api-port"), "says what to do: {}", ended.errors);
    assert_eq!(ended.errors.trim().lines().count(), 1, "{}", ended.errors);
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_exit_code_2() {
    let ended = ServerProcess::fails(&["--api-host", "no.such.host.invalid", "--api-port", "0"]).await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.errors.contains("no.such.host.invalid"), "{}", ended.errors);
}

#[tokio::test]
async fn a_setting_out_of_its_range_is_exit_code_2_and_names_it() {
    for (flag, value) in [
        ("--turn-timeout-seconds", "0"),
        ("--api-port", "99999"),
        ("--bot-pace", "slow"),
        ("--room-history-events", "10"),
        ("--allow-guests", "perhaps"),
        ("--no-such-flag", "1"),
    ] {
        let ended = ServerProcess::fails(&[flag, value]).await;
        assert_eq!(ended.code, Some(2), "{flag}");
        assert!(ended.errors.contains(flag), "{}", ended.errors);
    }
}

#[tokio::test]
async fn sigterm_tells_every_session_and_ends_with_0() {
    let server = ServerProcess::start(&[]).await;
    let mut lobby = Connection::open(server.port(), "lobby").await;
    lobby.next().await;
    let mut host = Connection::open(server.port(), "lobby").await;
    host.next().await;
    host.send("create_room", json!({ "room_name": "x", "player_name": "Ann" })).await;
    host.next().await;
    server.terminate();
    for connection in [&mut lobby, &mut host] {
        assert_eq!(connection.closed().await, (1001, "server stopping".to_owned()));
        let last = connection.seen.last().unwrap();
        assert_eq!(last["event"], "disconnected");
        assert_eq!(last["data"]["code"], 1001);
    }
    assert_eq!(server.ended().await, Some(0));
}

#[tokio::test]
async fn a_client_that_reads_nothing_does_not_hold_up_the_stop() {
    let server = ServerProcess::start(&[]).await;
    let mut silent = Connection::open(server.port(), "lobby").await;
    silent.next().await;
    let socket = silent.into_socket();
    server.terminate();
    assert_eq!(server.ended().await, Some(0));
    drop(socket);
}

#[tokio::test]
async fn sigterm_in_the_middle_of_games_of_bots_ends_with_0() {
    let server = ServerProcess::start(&["--bot-pace", "fast"]).await;
    let mut host = Connection::open(server.port(), "lobby").await;
    host.next().await;
    host.send("create_room", json!({ "room_name": "x", "player_name": "Ann" })).await;
    host.next().await;
    host.send("start_game", json!({ "player_name": "Ann" })).await;
    while host.next().await["event"] != "phase_change" {}
    server.terminate();
    assert_eq!(host.closed().await.0, 1001);
    assert_eq!(server.ended().await, Some(0));
}

/// Creates a room: what it is like where nothing was said. The lobby's list may come in between.
async fn options_of_a_room(host: &mut Connection) -> Value {
    host.send("create_room", json!({ "room_name": "x", "player_name": "Ann" })).await;
    loop {
        let mut answer = host.next().await;
        if answer["event"] == "room_created" {
            return answer["data"]["options"].take();
        }
    }
}

#[tokio::test]
async fn the_environment_sets_what_flags_do_not() {
    let server = ServerProcess::start_in(
        &[("TURN_TIMEOUT_SECONDS", "55"), ("BOT_DIFFICULTY", "hard")],
        &["--turn-timeout-seconds", "66"],
    )
    .await;
    let mut host = Connection::open(server.port(), "lobby").await;
    host.next().await;
    let options = options_of_a_room(&mut host).await;
    assert_eq!(options["bot_difficulty"], "hard");
    assert_eq!(options["turn_timeout_seconds"], 66, "flags win");
}

#[tokio::test]
async fn help_explains_every_setting_with_its_variable() {
    let help = ServerProcess::help().await;
    for variable in ["API_HOST", "API_PORT", "LOG", "MAX_ROOMS", "OUTBOX_BYTES", "GAME_HEARTBEAT_SECONDS"] {
        assert!(help.contains(variable), "{variable} is not in --help");
    }
}

#[tokio::test]
async fn a_stopping_server_takes_no_new_connections() {
    let server = ServerProcess::start(&[]).await;
    let mut lobby = Connection::open(server.port(), "lobby").await;
    lobby.next().await;
    server.terminate();
    assert!(matches!(lobby.hear().await, Ok(_)));
    let late =
        tokio::time::timeout(Duration::from_secs(5), tokio::net::TcpStream::connect(("127.0.0.1", server.port())));
    if let Ok(Ok(stream)) = late.await {
        assert!(Connection::try_over(stream, server.port(), "lobby").await.is_err(), "no upgrade while it stops");
    }
    assert_eq!(server.ended().await, Some(0));
}

#[tokio::test]
async fn every_signal_that_ends_the_server_ends_it_in_good_order() {
    for signal in [Signal::INT, Signal::QUIT, Signal::USR1, Signal::USR2] {
        let server = ServerProcess::start(&[]).await;
        let mut lobby = Connection::open(server.port(), "lobby").await;
        lobby.next().await;
        server.signal(signal);
        assert_eq!(lobby.closed().await, (1001, "server stopping".to_owned()), "{signal:?}");
        assert_eq!(server.ended().await, Some(0), "{signal:?}");
    }
}

#[tokio::test]
async fn a_closed_terminal_does_not_end_the_server() {
    // It logs nothing of it, and goes on all the same.
    let server = ServerProcess::start(&["--log", "error"]).await;
    let mut lobby = Connection::open(server.port(), "lobby").await;
    lobby.next().await;
    server.signal(Signal::HUP);
    lobby.send("server_time", json!({})).await;
    while lobby.next().await["event"] != "server_time" {}
    server.terminate();
    assert_eq!(server.ended().await, Some(0));
}

#[tokio::test]
async fn variables_are_used_as_operators_write_them_or_refused_by_name() {
    let written = [("TURN_TIMEOUT_SECONDS", " 55\r"), ("BOT_DIFFICULTY", "\"hard\""), ("MAX_ROOMS", "")];
    let server = ServerProcess::start_in(&written, &[]).await;
    let mut host = Connection::open(server.port(), "lobby").await;
    host.next().await;
    let options = options_of_a_room(&mut host).await;
    assert_eq!((&options["bot_difficulty"], &options["turn_timeout_seconds"]), (&json!("hard"), &json!(55)));
    for (variable, value) in [("MAX_ROOMS", "many"), ("AUTH_SECRET_KEY", "'a secret'"), ("API_HOST", "no such host")] {
        let Ended { code, errors } = ServerProcess::fails_in(&[(variable, value)], &["--api-port", "0"]).await;
        assert_eq!((code, errors.lines().count()), (Some(2), 1), "{errors}");
        assert!(errors.contains(variable) && !errors.contains("secret"), "{errors}");
    }
}

#[tokio::test]
async fn an_ipv6_address_is_printed_in_brackets() {
    let data = TempDir::new().expect("a folder");
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.args(["serve", "--api-host", "::1", "--api-port", "0", "--data-dir"]).arg(data.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = within("the line with the address", lines.next_line()).await.unwrap().unwrap();
    let (_, url) = line.split_once("listens on ").unwrap();
    assert!(url.starts_with("http://[::1]:"), "{line}");
    // What is printed can be typed.
    let mut play = tokio::process::Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    play.args(["play", "--url", &url.replace("http", "ws"), "--plain"]).stdin(Stdio::null());
    let played = within("the end of the command", play.output()).await.unwrap();
    assert_eq!(played.status.code(), Some(0), "{played:?}");
}
