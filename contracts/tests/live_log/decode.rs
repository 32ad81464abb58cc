//! Commands → requests.

use contracts::{Contract, Malformed, Said, live_log::LiveLog};
use serde_json::{Value, json};
use vocabulary::{LogFilter, LogKind, LogRequest, LogSlice, Timestamp};

use crate::{asked, json as parsed, samples, say, schemas};

#[test]
fn subscribe_and_unsubscribe_name_types_each_once() {
    let message = json!({ "action": "subscribe", "message_types": ["user", "raid", "user"] });
    assert_eq!(asked(&message), LogRequest::Subscribe(vec![LogKind::User, LogKind::Raid]));
    let all = LogKind::ALL.map(LogKind::as_str);
    let message = json!({ "action": "unsubscribe", "message_types": all, "of_no_meaning": 1 });
    assert_eq!(asked(&message), LogRequest::Unsubscribe(LogKind::ALL.to_vec()));
}

#[test]
fn get_history_takes_the_contracts_defaults_where_it_says_nothing_or_null() {
    let expected = LogRequest::History { filter: LogFilter::default(), slice: LogSlice { limit: 100, offset: 0 } };
    assert_eq!(asked(&json!({ "action": "get_history" })), expected);
    let nulls = json!({ "action": "get_history", "limit": null, "offset": null, "filters": null });
    assert_eq!(asked(&nulls), expected);
    let filters = json!({ "type": null, "user_id": null, "channel": null, "date_from": null, "date_to": null });
    assert_eq!(asked(&json!({ "action": "get_history", "filters": filters })), expected);
}

#[test]
fn get_history_reads_a_slice_and_every_filter() {
    let message = json!({
        "action": "get_history", "limit": 500, "offset": 7,
        "filters": {
            "type": "dm", "user_id": "user_1", "channel": "room:ABCD2345",
            "date_from": "2025-12-01T01:00:00+01:00", "date_to": "2025-12-03T23:59:59.999Z",
        },
    });
    let filter = LogFilter {
        kind: Some(LogKind::Dm),
        user: Some("user_1".to_owned()),
        channel: Some("room:ABCD2345".to_owned()),
        from: Some(Timestamp(1_764_547_200_000)),
        to: Some(Timestamp(1_764_806_399_999)),
    };
    assert_eq!(asked(&message), LogRequest::History { filter, slice: LogSlice { limit: 500, offset: 7 } });
}

#[test]
fn search_reads_its_trimmed_words_with_the_same_filters_and_slice() {
    let message =
        json!({ "action": "search", "query": " dragon ", "filters": { "type": "guild" }, "limit": 1, "offset": 2 });
    let expected = LogRequest::Search {
        query: "dragon".to_owned(),
        filter: LogFilter { kind: Some(LogKind::Guild), ..LogFilter::default() },
        slice: LogSlice { limit: 1, offset: 2 },
    };
    assert_eq!(asked(&message), expected);
    assert!(matches!(asked(&json!({ "action": "search", "query": "象".repeat(200) })), LogRequest::Search { .. }));
}

#[test]
fn ping_is_answered_with_the_time() {
    match say(r#"{"action":"ping"}"#) {
        Said::Answer(text) => {
            assert_eq!(parsed(&text), json!({ "action": "pong", "timestamp": "2023-01-16T17:31:10.050Z" }));
        }
        other => panic!("no answer: {other:?}"),
    }
}

