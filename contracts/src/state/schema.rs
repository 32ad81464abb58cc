//! Every message of contract *state*, and its schema.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{decode::TYPES, server};
use crate::schema::{Message, Part, Side, close, description, part, root};

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
    let settings = SchemaSettings::draft2020_12();
    let settings = if side == Side::Server { settings.for_serialize() } else { settings };
    let mut generator = settings.into_generator();
    let data = data(&mut generator);
    let definitions = generator.take_definitions(true);
    let words = description(&data, &definitions);
    let body = json!({
        "type": "object",
        "required": ["type", "data"],
        "properties": { "type": { "const": kind }, "data": data },
    });
    let mut schema: Value = root(kind, &words, body, definitions);
    if side == Side::Server {
        close(&mut schema);
    }
    Message { contract: "state", side, event: kind, schema }
}
