//! `sync_response`: the missed events in one message, and the whole state with its hash.

use std::fmt::Write;

use bytestring::ByteString;
use serde_json::Value;
use sha2::{Digest, Sha256};
use vocabulary::{Missed, Stamp, Synchronisation};

use super::message;
use crate::game::{
    server::{FullState, Hand, SyncResponse},
    situation,
};

/// The place of the missed events. Only numbers precede it, so its first occurrence in a message is the field itself.
const MISSED: &str = r#""missed_events":["#;
/// The first field of the envelope after `data` that is always there. What follows it is an id and numbers, so its last
/// occurrence in a message is the envelope's own.
const AFTER_DATA: &str = r#","room_id":""#;
/// What is between the two in a message for one seat.
const PRIVATE: &str = r#","private":true"#;

/// Encodes the answer to `sync_request`. The state is left out if the client's hash proves that it has it. The missed
/// events are copied from the messages in which they were sent, so that nothing is encoded twice.
pub(super) fn sync_response(answer: &Synchronisation, stamp: &Stamp) -> ByteString {
    let state = full_state(answer);
    let hash = hash(&state);
    let known = answer.client_hash.as_ref().is_some_and(|client| client.eq_ignore_ascii_case(&hash));
    let data = SyncResponse {
        current_sequence: answer.current.0,
        missed_events: Vec::new(),
        full_state: (!known).then_some(state),
        state_hash: hash,
        truncated: answer.truncated,
    };
    with_missed(message("sync_response", &data, stamp), &answer.missed)
}

fn full_state(answer: &Synchronisation) -> Value {
    let state = FullState {
        phase: situation::phase(&answer.situation).into(),
        phase_data: situation::phase_data(&answer.situation),
        game_state: situation::game_state(&answer.situation),
        hand: answer.hand.map(Hand::new),
    };
    serde_json::to_value(&state).unwrap_or_default()
}

/// Hex SHA-256 of the compact JSON; a `Value` writes its keys sorted.
fn hash(state: &Value) -> String {
    Sha256::digest(state.to_string().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Inserts the events into an answer that has none yet.
fn with_missed(answer: ByteString, missed: &[Missed]) -> ByteString {
    let Some(place) = answer.find(MISSED).filter(|_| !missed.is_empty()) else { return answer };
    let (before, after) = str::split_at(&answer, place + MISSED.len());
    let events: usize = missed.iter().map(|event| event.text.len()).sum();
    let mut text = String::with_capacity(answer.len() + events);
    text.push_str(before);
    let mut separator = "";
    for Missed { sequence, text: sent } in missed {
        let Some(event) = event_and_data(sent) else { continue };
        // Writing to a string can't fail.
        let _ = write!(text, r#"{separator}{{"sequence":{},{event}}}"#, sequence.0);
        separator = ",";
    }
    text.push_str(after);
    text.into()
}

/// The fields `event` and `data` of a message, byte for byte.
fn event_and_data(message: &str) -> Option<&str> {
    let fields = message.strip_prefix('{')?;
    let fields = &fields[..fields.rfind(AFTER_DATA)?];
    Some(fields.strip_suffix(PRIVATE).unwrap_or(fields))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vocabulary::Sequence;

    use super::*;

    #[test]
    fn the_events_stand_in_the_answer_to_the_letter_whatever_players_wrote() {
        let stamp = Stamp { sequence: Some(Sequence(7)), ..Stamp::now(Some(vocabulary::RoomId::random())) };
        let data = json!({ "message": r#"},"room_id":"X","missed_events":["#, "number": 0.1 });
        for event in ["player_action", "hand_updated"] {
            let text = message(event, &data, &stamp);
            let answer = SyncResponse {
                current_sequence: 8,
                missed_events: Vec::new(),
                full_state: Some(data.clone()),
                state_hash: String::new(),
                truncated: false,
            };
            let answer = message("sync_response", &answer, &stamp);
            let missed = [7, 8].map(|number| Missed { sequence: Sequence(number), text: text.clone() });
            let answer = with_missed(answer, &missed);
            let read: Value = serde_json::from_str(&answer).unwrap();
            let events = [7, 8].map(|number| json!({ "sequence": number, "event": event, "data": data }));
            assert_eq!(read["data"]["missed_events"], json!(events));
            assert_eq!(read["data"]["full_state"], data);
        }
    }
}
