//! Whatever comes, it is answered, and what is taken can be sent.

use contracts::{
    Contract, Said,
    live_log::{LiveLog, ingest, message::Message},
};
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

use crate::{ingest::posts, json as parsed, samples, say};

fn read(text: &str) {
    match say(text) {
        Said::Ask(_) | Said::Answer(_) => {}
        Said::Denied(denial) => panic!("{denial:?}"),
        Said::Malformed(malformed) => {
            let error = parsed(&LiveLog::malformed(&malformed, &samples::answering()));
            assert_eq!(error["action"], "error");
        }
    }
    if let Ok(message) = ingest(text) {
        let told: Message = serde_json::from_str(&message.body).unwrap();
        assert_eq!(serde_json::to_value(told).unwrap(), parsed(&message.body));
        assert!(!message.content.contains('\0') && !message.names.contains('\0'));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        Just(json!("user")),
        Just(json!("2025-12-03T12:00:00Z")),
        "\\PC{0,9}-\\PC{0,4}T[0-9:]{0,9}Z".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            vec((field(), inner), 0..8).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn field() -> impl Strategy<Value = String> {
    let known = [
        "message_types",
        "limit",
        "offset",
        "filters",
        "type",
        "user_id",
        "channel",
        "date_from",
        "date_to",
        "query",
        "metadata",
        "data",
        "event_data",
        "participants",
        "event",
        "content",
        "level",
        "member_id",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn any_json_is_answered(value in any_json()) {
        read(&value.to_string());
    }

    #[test]
    fn any_fields_of_a_known_command_are_answered(
        action in proptest::sample::select(vec!["subscribe", "unsubscribe", "get_history", "search", "ping"]),
        fields in vec((field(), any_json()), 0..8),
    ) {
        let mut message: Map<String, Value> = fields.into_iter().collect();
        message.insert("action".to_owned(), Value::from(action));
        read(&Value::Object(message).to_string());
    }

    #[test]
    fn any_change_of_a_post_is_answered(which in 0..6_usize, field in field(), value in any_json()) {
        let mut post = posts()[which].clone();
        post[field] = value;
        read(&post.to_string());
    }
}
