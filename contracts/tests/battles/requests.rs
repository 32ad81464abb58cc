//! The bodies that clients send over HTTP, battles' share.

use contracts::battles::{
    admin::{Broadcast, PasswordReset},
    bans::{BanRequest, DisconnectRequest, Target},
    client::{ActionSubmission, BattleCreation, FromJson, HintRequest, JoinBody, KickBody},
    error::{Code, Refusal},
    operations::MaintenancePlan,
};
use serde_json::{Value, json};
use vocabulary::{Choice, Difficulty, Pace, RoomOptions, RoomRequest};

use crate::{check, room, samples, schemas};

fn read<T: FromJson>(body: &Value) -> Result<T, Refusal> {
    T::from_json(body.to_string().as_bytes())
}

fn field<T: FromJson>(body: &Value) -> Value {
    let refusal = read::<T>(body).err().unwrap();
    assert_eq!(refusal.code, Code::ValidationFailed, "{body}");
    refusal.details.unwrap()["field"].take()
}

#[test]
fn a_battle_takes_the_servers_defaults_where_the_body_says_nothing() {
    let creation: BattleCreation = read(&json!({})).unwrap();
    assert_eq!(creation.name, None);
    assert_eq!(creation.options(&samples::options()), samples::options());
    let private: BattleCreation = read(&json!({ "name": " Ann's ", "isPublic": false })).unwrap();
    assert_eq!(private.name.as_ref().map(vocabulary::Name::as_str), Some("Ann's"));
    assert_eq!(private.options(&samples::options()), RoomOptions { public: false, ..samples::options() });
}

#[test]
fn a_battle_takes_every_option_and_null_takes_a_limit_away() {
    let body = json!({
        "botDifficulty": "expert", "fillWithBots": false, "turnTimeoutSeconds": 3600, "pace": "instant",
        "rules": {
            "targetScore": 100, "maxRounds": null, "competingTypes": "any_type", "zeroStreakLimit": null,
            "forbidTotal": 9,
        },
    });
    check(&schemas("request"), "BattleRequest", &body);
    let options = read::<BattleCreation>(&body).unwrap().options(&samples::options());
    assert_eq!((options.difficulty, options.pace), (Difficulty::Expert, Pace::Instant));
    assert_eq!((options.fill_with_bots, options.turn_timeout_seconds), (false, 3_600));
    let rules = options.rules;
    assert_eq!((rules.target_score(), rules.max_rounds()), (100, None));
    assert_eq!((rules.zero_streak_limit(), rules.forbid_total()), (None, Some(9)));
    assert_eq!(rules.competing_types(), game_rules::CompetingTypes::AnyType);
}

#[test]
fn a_battles_bad_field_is_named_as_the_client_wrote_it() {
    let table = [
        (json!({ "name": "" }), "name"),
        (json!({ "name": 5 }), "name"),
        (json!({ "name": "x".repeat(51) }), "name"),
        (json!({ "isPublic": "yes" }), "isPublic"),
        (json!({ "fillWithBots": 1 }), "fillWithBots"),
        (json!({ "botDifficulty": "god" }), "botDifficulty"),
        (json!({ "turnTimeoutSeconds": 0 }), "turnTimeoutSeconds"),
        (json!({ "pace": "slow" }), "pace"),
        (json!({ "rules": [] }), "rules"),
        (json!({ "rules": { "targetScore": 9 } }), "rules.targetScore"),
        (json!({ "rules": { "maxRounds": 101 } }), "rules.maxRounds"),
        (json!({ "rules": { "competingTypes": "none" } }), "rules.competingTypes"),
        (json!({ "rules": { "zeroStreakLimit": 0 } }), "rules.zeroStreakLimit"),
        (json!({ "rules": { "forbidTotal": 33 } }), "rules.forbidTotal"),
    ];
    for (body, named) in table {
        assert_eq!(field::<BattleCreation>(&body), named, "{body}");
    }
}

#[test]
fn a_kick_and_a_ban_are_read_and_a_bad_field_of_them_is_named() {
    let schemas = schemas("request");
    for seat in 0..4 {
        let body = json!({ "seat": seat });
        check(&schemas, "KickRequest", &body);
        assert_eq!(read::<KickBody>(&body).unwrap().seat.index(), seat);
    }
    for body in [json!({}), json!({ "seat": 4 }), json!({ "seat": "1" })] {
        assert_eq!(field::<KickBody>(&body), "seat");
    }
    let account = json!({ "account": "Bob", "reason": " sat down everywhere ", "durationSeconds": 60 });
    check(&schemas, "BanRequest", &account);
    let ban: BanRequest = read(&account).unwrap();
    assert_eq!((ban.reason.as_str(), ban.duration_seconds), ("sat down everywhere", Some(60)));
    assert_eq!(ban.target, Target::Account("Bob".to_owned()));
    let targets = [
        (json!({ "network": "203.0.113.0/24" }), Target::Network("203.0.113.0/24".to_owned())),
        (
            json!({ "connectionId": "conn_00000000000000ff" }),
            Target::Connection("conn_00000000000000ff".parse().unwrap()),
        ),
        (json!({ "roomId": "ABCD2345", "playerName": "Bob" }), Target::Player(room(), "Bob".to_owned())),
    ];
    for (body, target) in targets {
        check(&schemas, "DisconnectRequest", &body);
        assert_eq!(read::<DisconnectRequest>(&body).unwrap().target, target);
    }
    for (body, named) in [
        (json!({ "reason": "x" }), "account"),
        (json!({ "account": "Bob", "network": "203.0.113.7", "reason": "x" }), "account"),
        (json!({ "connectionId": "ff", "reason": "x" }), "connectionId"),
        (json!({ "roomId": "nonsense", "playerName": "Bob", "reason": "x" }), "roomId"),
        (json!({ "roomId": "ABCD2345", "reason": "x" }), "playerName"),
        (json!({ "playerName": "Bob", "reason": "x" }), "roomId"),
        (json!({ "account": "Bob" }), "reason"),
        (json!({ "account": "Bob", "reason": "  " }), "reason"),
        (json!({ "account": "Bob", "reason": "a\u{1b}b" }), "reason"),
        (json!({ "account": "Bob", "reason": "x".repeat(201) }), "reason"),
        (json!({ "account": "Bob", "reason": "x", "durationSeconds": 0 }), "durationSeconds"),
    ] {
        assert_eq!(field::<BanRequest>(&body), named, "{body}");
    }
}

