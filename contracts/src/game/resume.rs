//! `sync_response`: the missed events inside one message, and the whole state with its hash.

use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use sha2::{Digest, Sha256};
use vocabulary::{Missed, Synchronisation};

use super::{
    encode,
    server::{FullState, Hand, MissedEvent, SyncResponse},
    situation,
};

/// Words the answer to `sync_request`. The state is left out when the client's hash proves that it has it.
pub(super) fn sync_response(answer: &Synchronisation) -> SyncResponse {
    let state = full_state(answer);
    let hash = hash(&state);
    let known = answer.client_hash.as_ref().is_some_and(|client| client.eq_ignore_ascii_case(&hash));
    SyncResponse {
        current_sequence: answer.current.0,
        missed_events: answer.missed.iter().filter_map(missed_event).collect(),
        full_state: (!known).then_some(state),
        state_hash: hash,
        truncated: answer.truncated,
    }
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

/// Takes the event out of the envelope that it was sent in, so that both have one wording.
fn missed_event(missed: &Missed) -> Option<MissedEvent> {
    #[derive(Deserialize)]
    struct Sent {
        event: String,
        // Not read: a number that is read and written again may have other digits.
        data: Box<RawValue>,
    }
    let text = encode::notice(&missed.notice, &missed.stamp)?;
    let Sent { event, data } = serde_json::from_str(&text).ok()?;
    Some(MissedEvent { sequence: missed.stamp.sequence.unwrap_or_default().0, event, data })
}
