//! Rooms and seats as one person could take them from the others: who may open how many, which games make way.

use serde_json::{Value, json};

use crate::support::{Guest, ServerProcess, TestServer, get, moment, within};

const ATTACKER: [u8; 4] = [127, 0, 0, 2];
const VICTIM: [u8; 4] = [127, 0, 0, 3];

/// How often a limit has refused something; servers of other tests in this process count too.
async fn hits(port: u16, limit: &str) -> u64 {
    let metrics = get(port, "/metrics").await.body;
    let line = format!("liap_limit_hits_total{{limit=\"{limit}\"}} ");
    metrics.lines().find_map(|found| found.strip_prefix(&line)).map_or(0, |hits| hits.parse().unwrap())
}

/// How many rooms are open.
async fn rooms(port: u16) -> u64 {
    get(port, "/health").await.json()["rooms"].as_u64().unwrap()
}

/// Whether a game is still on: nobody can join it, but it is known.
async fn is_on(guest: &mut Guest, room: &str) -> bool {
    guest.act("join_room", json!({ "room_id": room })).await;
    loop {
        match guest.next().await["error"]["code"].as_str() {
            Some("1003") => return false,
            // Or the name of somebody who left it is taken there.
            Some("2008" | "1005") => return true,
            Some(code) => panic!("{code}"),
            None => {}
        }
    }
}

async fn refused_creation(guest: &mut Guest) -> Value {
    guest.act("create_room", json!({ "room_name": "One more" })).await;
    guest.refused("4001").await["details"].take()
}

/// The refusal says how long to wait, at most a minute.
fn says_when(details: &Value) {
    let wait = details["retry_after_ms"].as_u64().unwrap();
    assert!((1..=60_000).contains(&wait), "{details}");
}

/// Opens rooms, starts their games and leaves them, over connections of its own, until the rate of each is reached.
async fn attack(port: u16) {
    for _ in 0..3 {
        let mut attacker = Guest::from_address(port, ATTACKER, "Mallory").await;
        loop {
            if let Err(error) = attacker.leave_a_game_to_bots().await {
                assert_eq!(error["code"], "4001");
                break;
            }
        }
        let mut victim = Guest::from_address(port, VICTIM, "Vic").await;
        victim.create_room(json!({})).await;
    }
}

#[tokio::test]
async fn rooms_opened_and_left_in_a_loop_take_no_room_from_the_others() {
    let flags = ["--workers", "1", "--max-rooms", "8"];
    let server = ServerProcess::start(&flags).await;
    attack(server.port()).await;
    assert!(hits(server.port(), "room_creations").await >= 3 && hits(server.port(), "bot_games").await >= 25);
    let server = server.killed_and_started_again(&flags).await;
    attack(server.port()).await;
    let server = server.stopped_and_started_again(&flags).await;
    // Six rooms of the victims, and no more games of bots than a quarter of all rooms.
    assert!(rooms(server.port()).await <= 8);
    Guest::from_address(server.port(), VICTIM, "Vic").await.create_room(json!({})).await;
}

#[tokio::test]
async fn people_come_before_games_that_only_bots_play_and_the_oldest_goes_first() {
    let server = TestServer::for_guests(&["--max-rooms", "3"]);
    let mut attacker = server.guest_from(ATTACKER, "Mallory").await;
    let mut left = Vec::new();
    for _ in 0..3 {
        left.push(attacker.leave_a_game_to_bots().await.unwrap());
    }
    let mut hosts = Vec::new();
    for (place, name) in ["Ann", "Bob", "Cid"].into_iter().enumerate() {
        let mut host = server.guest_from(VICTIM, name).await;
        host.create_room(json!({})).await;
        hosts.push(host);
        for (number, room) in left.iter().enumerate() {
            assert_eq!(is_on(&mut attacker, room).await, number > place, "game {number} after room {place}");
        }
    }
    let mut late = server.guest_from(VICTIM, "Dee").await;
    late.act("create_room", json!({ "room_name": "x" })).await;
    assert_eq!(late.refused("4002").await["details"]["reason"], "too_many_rooms");
    assert!(hits(server.port(), "bot_games").await >= 3 && hits(server.port(), "rooms").await >= 1);
}

#[tokio::test]
async fn games_without_people_make_way_after_a_restart_too() {
    let flags = ["--workers", "1", "--max-rooms", "2", "--bot-games-percent", "100"];
    let server = ServerProcess::start(&flags).await;
    let mut attacker = Guest::from_address(server.port(), ATTACKER, "Mallory").await;
    for _ in 0..2 {
        attacker.leave_a_game_to_bots().await.unwrap();
    }
    let server = server.killed_and_started_again(&flags).await;
    assert_eq!(rooms(server.port()).await, 2);
    for name in ["Ann", "Bob"] {
        let mut host = Guest::from_address(server.port(), VICTIM, name).await;
        host.create_room(json!({})).await;
        host.cut().await;
    }
}

#[tokio::test]
async fn a_game_that_all_people_left_ends_when_nobody_watches_it() {
    let server = TestServer::for_guests(&["--room-idle-seconds", "1"]);
    let mut guest = server.guest("Ann").await;
    let room = guest.leave_a_game_to_bots().await.unwrap();
    within("the end of the game", async {
        while is_on(&mut guest, &room).await {
            moment().await;
        }
    })
    .await;
}

