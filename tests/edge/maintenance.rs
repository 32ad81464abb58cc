//! What operators tell everybody: words, and planned pauses. In which words each contract hears of them, and who may.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::support::{Answer, Attendant, Guest, PASSWORD, Person, Request, Speaker, TestServer, player::decision};

const PAUSE: &str = "/api/v1/admin/maintenance";
pub(crate) const BROADCAST: &str = "/api/v1/admin/broadcast";

/// A server with an admin.
pub(crate) async fn with_admin() -> (TestServer, Person) {
    let server = TestServer::unlimited(&["--admin-username", "Root", "--admin-password", PASSWORD]);
    let root = Person::new(server.port(), &server.login("Root", PASSWORD).await.expect(200));
    (server, root)
}

pub(crate) async fn plan(root: &Person, plan: &Value) -> Value {
    root.post(PAUSE, plan).await.expect(200)
}

pub(crate) async fn end(root: &Person) -> Answer {
    root.send(Request::new("DELETE", PAUSE)).await
}

/// The present, in milliseconds since 1970.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// A moment so many seconds from now, as a service of operators would write it.
fn in_seconds(seconds: u64) -> String {
    iso(now() + seconds * 1_000)
}

/// ISO 8601 of milliseconds since 1970, by counting days.
fn iso(milliseconds: u64) -> String {
    let (mut days, rest) = (milliseconds / 86_400_000, milliseconds % 86_400_000);
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 0;
    let lengths = [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, fraction) = (rest / 1_000 % 60, rest % 1_000);
    format!("{year}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z", month + 1, days + 1)
}

/// One connection of each contract, all of whose first words are over.
pub(crate) struct Five {
    pub(crate) ann: Person,
    pub(crate) chat: Speaker,
    pub(crate) state: Speaker,
    pub(crate) log: Speaker,
    pub(crate) battle: Attendant,
    pub(crate) guest: Guest,
}

impl Five {
    pub(crate) async fn listen(server: &TestServer) -> Self {
        let ann = server.person("Ann").await;
        let mut chat = Speaker::chat(&ann).await;
        chat.expect("connection").await;
        let mut state = Speaker::state(&ann, "kivy", None).await;
        state.expect("connection_status").await;
        let mut log = Speaker::live_log(server.port(), "").await;
        log.send(&json!({ "action": "subscribe", "message_types": ["system"] })).await;
        log.expect("subscribed").await;
        let mut battle = ann.attend(&ann.create(&json!({})).await).await;
        battle.expect("connect").await;
        let guest = Guest::connect(server.port(), "lobby", "Gil").await;
        Self { ann, chat, state, log, battle, guest }
    }

    async fn hear_of(&mut self, event: &str, scheduled: &str, duration: u64) {
        let system = self.chat.expect("system").await["payload"].take();
        assert_eq!(system, json!({ "event": event, "scheduledTime": scheduled, "duration": duration }));
        let told = self.battle.expect("system:maintenance").await;
        assert_eq!(
            (&told["event"], &told["duration"], &told["ended"]),
            (&json!(event), &json!(duration), &json!(false))
        );
        assert_eq!(iso(told["scheduledTime"].as_u64().unwrap()), scheduled);
        let status = self.state.expect_that("connection_status", |status| status["data"]["event"] == event).await;
        assert_eq!(
            (&status["data"]["scheduled_time"], &status["data"]["duration"]),
            (&json!(scheduled), &json!(duration))
        );
        let message = self.hear_in_log(false).await;
        assert_eq!((&message["data"]["scheduled_time"], &message["severity"]), (&json!(scheduled), &json!("warning")));
        let error = self.guest.refused("4003").await;
        assert_eq!((&error["details"]["event"], &error["details"]["duration"]), (&json!(event), &json!(duration)));
        assert_eq!(iso((error["details"]["scheduled_time"].as_f64().unwrap() * 1_000.0).round() as u64), scheduled);
        let told = self.guest.expect("maintenance").await["data"].take();
        assert_eq!((&told["event"], &told["ended"]), (&json!(event), &json!(false)));
        assert_eq!(
            (&told["scheduled_time"], &told["duration"]),
            (&error["details"]["scheduled_time"], &json!(duration))
        );
    }

    async fn hear_in_log(&mut self, ended: bool) -> Value {
        // The message of the log and the one to the connection itself, whichever comes first.
        let (mut logged, mut told) = (None, None);
        while logged.is_none() || told.is_none() {
            let message = self.log.next().await;
            if message["event"] == "server_maintenance" {
                assert_eq!(message["data"]["ended"], ended, "{message}");
                logged = Some(message);
            } else if message["action"] == "maintenance" {
                assert_eq!(message["ended"], ended, "{message}");
                told = Some(message);
            }
        }
        logged.expect("just heard")
    }

