//! The mill: an engine with its journal that plays rooms of bots into a folder, to their end or up to the moment at which
//! it is killed.

use std::{path::Path, time::Duration};

use actix::{Arbiter, System};
use actors::{Bans, Engine, Settings};
use metrics_exporter_prometheus::PrometheusBuilder;
use store::{Location, Store};
use vocabulary::{Name, Pace, RoomOptions};

use crate::counters::sum;

/// Plays so many rooms; without a number of actions to their end, with one until there were so many, and then until
/// someone kills it. A line on standard output tells how many actions there were.
pub(crate) fn run(folder: &Path, rooms: usize, actions: Option<f64>) {
    System::new().block_on(play(folder, rooms, actions));
}

async fn play(folder: &Path, rooms: usize, enough: Option<f64>) {
    let metrics = PrometheusBuilder::new().install_recorder().expect("the first recorder");
    let store = Store::open(&location(folder)).await.expect("a store");
    // Only bots play here, and what their games take is measured.
    let settings = Settings { max_rooms: rooms + 1, bot_games_keep: u64::MAX, ..Settings::default() };
    let engine = Engine::start_with(settings, store.clone(), Bans::default());
    let options = RoomOptions { pace: Pace::Instant, ..engine.settings().room_defaults };
    let arbiters: Vec<Arbiter> =
        (0..std::thread::available_parallelism().map_or(1, usize::from)).map(|_| Arbiter::new()).collect();
    for (number, arbiter) in (0..rooms).zip(arbiters.iter().cycle()) {
        let (engine, name) = (engine.clone(), Name::parse(&format!("Bench {number}")).expect("a name"));
        arbiter.spawn_fn(move || {
            let _room = engine.play_bots(&name, options).expect("there is place");
        });
    }
    let actions = loop {
        let text = metrics.render();
        let actions = sum(&text, "liap_actions_total");
        let over = sum(&text, "liap_games_finished_total") >= rooms as f64;
        if enough.map_or(over, |enough| actions >= enough) {
            break actions;
        }
        actix::clock::sleep(Duration::from_millis(25)).await;
    };
    println!("{actions}");
    if enough.is_some() {
        std::future::pending::<()>().await;
    }
    engine.flush_journal().await;
    store.close().await;
}

/// The database in this folder.
pub(crate) fn location(folder: &Path) -> Location {
    Location::Sqlite(folder.join("liap-tui.db"))
}

/// The bytes of all files of the database.
pub(crate) fn bytes(folder: &Path) -> f64 {
    let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file"));
    let database = files.filter(|file| file.file_name().to_string_lossy().starts_with("liap-tui.db"));
    database.map(|file| file.metadata().expect("a size").len()).sum::<u64>() as f64
}
