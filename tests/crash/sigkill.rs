//! SIGKILL at random moments, again and again, on the same data.

use std::{env, time::Instant};

use crate::support::{Chance, Place, Stop, Tables};

/// How often; `make soak` sets more.
fn rounds() -> u32 {
    env::var("CRASH_ROUNDS").ok().map_or(50, |rounds| rounds.parse().expect("CRASH_ROUNDS is a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_done_twice_when_the_server_is_killed() {
    let (mut chance, began) = (Chance::seeded(), Instant::now());
    let (place, mut tables) = (Place::new(), Tables::new(8));
    let rounds = rounds();
    for _ in 0..rounds {
        if chance.below(8) == 0 {
            // Killed while it starts, perhaps in the middle of bringing rooms back.
            let mut starting = place.spawn();
            tokio::time::sleep(chance.milliseconds(0, 100)).await;
            starting.kill().unwrap();
            starting.wait().unwrap();
        }
        let server = place.start().await;
        let (port, life) = (server.port(), chance.milliseconds(100, 900));
        let kill = async {
            tokio::time::sleep(life).await;
            server.kill().await;
        };
        let (ends, ()) = tokio::join!(tables.live(port), kill);
        assert!(ends.iter().all(|end| matches!(end, Stop::Broken | Stop::NoServer)), "{ends:?}");
    }
    let server = place.start().await;
    let played = tables.finish(server.port(), &place).await;
    eprintln!("{rounds} kills in {:?}: {played:?}", began.elapsed());
    assert!(played.games >= tables.0.len(), "every table has played");
    assert!(server.metric("liap_rooms_quarantined_total").await < 0.5, "{}", place.log());
}
