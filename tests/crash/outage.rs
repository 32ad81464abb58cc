//! What has to hold while nothing can be written, and afterwards; whatever the reason is.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use crate::support::{Person, Place, Server, Stop, Tables, within};

/// Failed writes: each room tries once a second, so this is an outage in which all of them have tried.
const FAILURES: f64 = 5.0;
/// Counts writes of the journal that failed.
const FAILED: &str = "liap_journal_failures_total";

/// Waits until the journal has failed so often since it had failed `before` times.
pub(crate) async fn has_failed(server: &Server, before: f64, times: f64) {
    within("the journal to fail", async {
        while server.metric(FAILED).await < before + times {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

/// When nothing can be written for some time, everything that would change something is refused, and changes nothing.
pub(crate) async fn is_refused_everything(server: &Server, host: &mut Person) {
    has_failed(server, server.metric(FAILED).await, FAILURES).await;
    assert!(host.is_refused_the_start().await.unwrap(), "a start can't be made durable");
    host.check_past().await.unwrap();
    let nowhere = Person::create(server.port(), "Eve", &json!({})).await;
    assert_eq!(nowhere.err(), Some(Stop::Refused), "a room can't be made durable");
}

/// Waits until everything goes on by itself: the start that was refused is taken, and games end.
pub(crate) async fn goes_on(server: &Server, host: &mut Person) {
    within("the start to be taken", async {
        while host.is_refused_the_start().await.unwrap() {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    host.check_past().await.unwrap();
    let ended = server.metric("liap_games_finished_total").await;
    within("games to end", async {
        while server.metric("liap_games_finished_total").await < ended + 3.0 {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

/// SIGKILL and one more start: all that was ever acknowledged is there.
pub(crate) async fn is_intact_after_a_crash(place: &Place, tables: &mut Tables, host: &mut Person) {
    let server = place.start().await;
    host.hang_up();
    host.come_back(server.port()).await.unwrap();
    host.play_to_the_end().await.unwrap();
    let played = tables.finish(server.port(), place).await;
    assert!(played.games >= tables.0.len() && played.actions > 0);
    assert!(server.metric("liap_rooms_quarantined_total").await < 0.5, "{}", place.log());
}
