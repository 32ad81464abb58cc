//! SIGTERM in the middle of games: everybody is told, and the next life goes on where this one stopped.

use std::time::Duration;

use crate::support::{Place, Stop, Tables};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_under_load_tells_everybody_ends_with_0_and_loses_nothing() {
    let (place, mut tables) = (Place::new(), Tables::new(6));
    for life in [300, 500, 700] {
        let server = place.start().await;
        let stop = async {
            tokio::time::sleep(Duration::from_millis(life)).await;
            server.terminate();
        };
        let (ends, ()) = tokio::join!(tables.live(server.port()), stop);
        assert!(ends.iter().all(|end| matches!(end, Stop::Closed(1001) | Stop::NoServer)), "{ends:?}");
        assert_eq!(server.ended().await, Some(0), "{}", place.log());
    }
    let server = place.start().await;
    let played = tables.finish(server.port(), &place).await;
    assert!(played.games >= tables.0.len() && played.actions > 0);
}
