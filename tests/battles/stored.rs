//! Databases that earlier versions wrote: they open, their games resume, their replays verify, their accounts log in.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Location, MessageFilter, Reader, Store};
use tempfile::TempDir;

use crate::{
    restart::{FLAGS, asked},
    support::{PASSWORD, Person, Postgres, Process, Request, player::decision},
};

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stored").join(name)
}

fn unpacked(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(kept(name)).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn facts(name: &str) -> Value {
    serde_json::from_slice(&fs::read(kept(name)).unwrap()).unwrap()
}

#[tokio::test]
async fn a_backup_of_version_0_1_0_opens_and_its_games_go_on() {
    let data = TempDir::new().unwrap();
    fs::write(data.path().join("liap-tui.db"), unpacked("backup.db.gz")).unwrap();
    goes_on(&data, &[], &facts("sqlite.json")).await;
    holds_messages(&Location::Sqlite(data.path().join("liap-tui.db"))).await;
}

#[tokio::test]
async fn a_database_of_a_killed_server_of_version_0_1_0_opens_with_its_log() {
    let data = TempDir::new().unwrap();
    for file in ["db", "db-wal"] {
        fs::write(data.path().join(format!("liap-tui.{file}")), unpacked(&format!("killed.{file}.gz"))).unwrap();
    }
    goes_on(&data, &[], &facts("sqlite.json")).await;
    holds_messages(&Location::Sqlite(data.path().join("liap-tui.db"))).await;
}

#[tokio::test]
async fn a_postgres_database_of_version_0_1_0_opens_and_its_games_go_on() {
    let (data, server) = (TempDir::new().unwrap(), Postgres::new("stored"));
    let url = server.start().await;
    let dump = String::from_utf8(unpacked("postgres.sql.gz")).unwrap();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    goes_on(&data, &["--database-url", &url], &facts("postgres.json")).await;
    holds_messages(&Location::Postgres(url)).await;
}

async fn goes_on(data: &TempDir, flags: &[&str], facts: &Value) {
    let fact = |name: &str| facts[name].as_str().unwrap().to_owned();
    let process = Process::start(data.path(), &[&FLAGS[..], flags].concat()).await;
    let login = Request::new("POST", "/auth/login").json(&json!({ "username": "Ann", "password": PASSWORD }));
    let ann = Person::new(process.port, &login.send(process.port).await.expect(200));
    crate::rest::deals_are_fair(&ann.replay(&fact("finished")).await);
    let guild = ann.get(&format!("/guilds/{}", fact("guild"))).await.expect(200);
    assert_eq!(guild["members"].as_array().unwrap().len(), 2);

    let battle = fact("unfinished");
    let mut state = ann.state(&battle).await;
    let hand: Vec<&Value> = state["hand"].as_array().unwrap().iter().map(|piece| &piece["id"]).collect();
    assert_eq!(json!(hand), facts["hand"]);
    for whim in 1.. {
        if state["status"] == "GAME_OVER" {
            break;
        }
        ann.does(&battle, &decision(&state, whim)).await;
        state = asked(&ann, &battle).await;
    }
    crate::rest::deals_are_fair(&ann.replay(&battle).await);

    let hint = Request::new("POST", "/ai/action").json(&json!({ "battleId": fact("room") }));
    hint.bearer(&fact("session_token")).send(process.port).await.expect(200);
    process.stopped().await;
}

async fn holds_messages(location: &Location) {
    let store = Store::open(location).await.unwrap();
    let page = store.messages(&Reader::default(), &MessageFilter::default(), 0, 100).await.unwrap();
    assert!(page.total > 10 && page.bodies.len() as u64 == page.total.min(100), "{}", page.total);
    for body in page.bodies {
        serde_json::from_str::<Value>(&body).expect("JSON");
    }
    store.close().await;
}