#[tokio::test]
async fn one_more_game_left_to_bots_closes_the_oldest_of_its_address() {
    let server = TestServer::for_guests(&["--bot-games-per-address", "1"]);
    let mut other = server.guest_from(VICTIM, "Ann").await;
    let others = other.leave_a_game_to_bots().await.unwrap();
    let mut attacker = server.guest_from(ATTACKER, "Mallory").await;
    let first = attacker.leave_a_game_to_bots().await.unwrap();
    let second = attacker.leave_a_game_to_bots().await.unwrap();
    let mut on = Vec::new();
    for room in [&others, &first, &second] {
        on.push(is_on(&mut attacker, room).await);
    }
    assert_eq!(on, [true, false, true]);
}

#[tokio::test]
async fn a_connection_opens_so_many_rooms_a_minute() {
    let server = TestServer::for_guests(&["--rooms-per-minute-per-connection", "2"]);
    let mut guest = server.guest("Ann").await;
    for _ in 0..2 {
        guest.create_room(json!({})).await;
        guest.act("leave_room", json!({})).await;
        guest.expect("room_left").await;
    }
    let details = refused_creation(&mut guest).await;
    assert_eq!((&details["limit"], &details["window_seconds"]), (&json!(2), &json!(60)));
    says_when(&details);
    assert!(hits(server.port(), "room_creations").await >= 1);
    server.guest("Bob").await.create_room(json!({})).await;
}

#[tokio::test]
async fn an_address_opens_so_many_rooms_a_minute_over_all_connections() {
    let server = TestServer::for_guests(&["--rooms-per-minute-per-address", "2"]);
    for name in ["Ann", "Bob"] {
        server.guest_from(ATTACKER, name).await.create_room(json!({})).await;
    }
    let details = refused_creation(&mut server.guest_from(ATTACKER, "Cid").await).await;
    assert_eq!(details["limit"], 2);
    says_when(&details);
    server.guest_from(VICTIM, "Dee").await.create_room(json!({})).await;
}

#[tokio::test]
async fn an_address_has_so_many_rooms_open_until_one_of_them_ends() {
    let server = TestServer::for_guests(&["--open-rooms-per-address", "2", "--waiting-grace-seconds", "0"]);
    let mut hosts = Vec::new();
    for name in ["Ann", "Bob"] {
        let mut host = server.guest_from(ATTACKER, name).await;
        host.create_room(json!({})).await;
        hosts.push(host);
    }
    let mut third = server.guest_from(ATTACKER, "Cid").await;
    let details = refused_creation(&mut third).await;
    assert_eq!((&details["reason"], &details["limit"]), (&json!("open_rooms"), &json!(2)));
    says_when(&details);
    assert!(hits(server.port(), "open_rooms").await >= 1);
    let mut other = server.guest_from(VICTIM, "Dee").await;
    other.create_room(json!({})).await;

    hosts[0].act("leave_room", json!({})).await;
    hosts[0].expect("room_left").await;
    third.create_room(json!({})).await;
    refused_creation(&mut hosts[0]).await;
    hosts[1].cut().await;
    within("the end of a room whose only person is gone", async {
        while rooms(server.port()).await > 2 {
            moment().await;
        }
    })
    .await;
    hosts[0].create_room(json!({})).await;
}

#[tokio::test]
async fn a_game_that_was_played_to_its_end_gives_its_room_back() {
    let server = TestServer::for_guests(&["--open-rooms-per-address", "1"]);
    let mut host = server.guest("Ann").await;
    for _ in 0..2 {
        host.create_room(json!({ "pace": "instant", "rules": { "max_rounds": 1 } })).await;
        host.act("start_game", json!({})).await;
        host.play_to_the_end().await;
        host.act("leave_room", json!({})).await;
        host.expect("room_left").await;
    }
}

#[tokio::test]
async fn an_address_holds_so_many_seats_at_waiting_tables_of_others() {
    let server = TestServer::for_guests(&["--waiting-seats-per-address", "2"]);
    let mut hosts = Vec::new();
    for name in ["Ann", "Bob", "Cid"] {
        let mut host = server.guest_from(VICTIM, name).await;
        host.create_room(json!({})).await;
        hosts.push(host);
    }
    let mut squatters = Vec::new();
    for name in ["Mal", "Mel", "Mil"] {
        squatters.push(server.guest_from(ATTACKER, name).await);
    }
    squatters[0].join(hosts[0].room()).await;
    squatters[1].join(hosts[1].room()).await;
    let third = json!({ "room_id": hosts[2].room() });
    squatters[2].act("join_room", third.clone()).await;
    let details = squatters[2].refused("4001").await["details"].take();
    assert_eq!((&details["reason"], &details["limit"]), (&json!("waiting_seats"), &json!(2)));
    says_when(&details);
    assert!(hits(server.port(), "waiting_seats").await >= 1);
    // A table of the address's own is for its own people, however many.
    let mut own = server.guest_from(ATTACKER, "Mol").await;
    own.create_room(json!({})).await;
    server.guest_from(ATTACKER, "Mul").await.join(own.room()).await;
    // So is a seat that is given up, and one in a game.
    squatters[0].act("leave_room", json!({})).await;
    squatters[0].expect("room_left").await;
    squatters[2].join(hosts[2].room()).await;
    let first = json!({ "room_id": hosts[0].room() });
    squatters[0].act("join_room", first).await;
    squatters[0].refused("4001").await;
    hosts[1].act("start_game", json!({})).await;
    hosts[1].expect("game_started").await;
    squatters[0].join(hosts[0].room()).await;
}
