//! The contract's own samples, word for word (`seed.json`; `{}` and `[]` stand for its `{...}` and `[...]`).

use contracts::{Contract, Malformed, Said, game::Game};
use serde_json::{Value, json};

use crate::{answer, in_lobby, json as parsed, samples, seated};

const SEED: &str = include_str!("seed.json");

fn seed(side: &str) -> Vec<Value> {
    serde_json::from_value(parsed(SEED)[side].take()).unwrap()
}

#[test]
fn every_message_of_the_contracts_client_is_understood() {
    for mut message in seed("client") {
        // The samples are of several players; here Alice speaks.
        if message["data"].get("player_name").is_some() && message["event"] != "join_room" {
            message["data"]["player_name"] = json!("Alice");
        }
        let said = seated(&mut Game::default(), &message.to_string()).said;
        assert!(matches!(said, Said::Ask(_) | Said::Answer(_)), "{message}: {said:?}");
    }
}

/// Everything that the server can say, and what it answers to the contract's client.
fn ours() -> Vec<Value> {
    let mut messages = samples::messages();
    for text in seed("client") {
        let incoming = seated(&mut Game::default(), &text.to_string());
        if let Said::Answer(_) = incoming.said {
            messages.push(answer(&incoming));
        }
    }
    let mut old = Game::default();
    in_lobby(&mut old, r#"{"event":"connect","version":"0.9.0"}"#);
    let declared = seated(&mut old, r#"{"event":"declare","data":{"player_name":"Alice","value":1}}"#);
    messages.extend(declared.warnings.iter().map(|text| parsed(text)));
    let missing =
        Malformed::MissingFields { fields: vec!["player_name".to_owned()], received: json!({ "declaration": 3 }) };
    messages.push(parsed(&Game::malformed(&missing, &samples::answering())));
    messages
}

#[test]
fn every_message_of_the_contracts_server_has_its_fields_in_ours() {
    let ours = ours();
    for sample in seed("server") {
        let found: Vec<Result<(), String>> = ours
            .iter()
            .filter(|message| message["event"] == sample["event"])
            .map(|message| agrees(&sample, message, ""))
            .collect();
        let first = found.iter().find_map(|result| result.as_ref().err());
        assert!(found.iter().any(Result::is_ok), "{}: {first:?}", sample["event"]);
    }
}

/// Whether ours has every field of the contract's sample, with the same type. Ours may say more, and may say null.
fn agrees(sample: &Value, ours: &Value, place: &str) -> Result<(), String> {
    match (sample, ours) {
        (Value::Object(sample), Value::Object(ours)) => {
            sample.iter().try_for_each(|(field, value)| {
                let place = format!("{place}/{field}");
                let own = ours.get(field).ok_or_else(|| format!("{place} is missing"))?;
                // These decide what stands beside them.
                if ["event", "phase", "code", "bonus_type"].contains(&field.as_str()) && own != value {
                    return Err(format!("{place} is {own}"));
                }
                agrees(value, own, &place)
            })
        }
        (Value::Array(sample), Value::Array(ours)) => match (sample.first(), ours.first()) {
            (Some(sample), Some(own)) if !own["event"].is_string() => agrees(sample, own, place),
            (Some(_), None) => Err(format!("{place} is empty")),
            _ => Ok(()),
        },
        (Value::Null, _) | (_, Value::Null) => Ok(()),
        _ if std::mem::discriminant(sample) == std::mem::discriminant(ours) => Ok(()),
        _ => Err(format!("{place} is {ours}")),
    }
}

#[test]
fn values_that_the_contract_fixes_are_ours_too() {
    let ours = ours();
    for sample in seed("server") {
        let wanted: &[&str] = match sample["event"].as_str().unwrap() {
            "error" => &["/error/code", "/error/message", "/error/recoverable", "/error/details"],
            "validation_error" => &["/error/code", "/error/message", "/error/recoverable", "/error/details"],
            "deprecation_warning" => &["/data/removal_version", "/data/documentation"],
            "hand_updated" => &["/private"],
            "pong" => &["/data/client_time", "/data/server_time", "/data/sequence"],
            // `replay_system` is false in the sample, and true since there are replays.
            "version_accepted" => {
                &["/data/negotiated_version", "/data/features/weak_hand_redeal", "/data/features/bot_players"]
            }
            _ => continue,
        };
        let same = ours.iter().any(|message| {
            message["event"] == sample["event"]
                && wanted.iter().all(|place| message.pointer(place) == sample.pointer(place))
        });
        assert!(same, "{sample}");
    }
}
