//! `/ready` while the store can't be written, and before the games are back. `/health` says that the process lives.

use serde_json::json;
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::{
    gone::{is_not_ready, is_ready},
    support::{Person, Place, Postgres, get, within},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_another_process_has_locked_is_not_ready() {
    let place = Place::new();
    let server = place.start().await;
    is_ready(server.port()).await;
    let file = place.database_file("");
    let mut other = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    for lock in ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"] {
        sqlx::raw_sql(lock).execute(&mut other).await.unwrap();
        let reason = is_not_ready(server.port()).await;
        assert!(reason.contains("UNAVAILABLE") && reason.contains("locked"), "{reason}");
        assert_eq!(get(server.port(), "/health").await.status, 200);
        sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
        is_ready(server.port()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_not_ready() {
    let place = Place::new();
    let server = place.start_within(100_000).await;
    is_ready(server.port()).await;
    server.limit_files("1024").await;
    let reason = is_not_ready(server.port()).await;
    assert!(reason.contains("no space left"), "{reason}");
    assert_eq!(get(server.port(), "/health").await.status, 200);
    server.limit_files("unlimited").await;
    is_ready(server.port()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_is_read_only_or_away_is_not_ready() {
    let database = Postgres::new("unready");
    let url = database.start().await;
    let server = Place::on(&url).start().await;
    is_ready(server.port()).await;
    let mut admin = PgConnection::connect(&url).await.unwrap();
    for (setting, expected) in [("on", "read-only"), ("off", "")] {
        let change = ["ALTER SYSTEM SET default_transaction_read_only = ", setting].concat();
        sqlx::raw_sql(sqlx::AssertSqlSafe(change)).execute(&mut admin).await.unwrap();
        sqlx::raw_sql("SELECT pg_reload_conf()").execute(&mut admin).await.unwrap();
        if expected.is_empty() {
            is_ready(server.port()).await;
        } else {
            let reason = is_not_ready(server.port()).await;
            assert!(reason.contains(expected), "{reason}");
        }
    }
    admin.close().await.unwrap();
    database.stop().await;
    is_not_ready(server.port()).await;
    assert_eq!(get(server.port(), "/health").await.status, 200);
    database.start().await;
    is_ready(server.port()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_brings_back_its_games_is_not_ready() {
    let database = Postgres::new("recovering");
    let url = database.start().await;
    let place = Place::on(&url);
    place.start().await.kill().await;
    let mut other = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("BEGIN; LOCK TABLE journal IN ACCESS EXCLUSIVE MODE").execute(&mut other).await.unwrap();
    // The port is printed when the games are back; until then the log has it.
    let child = place.spawn();
    let port = within("the server to listen", async {
        loop {
            let log = place.log();
            let told = log.lines().filter_map(|line| line.rsplit_once("answers on port ")).nth(1);
            if let Some(port) = told.and_then(|(_, port)| port.trim().parse().ok()) {
                return port;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await;
    let reason = is_not_ready(port).await;
    assert!(reason.contains("bringing back unfinished games"), "{reason}");
    assert_eq!(get(port, "/health").await.status, 200);
    assert_eq!(get(port, "/battles").await.status, 503);
    assert!(Person::create(port, "Dan", &json!({})).await.is_err());
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    let server = place.listening(child).await;
    assert_eq!(server.port(), port);
    is_ready(port).await;
    Person::create(port, "Dan", &json!({})).await.unwrap();
}