/// Everything that can be wrong with a command, with the field that the error names.
pub(crate) fn wrong() -> Vec<(Value, &'static str)> {
    let history = |filters: Value| json!({ "action": "get_history", "filters": filters });
    let mut wrong = vec![
        (json!({ "action": "fly" }), "action"),
        (json!({ "action": "" }), "action"),
        (json!({ "action": "PING" }), "action"),
        (json!({ "action": 5 }), "action"),
        (json!({ "action": null }), "action"),
        (json!({}), "action"),
        (json!({ "action": "search" }), "query"),
        (json!({ "action": "get_history", "limit": 0 }), "limit"),
        (json!({ "action": "get_history", "limit": 501 }), "limit"),
        (json!({ "action": "get_history", "limit": 1.5 }), "limit"),
        (json!({ "action": "get_history", "limit": "5" }), "limit"),
        (json!({ "action": "get_history", "offset": -1 }), "offset"),
        (json!({ "action": "get_history", "offset": 1e18 }), "offset"),
        (json!({ "action": "search", "query": "x", "limit": 501 }), "limit"),
        (history(json!("user")), "filters"),
        (history(json!([])), "filters"),
        (history(json!({ "type": "" })), "filters.type"),
        (history(json!({ "type": "chat" })), "filters.type"),
        (history(json!({ "user_id": "" })), "filters.user_id"),
        (history(json!({ "user_id": "x".repeat(101) })), "filters.user_id"),
        (history(json!({ "user_id": 7 })), "filters.user_id"),
        (history(json!({ "channel": " " })), "filters.channel"),
    ];
    for types in [Value::Null, json!("user"), json!([]), json!(["chat"]), json!(["user", 5]), json!(vec!["user"; 7])] {
        for action in ["subscribe", "unsubscribe"] {
            wrong.push((json!({ "action": action, "message_types": types }), "message_types"));
        }
    }
    for query in [json!(""), json!("  "), json!(5), json!("x".repeat(201))] {
        wrong.push((json!({ "action": "search", "query": query }), "query"));
    }
    for date in [json!(""), json!("2025-12-01"), json!("2025-12-01T00:00:00"), json!("yesterday"), json!(1_764_547_200)]
    {
        wrong.push((history(json!({ "date_from": date })), "filters.date_from"));
        let search = json!({ "action": "search", "query": "x", "filters": { "date_to": date } });
        wrong.push((search, "filters.date_to"));
    }
    wrong
}

#[test]
fn what_is_wrong_with_a_command_is_1002_with_the_field_and_the_issue() {
    for (message, field) in wrong() {
        match say(&message.to_string()) {
            Said::Malformed(malformed) => {
                let error = parsed(&LiveLog::malformed(&malformed, &samples::answering()));
                assert_eq!((&error["error_code"], &error["error_message"]), (&json!(1002), &json!("Protocol Error")));
                assert_eq!(error["details"]["field"], field, "{message}");
                assert!(!error["details"]["issue"].as_str().unwrap().is_empty());
            }
            other => panic!("{message}: {other:?}"),
        }
    }
}

#[test]
fn the_error_says_what_is_allowed() {
    let details = |message: Value| match say(&message.to_string()) {
        Said::Malformed(malformed) => parsed(&LiveLog::malformed(&malformed, &samples::answering()))["details"].take(),
        other => panic!("{message}: {other:?}"),
    };
    let types = details(json!({ "action": "subscribe", "message_types": ["chat"] }));
    let kinds = LogKind::ALL.map(LogKind::as_str);
    assert_eq!(types, json!({ "field": "message_types", "issue": "Invalid message type", "allowed": kinds }));
    let actions = json!(["subscribe", "unsubscribe", "get_history", "search", "ping"]);
    assert_eq!(details(json!({ "action": "fly" }))["allowed"], actions);
    assert_eq!(details(json!({ "action": "x".repeat(10_000) }))["action"].as_str().map(str::len), Some(64));
}

#[test]
fn what_is_no_json_object_is_malformed() {
    for text in ["", "x", "null", "[]", "5", r#"{"action":"ping"} x"#] {
        assert!(matches!(say(text), Said::Malformed(Malformed::NotJson { .. })), "{text}");
    }
    let deep = format!(r#"{{"action":"ping","x":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    assert!(matches!(say(&deep), Said::Malformed(Malformed::TooDeep { .. })));
}

#[test]
fn the_schemas_of_commands_accept_what_is_read_and_reject_wrong_types() {
    let schemas = schemas("client");
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["get_history", "ping", "search", "subscribe", "unsubscribe"]);
    for right in crate::seed::commands() {
        crate::check(&schemas, &right);
        asked_or_answered(&right);
    }
    for (message, field) in wrong() {
        let Some(schema) = message["action"].as_str().and_then(|action| schemas.get(action)) else { continue };
        // A schema can't tell blank texts and moments.
        let told = !field.contains("date") && !["query", "filters.channel"].contains(&field);
        assert!(!told || !schema.is_valid(&message), "{message}");
    }
}

fn asked_or_answered(message: &Value) {
    let said = say(&message.to_string());
    assert!(matches!(said, Said::Ask(_) | Said::Answer(_)), "{message}: {said:?}");
}
