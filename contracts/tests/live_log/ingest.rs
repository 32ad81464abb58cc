//! What services post.

use contracts::{
    Malformed,
    live_log::{ingest, message::Message},
};
use serde_json::{Value, json};
use vocabulary::{AccountId, LogKind, LogMessage};

use crate::{body, check, json as parsed, schemas};

const ANN: &str = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10";
const BOB: &str = "01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a11";

/// The seed's messages as a service posts them; a direct message is between accounts.
pub(crate) fn posts() -> Vec<Value> {
    let mut messages: Vec<Value> =
        serde_json::from_value(parsed(include_str!("seed.json"))["messages"].take()).unwrap();
    for message in &mut messages {
        let fields = message.as_object_mut().unwrap();
        fields.remove("id");
        fields.remove("timestamp");
        if fields["type"] == "dm" {
            fields.insert("from_user_id".to_owned(), ANN.into());
            fields.insert("to_user_id".to_owned(), BOB.into());
        }
    }
    messages
}

fn post(message: &Value) -> Result<LogMessage, Malformed> {
    ingest(&message.to_string())
}

#[test]
fn each_of_the_six_types_is_taken_with_an_id_and_a_time_of_the_servers() {
    let (stored, asked) = (schemas("server"), schemas("request"));
    for (posted, prefix) in posts().iter().zip(["msg_", "sys_", "dm_", "raid_", "party_", "guild_"]) {
        assert!(asked["LogMessageRequest"].is_valid(posted), "{posted}");
        let message = post(posted).unwrap();
        let mut told = body(&message);
        check(&stored, &told);
        assert!(schemas("response")["LogMessage"].is_valid(&told), "{told}");
        assert!(message.id.starts_with(prefix), "{}", message.id);
        assert_eq!(told["id"], message.id);
        assert_eq!(message.kind.as_str(), posted["type"]);
        assert!(contracts::iso8601::parse(told["timestamp"].as_str().unwrap()) == Some(message.at));
        assert!(serde_json::from_value::<Message>(told.clone()).is_ok());
        let fields = told.as_object_mut().unwrap();
        fields.remove("id");
        fields.remove("timestamp");
        assert_eq!(told, *posted);
    }
}

#[test]
fn what_can_be_found_and_by_whom_is_taken_from_the_message() {
    let read: Vec<LogMessage> = posts().iter().map(|posted| post(posted).unwrap()).collect();
    let user = &read[LogKind::User.index()];
    assert_eq!((&user.users, user.channel.as_deref()), (&vec!["user_12345".to_owned()], Some("general")));
    assert_eq!((user.names.as_str(), user.content.as_str()), ("DragonMaster", "Message text here"));
    let both: Vec<AccountId> = vec![ANN.parse().unwrap(), BOB.parse().unwrap()];
    let dm = &read[LogKind::Dm.index()];
    assert_eq!((&dm.users, &dm.audience), (&vec![ANN.to_owned(), BOB.to_owned()], &Some(both)));
    assert!(read.iter().all(|message| (message.kind == LogKind::Dm) == message.audience.is_some()));
    assert_eq!(read[LogKind::Raid.index()].names, "Dragon's Lair\nAncient Red Dragon\nDragonMaster");
    let party = &read[LogKind::Party.index()];
    assert_eq!(party.users, ["user_12345", "user_99999"]);
    assert_eq!(party.names, "DragonMaster\nNewAdventurer");
    assert!(read[LogKind::Guild.index()].names.contains("Dragon Valley"));
    assert_eq!(read[LogKind::System.index()].content, "user joined");
}

#[test]
fn texts_in_free_objects_are_found_and_ids_are_not() {
    let free = json!({ "note": "won the cup", "deep": [{ "place": "harbour" }], "item_id": "x1", "guest_name": "Zoe",
        "member_id": "m7" });
    let message = post(&json!({ "type": "system", "event": "error", "data": free })).unwrap();
    assert_eq!((message.names.as_str(), message.users), ("Zoe", vec!["m7".to_owned()]));
    assert!(["won the cup", "harbour"].iter().all(|words| message.content.contains(words)));
    assert!(!message.content.contains("x1"));
}

#[test]
fn what_may_be_left_out_has_a_value_all_the_same() {
    let told = |message: Value| body(&post(&message).unwrap());
    let user = told(json!({ "type": "user", "user_id": "u", "username": "U", "content": " hello " }));
    assert_eq!(
        (&user["user_avatar"], &user["metadata"], &user["content"]),
        (&Value::Null, &json!({}), &json!("hello"))
    );
    let system = told(json!({ "type": "system", "event": "error" }));
    assert_eq!((&system["severity"], &system["data"]), (&json!("info"), &json!({})));
    let dm =
        told(json!({ "type": "dm", "from_user_id": ANN, "from_username": "Ann", "to_user_id": BOB, "content": "x" }));
    assert_eq!(dm["read"], false);
}

