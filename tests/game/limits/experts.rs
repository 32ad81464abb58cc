//! Bots that think ahead share a pool of threads: many rooms of them start no more threads, and every decision comes.

use std::fs;

use serde_json::json;

use crate::support::{Guest, ServerProcess, get, moment, within};

const ROOMS: usize = 24;
const POOL: usize = 2;

/// A room of four experts, started and left by its host: a bot plays on in the host's place.
async fn leave_a_game_of_experts(guest: &mut Guest) {
    let rules = json!({ "max_rounds": 1 });
    guest.create_room(json!({ "public": false, "bot_difficulty": "expert", "pace": "instant", "rules": rules })).await;
    guest.act("start_game", json!({})).await;
    guest.expect("game_started").await;
    guest.act("leave_room", json!({})).await;
    guest.expect("room_left").await;
}

/// The names of the process's threads.
fn threads(server: &ServerProcess) -> Vec<String> {
    let folder = fs::read_dir(format!("/proc/{}/task", server.id())).expect("its threads");
    let name = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
    folder.flatten().map(name).map(|name| name.trim().to_owned()).collect()
}

/// The sum of a metric over the labels that this text is part of.
async fn metric(server: &ServerProcess, name: &str) -> f64 {
    let page = get(server.port(), "/metrics").await.body;
    let values = page.lines().filter(|line| line.starts_with(name)).filter_map(|line| line.rsplit(' ').next());
    values.map(|value| value.parse::<f64>().expect("a number")).sum()
}

#[tokio::test]
async fn many_rooms_of_experts_start_no_more_threads_than_the_pool_has() {
    let pool = POOL.to_string();
    // Nobody may have this many rooms of them; here it is the pool that is to stand it.
    let wide = ["--rooms-per-minute-per-connection=0", "--bot-games-per-address=0", "--bot-games-percent=100"];
    let flags = [&["--workers", "1", "--bot-think-threads", &pool], &wide[..]].concat();
    let server = ServerProcess::start(&flags).await;
    let mut attacker = Guest::connect(server.port(), "lobby", "Eve").await;
    leave_a_game_of_experts(&mut attacker).await;
    let before = threads(&server).len();
    let mut most = 0;
    for _ in 1..ROOMS {
        leave_a_game_of_experts(&mut attacker).await;
        most = most.max(threads(&server).len());
    }

    let mut victim = Guest::connect(server.port(), "lobby", "Ann").await;
    let rules = json!({ "max_rounds": 1 });
    victim.create_room(json!({ "bot_difficulty": "expert", "pace": "instant", "rules": rules })).await;
    victim.act("start_game", json!({})).await;
    assert_eq!(victim.play_to_the_end().await["rounds_played"], 1, "every decision came, and was legal");
    most = most.max(threads(&server).len());

    let thinkers = threads(&server).iter().filter(|name| name.starts_with("thinker-")).count();
    assert_eq!(thinkers, POOL);
    // The runtimes start a thread for an odd job, but none for each room.
    assert!(most <= before + 4, "{before} threads with one room, {most} with {ROOMS}");

    victim.act("leave_room", json!({})).await;
    within("the games to end", async {
        while metric(&server, "liap_games_finished_total").await < (ROOMS + 1) as f64 {
            moment().await;
        }
    })
    .await;
    // The victim's own bots are experts, too; nobody else decided by a bot.
    let decisions = metric(&server, "liap_thinking_decisions_total").await;
    assert_eq!(decisions, metric(&server, "liap_actions_total{by=\"bot\"}").await, "every decision is counted once");
    let unsearched = metric(&server, "liap_thinking_decisions_total{search=\"none\"}").await;
    assert_eq!(unsearched, metric(&server, "liap_limit_hits_total{limit=\"thinking\"}").await);
    assert_eq!(metric(&server, "liap_thinking_waiting").await, 0.0);
}
