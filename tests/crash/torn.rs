//! A last write that reached the disk only in part. What the disk takes back after it said that it had it can't be kept:
//! the claim is that this costs the last transaction and nothing else.

use std::{
    fs::{self, File},
    path::Path,
};

use crate::support::{Chance, Place, Tables};

/// The header of SQLite's write-ahead log, and a frame in it: a header and a page.
const HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

/// Where the last frame of the log ends that belongs to its present round; old ones may stand behind it.
fn end_of_log(file: &Path) -> usize {
    let bytes = fs::read(file).unwrap();
    let salts = &bytes[16..24];
    let frames = bytes[HEADER..].chunks_exact(FRAME).take_while(|frame| frame[8..16] == *salts).count();
    assert!(frames > 0, "something was written");
    HEADER + frames * FRAME
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_behind_the_last_write_costs_nothing() {
    let (place, mut tables, mut chance) = (Place::new(), Tables::new(6), Chance::seeded());
    let server = place.start().await;
    let port = server.port();
    let kill = async {
        tokio::time::sleep(chance.milliseconds(300, 900)).await;
        server.kill().await;
    };
    tokio::join!(tables.live(port), kill);
    let log = place.database_file("-wal");
    let mut bytes = fs::read(&log).unwrap();
    bytes.truncate(end_of_log(&log));
    bytes.extend((0..FRAME * 3).map(|number| u8::try_from(number * 31 % 251).unwrap()));
    fs::write(&log, bytes).unwrap();
    let server = place.start().await;
    let played = tables.finish(server.port(), &place).await;
    assert!(played.games >= tables.0.len() && played.actions > 0);
    assert!(server.metric("liap_rooms_quarantined_total").await < 0.5, "{}", place.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_a_last_write_costs_the_last_action_of_one_room_and_nothing_else() {
    let (place, mut tables) = (Place::new(), Tables::alone(6));
    let server = place.start().await;
    tables.open(server.port()).await;
    tables.rest().await;
    // All rooms wait for their people; so the last transaction is of this room alone.
    tables.0[0].host().take_one_turn().await.unwrap();
    server.kill().await;
    tables.hang_up();
    let log = place.database_file("-wal");
    let torn = end_of_log(&log) - FRAME / 2;
    File::options().write(true).open(&log).unwrap().set_len(u64::try_from(torn).unwrap()).unwrap();

    let server = place.start().await;
    assert!(server.metric("liap_rooms_quarantined_total").await < 0.5, "{}", place.log());
    let lost = tables.0[0].host().come_back_behind(server.port()).await.unwrap();
    let is_action = |event: &&serde_json::Value| {
        let name = event["event"].as_str().unwrap();
        name == "player_action" || name.ends_with("_accepted")
    };
    assert_eq!(lost.iter().filter(is_action).count(), 1, "{lost:#?}");
    // The others come back with all that they were told, and every game goes on to its end.
    tables.finish(server.port(), &place).await;
}
