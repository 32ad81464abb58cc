//! A disk that is full for a while.

use serde_json::json;

use crate::{
    outage,
    support::{Person, Place, Stop, Tables},
};

/// How large a file may become, in kilobytes: enough to begin, not for long.
const SPACE: u64 = 800;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_actions_and_loses_none_that_was_acknowledged() {
    let (place, mut tables) = (Place::new(), Tables::new(4));
    let server = place.start_within(SPACE).await;
    let port = server.port();
    let mut host = Person::create(port, "Dan", &json!({ "pace": "instant" })).await.unwrap();
    let trouble = async {
        // The first write that fails is one that had space for its beginning.
        outage::has_failed(&server, 0.0, 1.0).await;
        // SQLite may find some space again in files that it has; from here on there is none at all.
        server.limit_files("1024").await;
        outage::is_refused_everything(&server, &mut host).await;
        server.limit_files("unlimited").await;
        outage::goes_on(&server, &mut host).await;
        server.kill().await;
    };
    let (ends, ()) = tokio::join!(tables.live(port), trouble);
    assert!(ends.iter().all(|end| matches!(end, Stop::Broken | Stop::NoServer)), "{ends:?}");
    outage::is_intact_after_a_crash(&place, &mut tables, &mut host).await;
}
