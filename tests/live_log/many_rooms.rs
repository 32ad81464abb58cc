//! One connection that opens room after room fills the live log no further than its network's rate.

use serde_json::json;
use store::{Location, MessageFilter, Reader, Store};

use crate::support::{Guest, ServerProcess, get, moment, within};

/// The place of type *party* in the database.
const PARTY: u8 = 4;

async fn parties(server: &ServerProcess) -> u64 {
    let store = Store::open_beside(&Location::Sqlite(server.data().join("liap-tui.db"))).await.unwrap();
    let filter = MessageFilter { kind: Some(PARTY), ..MessageFilter::default() };
    let page = store.messages(&Reader::default(), &filter, 0, 1).await.unwrap();
    store.close().await;
    page.total
}

async fn hits(server: &ServerProcess) -> u64 {
    let page = get(server.port(), "/metrics").await.body;
    let line = "liap_limit_hits_total{limit=\"live_log_source\"} ";
    page.lines().find_map(|metric| metric.strip_prefix(line)).map_or(0, |hits| hits.parse().unwrap())
}

#[tokio::test]
async fn the_rooms_of_one_network_share_a_rate_in_the_live_log() {
    let server = ServerProcess::start(&["--workers", "1", "--live-log-source-per-minute=5"]).await;
    for name in ["Ann", "Ben"] {
        let mut guest = Guest::connect(server.port(), "lobby", name).await;
        for _ in 0..3 {
            // Each room has three messages: somebody joins, somebody leaves, the party is over.
            guest.create_room(json!({})).await;
            guest.act("leave_room", json!({})).await;
            guest.expect("room_left").await;
        }
    }
    within("all rooms to be reported", async {
        while hits(&server).await < 13 {
            moment().await;
        }
    })
    .await;
    within("the messages within the rate", async {
        while parties(&server).await < 5 {
            moment().await;
        }
    })
    .await;
    assert_eq!((parties(&server).await, hits(&server).await), (5, 13));
}