    async fn hear_that_it_is_over(&mut self) {
        assert_eq!(self.chat.expect("broadcast").await["payload"]["message"], "the pause is over");
        let told = self.battle.expect("system:maintenance").await;
        assert_eq!(told["ended"], true);
        let over = |status: &Value| status["data"]["reason"] == "maintenance over";
        self.state.expect_that("connection_status", over).await;
        assert_eq!(self.hear_in_log(true).await["severity"], "info");
        let over = self.guest.expect("maintenance").await;
        assert_eq!(over["data"]["ended"], true, "{over}");
    }
}

#[tokio::test]
async fn only_operators_plan_pauses_and_speak_to_everybody() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let mut chat = Speaker::chat(&ann).await;
    let body = json!({ "event": "maintenance", "duration": 60, "message": "x", "severity": "info" });
    for (method, path) in [("POST", PAUSE), ("GET", PAUSE), ("DELETE", PAUSE), ("POST", BROADCAST)] {
        let request = || Request::new(method, path).json(&body);
        ann.send(request()).await.refused(403, "FORBIDDEN");
        server.send(request()).await.refused(401, "UNAUTHORIZED");
    }
    root.get(PAUSE).await.refused(404, "NOT_FOUND");
    root.post(BROADCAST, &json!({ "message": "now" })).await.expect(200);
    chat.expect("broadcast").await;
    assert!(chat.seen.iter().all(|message| message["type"] != "system"), "{:?}", chat.seen);
}

#[tokio::test]
async fn an_announcement_reaches_every_connection_of_every_contract() {
    let (server, root) = with_admin().await;
    let mut five = Five::listen(&server).await;
    let told = root.post(BROADCAST, &json!({ "message": " Back at noon ", "severity": "error" })).await.expect(200);
    assert_eq!(told["reached"], 5);
    let broadcast = five.chat.expect("broadcast").await;
    let payload = json!({ "message": "Back at noon", "severity": "error", "timestamp": broadcast["timestamp"] });
    assert_eq!(broadcast["payload"], payload);
    let update = five.battle.expect("system:update").await;
    assert_eq!((&update["message"], &update["severity"]), (&json!("Back at noon"), &json!("error")));
    let status = five.state.expect_that("connection_status", |status| status["data"]["severity"] == "error").await;
    assert_eq!(status["data"]["reason"], "Back at noon");
    let told = five.log.expect("announcement").await;
    assert_eq!((&told["message"], &told["severity"]), (&json!("Back at noon"), &json!("error")));
    let told = five.guest.expect("announcement").await["data"].take();
    assert_eq!((&told["message"], &told["severity"]), (&json!("Back at noon"), &json!("error")));
    assert_eq!(told["ends_at"].as_f64(), told["announced_at"].as_f64().map(|at| at + 3_600.0), "an hour");
}

#[tokio::test]
async fn a_pause_is_told_in_all_contracts_and_ends_when_an_operator_says_so() {
    let (server, root) = with_admin().await;
    let mut five = Five::listen(&server).await;
    let planned = plan(&root, &json!({ "event": "restart", "duration": 600 })).await;
    assert_eq!(
        (&planned["event"], &planned["duration"], &planned["active"]),
        (&json!("restart"), &json!(600), &json!(true))
    );
    assert_eq!(planned["reached"], 5);
    five.hear_of("restart", planned["scheduledTime"].as_str().unwrap(), 600).await;
    let mut now = root.get(PAUSE).await.expect(200);
    assert_eq!(now["reached"].take(), Value::Null);
    assert_eq!((&now["scheduledTime"], &now["active"]), (&planned["scheduledTime"], &json!(true)));

    five.guest.act("create_room", json!({ "room_name": "x" })).await;
    five.guest.refused("4003").await;
    five.ann.post("/battles", &json!({})).await.refused(503, "MAINTENANCE");
    five.guest.send("room_list", json!({})).await;
    five.guest.expect("room_list").await;

    assert_eq!(end(&root).await.expect(200)["reached"], 5);
    five.hear_that_it_is_over().await;
    end(&root).await.refused(404, "NOT_FOUND");
    root.get(PAUSE).await.refused(404, "NOT_FOUND");
    five.guest.create_room(json!({})).await;
    five.ann.create(&json!({})).await;
}

#[tokio::test]
async fn a_game_that_is_on_goes_on_during_a_pause() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let wanted = json!({ "pace": "instant", "turnTimeoutSeconds": 600, "rules": { "maxRounds": 1 } });
    let (running, waiting) = (ann.create(&wanted).await, ann.create(&wanted).await);
    ann.start(&running).await;
    plan(&root, &json!({ "event": "shutdown", "duration": 604_800 })).await;
    ann.start(&waiting).await;
    for battle in [&running, &waiting] {
        let mut connection = ann.attend(battle).await;
        let mut state = connection.state().await;
        for whim in 0.. {
            while !connection.is_asked(&state) && state["status"] != "GAME_OVER" {
                connection.next_update().await;
                state = connection.state().await;
            }
            if state["status"] == "GAME_OVER" {
                break;
            }
            ann.does(battle, &decision(&state, whim)).await;
            state = connection.state().await;
        }
    }
    assert_eq!(root.get(PAUSE).await.expect(200)["active"], true);
}

