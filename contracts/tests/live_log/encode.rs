//! Answers, warnings and good-byes → texts.

use std::{collections::BTreeSet, time::Duration};

use contracts::{Contract, ContractId, Malformed, Spending, live_log::LiveLog};
use serde_json::{Value, json};
use vocabulary::{LogFound, LogHistory, LogKind, LogSlice, PrivateNotice, Reply};

use crate::{check, decode, json as parsed, kind, people, rooms, samples, say, schemas};

fn bodies() -> Vec<String> {
    rooms::told().iter().chain(&people::told()).map(|message| message.body.to_string()).collect()
}

fn history(bodies: Vec<String>) -> Reply {
    Reply::History(LogHistory { bodies, total: 5_000, slice: LogSlice { limit: 50, offset: 100 } })
}

fn found(bodies: Vec<String>, exact: bool) -> Reply {
    Reply::Found(LogFound { query: "dragon".to_owned(), bodies, count: 42, exact })
}

fn replies() -> Vec<Reply> {
    vec![
        Reply::Subscribed(Vec::new()),
        Reply::Subscribed(LogKind::ALL.to_vec()),
        history(Vec::new()),
        history(bodies()),
        found(Vec::new(), true),
        found(bodies(), false),
    ]
}

fn spending() -> Spending {
    Spending { used: 95, limit: 100, window: Duration::from_secs(60), reset: Duration::from_millis(34_001) }
}

/// Everything that the server can say.
fn messages() -> Vec<Value> {
    let stamp = samples::answering();
    let mut texts =
        vec![LiveLog::greet(&samples::arrival(), &stamp).unwrap(), LiveLog::nearly_spent(&spending(), &stamp).unwrap()];
    match say(r#"{"action":"ping"}"#) {
        contracts::Said::Answer(pong) => texts.push(pong),
        other => panic!("no answer: {other:?}"),
    }
    texts.extend(replies().iter().map(|reply| LiveLog::reply(reply, &stamp).unwrap()));
    texts.extend(samples::denials().iter().map(|(denial, _)| LiveLog::deny(denial, &stamp)));
    texts.extend(samples::FAREWELLS.iter().map(|farewell| LiveLog::farewell(*farewell, &stamp).unwrap()));
    texts.push(LiveLog::malformed(&Malformed::Binary, &stamp));
    for (command, _) in decode::wrong() {
        match say(&command.to_string()) {
            contracts::Said::Malformed(malformed) => texts.push(LiveLog::malformed(&malformed, &stamp)),
            other => panic!("{command}: {other:?}"),
        }
    }
    texts.extend(samples::bulletins().iter().map(|bulletin| LiveLog::announce(bulletin, &stamp)));
    texts.extend(rooms::told().into_iter().chain(people::told()).map(|message| message.body));
    texts.iter().map(|text| parsed(text)).collect()
}

#[test]
fn every_message_of_the_server_fits_its_schema_and_none_is_left_over() {
    let schemas = schemas("server");
    let mut seen = BTreeSet::new();
    for message in messages() {
        check(&schemas, &message);
        seen.insert(kind(&message).to_owned());
    }
    assert_eq!(seen, schemas.keys().cloned().collect());
}

#[test]
fn the_schemas_of_the_server_refuse_what_is_added_or_left_out() {
    let schemas = schemas("server");
    for message in messages() {
        let schema = &schemas[kind(&message)];
        let mut more = message.clone();
        more["hand_of_another"] = json!([]);
        assert!(!schema.is_valid(&more), "{more}");
        for field in message.as_object().unwrap().keys() {
            let mut less = message.clone();
            less.as_object_mut().unwrap().remove(field);
            assert!(!schema.is_valid(&less), "{less}");
        }
    }
}

fn told(reply: &Reply) -> Value {
    parsed(&LiveLog::reply(reply, &samples::answering()).unwrap())
}

#[test]
fn an_answer_says_what_the_seed_says() {
    let arrival = samples::arrival();
    let connected = parsed(&LiveLog::greet(&arrival, &samples::answering()).unwrap());
    let id = arrival.connection.to_string();
    let words = "Successfully connected to live log";
    assert_eq!(connected, json!({ "action": "connected", "connection_id": id, "message": words }));
    let subscribed = told(&Reply::Subscribed(vec![LogKind::User, LogKind::Raid]));
    assert_eq!(subscribed, json!({ "action": "subscribed", "message_types": ["user", "raid"] }));
    let one = vec![r#"{"type":"user","content":"first"}"#.to_owned()];
    let messages = json!([{ "type": "user", "content": "first" }]);
    let expected =
        json!({ "action": "history", "messages": messages, "total_count": 5_000, "limit": 50, "offset": 100 });
    assert_eq!(told(&history(one.clone())), expected);
    let expected = json!({ "action": "search_results", "query": "dragon", "results": messages, "count": 42, "count_exact": false });
    assert_eq!(told(&found(one, false)), expected);
}

#[test]
fn a_warning_rounds_the_time_up() {
    let warning = parsed(&LiveLog::nearly_spent(&spending(), &samples::answering()).unwrap());
    let expected = json!({
        "action": "rate_limit", "current_requests": 95, "limit": 100, "window_seconds": 60, "reset_in_seconds": 35,
    });
    assert_eq!(warning, expected);
}

#[test]
fn bodies_are_passed_on_as_they_are_and_a_damaged_one_is_left_out() {
    let odd = r#"{ "type":"user",  "big": 123456789012345678901234567890, "b":1, "a":2 }"#;
    let bodies = vec![odd.to_owned(), "{ damaged".to_owned()];
    let text = LiveLog::reply(&history(bodies), &samples::answering()).unwrap();
    assert!(text.contains(&format!(r#""messages":[{odd}]"#)), "{text}");
}

#[test]
fn what_happens_in_rooms_comes_only_through_the_log() {
    let (event, answer) = (samples::numbered(), samples::answering());
    assert!(samples::publics().iter().all(|notice| LiveLog::public(notice, &event).is_none()));
    let private = |secret| LiveLog::private(&PrivateNotice { seat: samples::seat(0), secret }, &event);
    assert!(samples::secrets().into_iter().all(|secret| private(secret).is_none()));
    assert!(samples::replies().iter().all(|reply| LiveLog::reply(reply, &answer).is_none()));
    assert!(samples::chats().iter().all(|notice| LiveLog::chat(notice, &answer).is_none()));
}

#[test]
fn the_limits_are_the_seeds_and_binary_is_only_an_error() {
    let quota = LiveLog::LIMITS.quota.unwrap();
    assert_eq!((quota.messages, quota.commands, quota.window.as_secs()), (100, 10, 60));
    assert_eq!(LiveLog::ON_BINARY, None);
    assert_eq!(LiveLog::ID, ContractId::LiveLog);
}