#[test]
fn an_action_is_submitted_for_a_battle() {
    let body = json!({ "battleId": "ABCD2345", "action": { "type": "declare", "value": 0 } });
    check(&schemas("request"), "ActionRequest", &body);
    let submission: ActionSubmission = read(&body).unwrap();
    assert_eq!(submission.battle_id, room());
    assert!(matches!(submission.action, RoomRequest::Act(Choice::Declare(number)) if number.value() == 0));
}

#[test]
fn a_body_that_tries_to_set_state_is_refused_whatever_else_it_holds() {
    let schemas = schemas("request");
    for name in ["state", "players", "round", "currentTurn", "hand", "scores", "status", "lastAction", "anything"] {
        for mut body in [json!({}), json!({ "battleId": "ABCD2345", "action": { "type": "start" } })] {
            body[name] = json!({ "x": 1 });
            let refusal = read::<ActionSubmission>(&body).err().unwrap();
            assert_eq!((refusal.code, refusal.code.status()), (Code::StateNotWritable, 400), "{body}");
            assert_eq!(refusal.details, Some(json!({ "fields": [name] })));
            assert!(!schemas["ActionRequest"].is_valid(&body), "{body}");
        }
    }
    let inside = json!({ "battleId": "ABCD2345", "action": { "type": "start", "hand": [] } });
    let refusal = read::<ActionSubmission>(&inside).err().unwrap();
    assert_eq!(refusal.details, Some(json!({ "fields": ["action.hand"] })));
    assert!(!schemas["ActionRequest"].is_valid(&inside));
}

#[test]
fn a_bad_field_is_named_and_an_impossible_battle_does_not_exist() {
    let action = json!({ "type": "start" });
    assert_eq!(field::<ActionSubmission>(&json!({})), "battleId");
    assert_eq!(field::<ActionSubmission>(&json!({ "action": action })), "battleId");
    assert_eq!(field::<ActionSubmission>(&json!({ "battleId": "ABCD2345" })), "action");
    assert_eq!(field::<ActionSubmission>(&json!({ "battleId": 5, "action": action })), "battleId");
    assert_eq!(
        field::<ActionSubmission>(&json!({ "battleId": "ABCD2345", "action": { "type": "declare", "value": 9 } })),
        "action.value"
    );
    for id in ["", "abcd2345", "nosuch"] {
        let refusal = read::<ActionSubmission>(&json!({ "battleId": id, "action": action })).err().unwrap();
        assert_eq!((refusal.code, refusal.code.status()), (Code::BattleNotFound, 404), "{id}");
    }
}

#[test]
fn a_hint_names_the_battle_and_may_name_a_level() {
    for (body, level) in [
        (json!({ "battleId": "ABCD2345" }), None),
        (json!({ "battleId": "ABCD2345", "difficulty": "hard" }), Some(Difficulty::Hard)),
    ] {
        check(&schemas("request"), "HintRequest", &body);
        let hint: HintRequest = read(&body).unwrap();
        assert_eq!((hint.battle_id, hint.difficulty), (room(), level));
    }
    assert_eq!(field::<HintRequest>(&json!({})), "battleId");
    assert_eq!(field::<HintRequest>(&json!({ "battleId": "ABCD2345", "difficulty": "god" })), "difficulty");
}

#[test]
fn joining_needs_no_words() {
    assert!(read::<JoinBody>(&json!({})).is_ok());
    assert_eq!(read::<JoinBody>(&json!([])).err().unwrap().code, Code::MalformedJson);
}

#[test]
fn what_an_operator_may_not_say_the_schema_does_not_take_either() {
    let schemas = schemas("request");
    let pause = json!({ "event": "restart", "scheduledTime": "2030-01-11T12:00:00.000Z", "duration": 600 });
    let word = json!({ "message": "Back at noon", "severity": "warning" });
    let password = json!({ "password": "correct horse" });
    check(&schemas, "MaintenancePlan", &pause);
    check(&schemas, "Broadcast", &word);
    check(&schemas, "PasswordReset", &password);
    assert!(read::<MaintenancePlan>(&pause).is_ok() && read::<Broadcast>(&word).is_ok());
    assert!(read::<PasswordReset>(&password).is_ok());
    for (name, body) in [("event", json!("nap")), ("duration", json!(0)), ("duration", json!(604_801))] {
        let mut wrong = pause.clone();
        wrong[name] = body;
        assert_eq!(field::<MaintenancePlan>(&wrong), name);
        assert!(!schemas["MaintenancePlan"].is_valid(&wrong), "{wrong}");
    }
    for wrong in [json!({ "message": " " }), json!({ "message": "x".repeat(501) })] {
        assert_eq!(field::<Broadcast>(&wrong), "message");
        assert!(!schemas["Broadcast"].is_valid(&wrong), "{wrong}");
    }
    assert_eq!(field::<PasswordReset>(&json!({ "password": "short" })), "password");
    assert!(!schemas["PasswordReset"].is_valid(&json!({ "password": "short" })));
}
