//! Every message of contract *state*, and its schema.

use serde_json::json;

use super::{decode::TYPES, server};
use crate::schema::{Message, Part, Side, part};

/// What the server sends.
const TOLD: [(&str, Part); 5] = [
    ("connection_status", part::<server::ConnectionStatus>),
    ("game_state_update", part::<server::GameStateUpdate>),
    ("hand_update", part::<server::HandUpdate>),
    ("player_action", part::<server::PlayerAction>),
    ("error", part::<server::ErrorData>),
];

/// Every message, the client's first.
pub(crate) fn messages() -> Vec<Message> {
    let asked = TYPES.iter().map(|(kind, _, data)| message(Side::Client, kind, *data));
    asked.chain(TOLD.iter().map(|(kind, data)| message(Side::Server, kind, *data))).collect()
}

fn message(side: Side, kind: &'static str, data: Part) -> Message {
    Message::new("state", side, kind, data, |data| {
        json!({
            "type": "object",
            "required": ["type", "data"],
            "properties": { "type": { "const": kind }, "data": data },
        })
    })
}
