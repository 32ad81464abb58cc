//! Notices, answers and errors → messages: each holds to the schema of its event.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use contracts::{Contract, Malformed, Said, documents, game::Game};
use jsonschema::Validator;
use serde_json::{Value, json};
use vocabulary::{Audience, Notice, PrivateNotice, PublicNotice, Reply, Secret};

use crate::{answer, in_lobby, json as parsed, samples, seated};

/// The schemas of one side, by event.
fn schemas(side: &str) -> BTreeMap<String, Validator> {
    let folder = format!("schemas/game/{side}/");
    let documents = documents();
    let of_side = documents.iter().filter_map(|(path, text)| {
        let event = path.strip_prefix(&folder)?.strip_suffix(".json")?;
        Some((event.to_owned(), jsonschema::validator_for(&parsed(text)).unwrap()))
    });
    of_side.collect()
}

fn check(schemas: &BTreeMap<String, Validator>, message: &Value) {
    let event = message["event"].as_str().unwrap();
    let schema = schemas.get(event).unwrap_or_else(|| panic!("no schema for {event}"));
    if let Some(wrong) = schema.iter_errors(message).next() {
        panic!("{event} at {}: {wrong}\n{message}", wrong.instance_path());
    }
}

/// What the dialect says by itself.
fn own_answers() -> Vec<Value> {
    let mut game = Game::default();
    let mut answers = Vec::new();
    for text in [
        r#"{"event":"connect","version":"0.9.0","sequence":1}"#,
        r#"{"event":"server_time"}"#,
        r#"{"event":"ping","data":{"client_time":1.5}}"#,
        r#"{"event":"ping","data":{"client_time":-1,"sequence":0}}"#,
    ] {
        answers.push(answer(&in_lobby(&mut game, text)));
    }
    for text in [
        r#"{"event":"declare","data":{"player_name":"Alice","value":1}}"#,
        r#"{"event":"play","data":{"player_name":"Alice","indices":[1]}}"#,
    ] {
        let incoming = seated(&mut game, text);
        answers.extend(incoming.warnings.iter().map(|text| parsed(text)));
    }
    for text in [
        "x",
        "{}",
        r#"{"event":"fly"}"#,
        r#"{"event":"ping"}"#,
        r#"{"event":"ping","data":5}"#,
        r#"{"event":"ping","data":{"client_time":1e400}}"#,
        r#"{"event":"add_bot","data":{"position":9}}"#,
        r#"{"event":"connect","version":"7.0.0"}"#,
    ] {
        match in_lobby(&mut game, text).said {
            Said::Malformed(malformed) => {
                answers.push(parsed(&Game::malformed(&malformed, &samples::answering())));
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    for malformed in [Malformed::Binary, Malformed::TooDeep { max_depth: 127 }] {
        answers.push(parsed(&Game::malformed(&malformed, &samples::answering())));
    }
    answers
}

#[test]
fn every_message_of_the_server_fits_its_schema_and_none_is_left_over() {
    let schemas = schemas("server");
    let mut seen = BTreeSet::new();
    for message in samples::messages().into_iter().chain(own_answers()) {
        check(&schemas, &message);
        seen.insert(message["event"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, schemas.keys().cloned().collect());
}

#[test]
fn the_schemas_of_the_server_refuse_what_is_added_or_left_out() {
    let schemas = schemas("server");
    for message in samples::messages().into_iter().chain(own_answers()) {
        let event = message["event"].as_str().unwrap();
        let content = if message.get("data").is_some() { "data" } else { "error" };
        let mut more = message.clone();
        more[content]["hand_of_another"] = json!([]);
        assert!(!schemas[event].is_valid(&more), "{more}");
        for field in ["event", content, "room_id", "server_time"] {
            let mut less = message.clone();
            less.as_object_mut().unwrap().remove(field);
            assert!(!schemas[event].is_valid(&less), "{less}");
        }
    }
}

#[test]
fn the_contracts_client_holds_to_the_schemas_and_every_event_has_one() {
    let schemas = schemas("client");
    for message in parsed(include_str!("seed.json"))["client"].as_array().unwrap() {
        check(&schemas, message);
    }
    let unknown = seated(&mut Game::default(), r#"{"event":"fly"}"#).said;
    let Said::Malformed(unknown) = unknown else { panic!("{unknown:?}") };
    let error = parsed(&Game::malformed(&unknown, &samples::answering()));
    let known: BTreeSet<&str> =
        error["error"]["details"]["known"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(known, schemas.keys().map(String::as_str).collect());
}

#[test]
fn public_events_hold_no_hand_and_no_secret() {
    for notice in samples::publics() {
        let text = Game::public(&notice, &samples::numbered()).unwrap();
        for word in ["\"hand\"", "session_token", "valid_sets"] {
            assert!(!text.contains(word), "{text}");
        }
        if !matches!(notice, PublicNotice::GameOver(_)) {
            assert!(!text.contains("deck_seed"), "{text}");
        }
    }
}

#[test]
fn the_envelope_carries_room_time_and_numbers() {
    let secret = Secret::Hand(samples::pair().pieces());
    let notice = PrivateNotice { seat: samples::seat(0), secret };
    let message = parsed(&Game::private(&notice, &samples::numbered()).unwrap());
    assert_eq!(message["event"], "hand_updated");
    assert_eq!(message["room_id"], "ABCD2345");
    assert_eq!(message["server_time"], serde_json::json!(contracts::Seconds::from(crate::NOW)));
    assert_eq!((&message["sequence_number"], &message["client_sequence"]), (&json!(42), &json!(123)));
    assert_eq!(message["private"], true);
    let pieces = json!([
        { "id": "p3", "rank": "ADVISOR", "color": "RED", "point": 12 },
        { "id": "p4", "rank": "ADVISOR", "color": "RED", "point": 12 },
    ]);
    assert_eq!(message["data"]["pieces"], pieces);
    assert_eq!(message["data"]["count"], 2);
    let sets = json!([
        { "piece_ids": ["p3"], "play_type": "SINGLE" },
        { "piece_ids": ["p4"], "play_type": "SINGLE" },
        { "piece_ids": ["p3", "p4"], "play_type": "PAIR" },
    ]);
    let mut told = message["data"]["valid_sets"].as_array().unwrap().clone();
    told.sort_by_key(|set| set["piece_ids"].as_array().map(Vec::len));
    assert_eq!(json!(told), sets);
}

#[test]
fn the_state_hash_fits_the_state_and_a_client_that_has_it_gets_no_state() {
    use sha2::{Digest, Sha256};
    for reply in samples::replies() {
        let Reply::Synchronised(mut answer) = reply else {
            continue;
        };
        let stamp = samples::answering();
        let hash_of = |message: &Value| message["data"]["state_hash"].as_str().unwrap().to_owned();
        let reply = |answer| parsed(&Game::reply(&Reply::Synchronised(answer), &stamp).unwrap());
        answer.client_hash = Some("0".repeat(64));
        let full = reply(answer);
        let sum = Sha256::digest(full["data"]["full_state"].to_string().as_bytes());
        let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash_of(&full), hex);
        for number in full["data"]["missed_events"].as_array().unwrap() {
            assert!(number["event"].is_string() && number["data"].is_object());
        }
    }
    let Some(Reply::Synchronised(mut answer)) =
        samples::replies().into_iter().find(|reply| matches!(reply, Reply::Synchronised(_)))
    else {
        panic!("no sample")
    };
    let stamp = samples::answering();
    let text = |answer| parsed(&Game::reply(&Reply::Synchronised(answer), &stamp).unwrap());
    answer.client_hash = Some(WAITING_HASH.with(Clone::clone));
    assert_eq!(text(answer)["data"]["full_state"], Value::Null);
}

#[test]
fn a_missed_event_is_sent_again_to_the_letter() {
    #[derive(serde::Deserialize)]
    struct Sent {
        data: Box<serde_json::value::RawValue>,
    }
    for mut notice in samples::publics() {
        if let PublicNotice::GameOver(finale) = &mut notice {
            // Whole seconds and a fraction, added up as floats, are 1.3719999999999999.
            finale.duration = Duration::from_millis(1_372);
        }
        let stamp = samples::numbered();
        let live: Sent = serde_json::from_str(&Game::public(&notice, &stamp).unwrap()).unwrap();
        let Some(Reply::Synchronised(mut answer)) =
            samples::replies().into_iter().find(|reply| matches!(reply, Reply::Synchronised(_)))
        else {
            panic!("no sample")
        };
        answer.missed = vec![samples::replies::sent(&Notice::Public(Audience::All, notice), &stamp)];
        let again = Game::reply(&Reply::Synchronised(answer), &samples::answering()).unwrap();
        assert!(again.contains(live.data.get()), "{} is not in {again}", live.data.get());
    }
}

thread_local! {
    /// The hash of the state of a room that waits.
    static WAITING_HASH: String = {
        let waiting = samples::replies().into_iter().find(|reply| matches!(reply, Reply::Synchronised(_)));
        let text = Game::reply(&waiting.unwrap(), &samples::answering()).unwrap();
        parsed(&text)["data"]["state_hash"].as_str().unwrap().to_owned()
    };
}