#[tokio::test]
async fn until_a_planned_pause_begins_rooms_are_taken_and_it_may_be_called_off() {
    let (server, root) = with_admin().await;
    let mut five = Five::listen(&server).await;
    let soon = in_seconds(3_600);
    let planned = plan(&root, &json!({ "event": "maintenance", "scheduledTime": soon, "duration": 60 })).await;
    assert_eq!((&planned["scheduledTime"], &planned["active"]), (&json!(soon), &json!(false)));
    five.hear_of("maintenance", &soon, 60).await;
    five.guest.create_room(json!({})).await;
    five.ann.create(&json!({})).await;
    end(&root).await.expect(200);
    five.hear_that_it_is_over().await;
}

#[tokio::test]
async fn a_pause_begins_and_ends_by_itself_and_everybody_hears_of_both() {
    let (server, root) = with_admin().await;
    let mut five = Five::listen(&server).await;
    let soon = in_seconds(2);
    plan(&root, &json!({ "event": "maintenance", "scheduledTime": soon, "duration": 2 })).await;
    five.hear_of("maintenance", &soon, 2).await;
    five.hear_of("maintenance", &soon, 2).await;
    five.hear_that_it_is_over().await;
    root.get(PAUSE).await.refused(404, "NOT_FOUND");
    five.ann.create(&json!({})).await;
    five.guest.create_room(json!({})).await;
}

#[tokio::test]
async fn a_new_plan_takes_the_place_of_the_old_one_whose_time_passes_unheard() {
    let (server, root) = with_admin().await;
    let mut five = Five::listen(&server).await;
    plan(&root, &json!({ "event": "maintenance", "duration": 3 })).await;
    five.chat.expect("system").await;
    let last = plan(&root, &json!({ "event": "shutdown", "duration": 4 })).await;
    let system = five.chat.expect("system").await;
    assert_eq!(system["payload"]["event"], "shutdown");
    five.chat.expect("broadcast").await;
    let over = five.battle.expect_that("system:maintenance", |told| told["ended"] == true).await;
    assert_eq!(
        (&over["event"], &over["duration"]),
        (&json!("shutdown"), &last["duration"]),
        "the first is not told of"
    );
}

#[tokio::test]
async fn a_pause_may_lie_far_ahead_and_may_have_begun_already() {
    let (server, root) = with_admin().await;
    let ann = server.person("Ann").await;
    let far = "9999-12-30T00:00:00.000Z";
    let planned = plan(&root, &json!({ "event": "restart", "scheduledTime": far, "duration": 604_800 })).await;
    assert_eq!((&planned["scheduledTime"], &planned["active"]), (&json!(far), &json!(false)));
    ann.create(&json!({})).await;
    let hour_ago = iso(now() - 3_600_000);
    let planned = plan(&root, &json!({ "event": "restart", "scheduledTime": hour_ago, "duration": 7_200 })).await;
    assert_eq!((&planned["scheduledTime"], &planned["active"]), (&json!(hour_ago), &json!(true)));
    ann.post("/battles", &json!({})).await.refused(503, "MAINTENANCE");
}

#[tokio::test]
async fn a_plan_that_is_none_is_refused_and_changes_nothing() {
    let (_server, root) = with_admin().await;
    let cases = [
        (json!({ "duration": 60 }), "event"),
        (json!({ "event": "party", "duration": 60 }), "event"),
        (json!({ "event": 7, "duration": 60 }), "event"),
        (json!({ "event": "restart" }), "duration"),
        (json!({ "event": "restart", "duration": 0 }), "duration"),
        (json!({ "event": "restart", "duration": -1 }), "duration"),
        (json!({ "event": "restart", "duration": 1.5 }), "duration"),
        (json!({ "event": "restart", "duration": "60" }), "duration"),
        (json!({ "event": "restart", "duration": 604_801 }), "duration"),
        (json!({ "event": "restart", "duration": 60, "scheduledTime": 7 }), "scheduledTime"),
        (json!({ "event": "restart", "duration": 60, "scheduledTime": "tomorrow" }), "scheduledTime"),
        (json!({ "event": "restart", "duration": 60, "scheduledTime": "2030-01-11T12:00:00" }), "scheduledTime"),
        (json!({ "event": "restart", "duration": 60, "scheduledTime": "2030-02-30T12:00:00Z" }), "scheduledTime"),
        (json!({ "event": "restart", "duration": 60, "scheduledTime": "2020-01-11T12:00:00Z" }), "scheduledTime"),
    ];
    for (body, field) in cases {
        root.post(PAUSE, &body).await.invalid(field);
    }
    root.send(Request::new("POST", PAUSE).body("application/json", "{")).await.refused(400, "MALFORMED_JSON");
    root.post(PAUSE, &json!([])).await.refused(400, "MALFORMED_JSON");
    root.get(PAUSE).await.refused(404, "NOT_FOUND");
}