/// A post in which one field is wrong: its type, the field, its value, and what the error names.
fn wrong() -> Vec<(usize, &'static str, Value, &'static str)> {
    let long = Value::from("x".repeat(101));
    let participant = |field: &str, value: Value| {
        let mut one = json!({ "user_id": "u", "username": "U", "role": "tank", "class": "warrior" });
        one[field] = value;
        json!([one])
    };
    vec![
        (0, "type", json!("chat"), "type"),
        (0, "type", Value::Null, "type"),
        (0, "id", json!("msg_1"), "id"),
        (0, "timestamp", json!("2025-12-03T12:00:00.000Z"), "timestamp"),
        (0, "raid_id", json!("x"), "raid_id"),
        (0, "user_id", json!(5), "user_id"),
        (0, "user_id", json!(""), "user_id"),
        (0, "username", long.clone(), "username"),
        (0, "username", json!("a\u{0}b"), "username"),
        (0, "username", Value::Null, "username"),
        (0, "user_avatar", json!("x".repeat(2_049)), "user_avatar"),
        (0, "user_badge", json!(1), "user_badge"),
        (0, "content", json!(" "), "content"),
        (0, "content", json!("x".repeat(2_001)), "content"),
        (0, "metadata", json!([]), "metadata"),
        (0, "metadata", json!({ "level": -1 }), "metadata.level"),
        (0, "metadata", json!({ "channel": "" }), "metadata.channel"),
        (0, "metadata", json!({ "more": "x".repeat(8_200) }), "metadata"),
        (1, "event", json!("user_slept"), "event"),
        (1, "severity", json!("fatal"), "severity"),
        (1, "data", json!("x"), "data"),
        (1, "data", json!({ "count_online": 1.5 }), "data.count_online"),
        (2, "from_user_id", json!("user_12345"), "from_user_id"),
        (2, "to_user_id", json!("user_67890"), "to_user_id"),
        (2, "read", json!("no"), "read"),
        (3, "status", json!("lost"), "status"),
        (3, "health_percentage", json!(101), "health_percentage"),
        (3, "health_percentage", json!(-1), "health_percentage"),
        (3, "duration_seconds", json!(-1), "duration_seconds"),
        (3, "participants", json!({}), "participants"),
        (3, "participants", json!(["Ann"]), "participants.0"),
        (3, "participants", participant("role", Value::Null), "participants.0.role"),
        (3, "participants", participant("mood", json!("good")), "participants.0.mood"),
        (3, "participants", json!(vec![participant("role", json!("x"))[0].clone(); 65]), "participants"),
        (3, "difficulty", long, "difficulty"),
        (4, "event", json!("raid_started"), "event"),
        (4, "member_count", json!(-1), "member_count"),
        (4, "event_data", json!({ "member_id": 7 }), "event_data.member_id"),
        (5, "guild_level", json!("25"), "guild_level"),
        (5, "event", json!(""), "event"),
        (5, "event_data", json!({ "points_earned": -5 }), "event_data.points_earned"),
    ]
}

#[test]
fn whatever_is_wrong_is_refused_with_the_fields_name() {
    for (kind, field, value, named) in wrong() {
        let mut posted = posts()[kind].clone();
        posted[field] = value;
        let error = match post(&posted).unwrap_err() {
            Malformed::MissingFields { fields, .. } => fields[0].clone(),
            Malformed::WrongType { field, .. } | Malformed::OutOfRange { field, .. } => field,
            other => panic!("{posted}: {other:?}"),
        };
        assert_eq!(error, named, "{posted}");
    }
}

#[test]
fn the_schema_refuses_what_is_refused() {
    let schema = &schemas("request")["LogMessageRequest"];
    for (kind, field, value, named) in wrong() {
        let mut posted = posts()[kind].clone();
        posted[field] = value;
        // The size of an object and the form of an account's id are told in words.
        let told = named != "metadata" && !named.ends_with("_user_id");
        assert!(!told || posted["metadata"].is_array() || !schema.is_valid(&posted), "{posted}");
    }
}

#[test]
fn a_field_that_is_missing_is_named() {
    let optional = ["user_avatar", "user_badge", "metadata", "data", "severity", "read", "event_data"];
    for posted in posts() {
        for field in posted.as_object().unwrap().keys() {
            let mut less = posted.clone();
            less.as_object_mut().unwrap().remove(field);
            match post(&less) {
                Ok(_) => assert!(optional.contains(&field.as_str()), "{less}"),
                Err(Malformed::MissingFields { fields, .. }) => assert_eq!(fields, std::slice::from_ref(field)),
                Err(other) => panic!("{less}: {other:?}"),
            }
        }
    }
}
