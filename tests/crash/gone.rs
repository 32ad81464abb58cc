//! Files that are deleted or moved away under a running server: what it then wrote would be lost with the process.

use std::fs;

use serde_json::json;

use crate::support::{Person, Place, get, within};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_is_deleted_acknowledges_nothing_more() {
    for file in ["liap-tui.db", "liap-tui.db-wal", "liap-tui.lock"] {
        let place = Place::new();
        let server = place.start().await;
        let mut host = Person::create(server.port(), "Dan", &json!({ "pace": "instant" })).await.unwrap();
        assert_eq!(get(server.port(), "/ready").await.status, 200);
        fs::remove_file(place.data().join(file)).unwrap();

        assert!(host.is_refused_the_start().await.unwrap(), "{file}: a start can't be kept");
        let nowhere = Person::create(server.port(), "Eve", &json!({})).await;
        assert!(nowhere.is_err(), "{file}: a room can't be kept");
        let ready = is_not_ready(server.port()).await;
        assert!(ready.contains(&format!("{file} was deleted or replaced while the server runs")), "{ready}");
        within("the line in the log", async {
            while !place.log().contains(&format!("{file} was deleted or replaced")) {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        })
        .await;
        let (code, complaint) = place.fails().await;
        assert_eq!(code, Some(2), "a second server in the same folder");
        assert!(complaint.contains("another server uses"), "{complaint}");
        server.kill().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_comes_back_is_used_again() {
    let place = Place::new();
    let server = place.start().await;
    let mut host = Person::create(server.port(), "Dan", &json!({ "pace": "instant" })).await.unwrap();
    let (file, away) = (place.database_file(""), place.data().join("away"));
    fs::rename(&file, &away).unwrap();
    assert!(host.is_refused_the_start().await.unwrap());
    is_not_ready(server.port()).await;
    fs::rename(&away, &file).unwrap();
    within("the start to be taken", async {
        while host.is_refused_the_start().await.unwrap() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await;
    is_ready(server.port()).await;
    host.play_to_the_end().await.unwrap();
}

/// Waits until the server is not ready: why.
pub(crate) async fn is_not_ready(port: u16) -> String {
    within("the server to be unready", async {
        loop {
            let ready = get(port, "/ready").await;
            if ready.status == 503 {
                return ready.body;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await
}

/// Waits until the server is ready.
pub(crate) async fn is_ready(port: u16) {
    within("the server to be ready", async {
        while get(port, "/ready").await.status != 200 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await;
}
