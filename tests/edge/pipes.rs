//! Who reads the output may go away, as `head -1` does: every command ends without a complaint.

use std::process::Stdio;

use tokio::process::Command;

use crate::support::{ServerProcess, within};

/// Runs it with an output that nobody reads: its exit code and what it complains of.
async fn unread(arguments: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.args(arguments).stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).kill_on_drop(true);
    let output = within("the end of the command", command.output()).await.unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test]
async fn a_command_whose_output_nobody_reads_ends_quietly() {
    let server = ServerProcess::start(&["--admin-username", "Root", "--admin-password", "Correct-Horse-9"]).await;
    let (ws, http) = (format!("ws://127.0.0.1:{}", server.port()), format!("http://127.0.0.1:{}", server.port()));
    let data = server.data().to_str().unwrap();
    let copy = server.data().join("copy.db").display().to_string();
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["serve", "--help"],
        &["arena", "--games", "4", "--seats", "easy,easy,easy,easy"],
        &["arena", "--games", "4", "--seats", "easy,easy,easy,easy", "--json"],
        &["backup", &copy, "--data-dir", data],
        &["replay", "--data-dir", data],
        &["load", "--url", &ws, "--rooms", "1", "--duration", "1s", "--ramp", "0s"],
        &["play", "--url", &ws],
    ] {
        let (code, errors) = unread(arguments).await;
        assert_eq!(code, Some(0), "{arguments:?}: {errors}");
        assert!(!errors.contains("liap-tui:") && !errors.contains("panicked"), "{arguments:?}: {errors}");
    }
    let mut rooms = Command::new("bash");
    let line = r#""$0" admin --no-store --url "$1" --username root rooms | head -c 1; exit "${PIPESTATUS[0]}""#;
    rooms.args(["-c", line, env!("CARGO_BIN_EXE_liap-tui"), &http]).env("ADMIN_PASSWORD", "Correct-Horse-9");
    let output = within("the end of the command", rooms.output()).await.unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
    server.terminate();
    assert_eq!(server.ended().await, Some(0));
}

#[tokio::test]
async fn a_server_whose_output_nobody_reads_serves_all_the_same() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let data = tempfile::TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_liap-tui"));
    command.args(["serve", "--api-host", "127.0.0.1", "--api-port", "0", "--data-dir"]).arg(data.path());
    let mut child = command.stdout(writer).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut errors = tokio::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    within("the line with the address", async {
        while !line.contains("/ws/lobby") {
            line.clear();
            assert!(tokio::io::AsyncBufReadExt::read_line(&mut errors, &mut line).await.unwrap() > 0);
        }
    })
    .await;
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    assert_eq!(within("the end of the process", child.wait()).await.unwrap().code(), Some(0));
}
