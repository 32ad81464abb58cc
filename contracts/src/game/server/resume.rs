//! What a client gets that asks what it missed.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, value::RawValue};

use super::{GameState, Hand, PhaseData, Text, state::PHASES};

/// `sync_response`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SyncResponse {
    /// The last number that the room gave out.
    pub current_sequence: u64,
    /// What this seat missed, in order.
    pub missed_events: Vec<MissedEvent>,
    /// Null when `client_state_hash` was its hash.
    #[schemars(with = "Option<FullState<'static>>")]
    pub full_state: Option<Value>,
    /// Hex SHA-256 of the compact JSON of `full_state` with sorted keys.
    pub state_hash: String,
    /// Whether older events are no longer there.
    pub truncated: bool,
}

/// An event in `sync_response`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MissedEvent {
    /// Its number.
    pub sequence: u64,
    /// Its name.
    pub event: String,
    /// Its data, to the letter as it was sent.
    #[schemars(with = "Map<String, Value>")]
    pub data: Box<RawValue>,
}

/// `sync_response.full_state`, and what `state_hash` is made of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FullState<'a> {
    /// As in `phase_change`, or `NOT_STARTED`.
    #[schemars(extend("enum" = PHASES))]
    pub phase: Text<'a>,
    /// What belongs to the phase.
    pub phase_data: PhaseData<'a>,
    /// The players and their scores.
    pub game_state: GameState<'a>,
    /// The seat's own pieces; null before the start.
    pub hand: Option<Hand>,
}
