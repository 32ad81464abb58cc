//! Every message of contract *chat*, and its schema.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{
    decode::{Read, TYPES},
    encode::prefix,
    server,
};
use crate::{
    asked::Asked,
    iso8601::PATTERN,
    schema::{Message, Part, Side, close, description, part, root},
};

/// What the server sends.
const TOLD: [(&str, Part); 7] = [
    ("connection", part::<server::Connection>),
    ("message", part::<server::Message<'static>>),
    ("status", part::<server::Status<'static>>),
    ("avatar_update", part::<server::AvatarUpdate<'static>>),
    ("broadcast", part::<server::Broadcast<'static>>),
    ("system", part::<server::System>),
    ("error", part::<server::ErrorData>),
];

/// Every message, the client's first.
pub(crate) fn messages() -> Vec<Message> {
    TYPES.iter().map(client_message).chain(TOLD.iter().map(server_message)).collect()
}

fn message(side: Side, kind: &'static str, schema: Value) -> Message {
    Message { contract: "chat", side, event: kind, schema }
}

fn client_message((kind, _, payload): &Asked<Read>) -> Message {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let payload = payload(&mut generator);
    let definitions = generator.take_definitions(true);
    let words = description(&payload, &definitions);
    let body = json!({
        "type": "object",
        "required": ["type", "payload"],
        "properties": {
            "type": { "const": kind },
            "payload": payload,
            "timestamp": { "description": "The client's clock; the server ignores it.", "type": ["string", "null"] },
            "id": { "description": "The client's id; the server gives the message its own.", "type": ["string", "null"] },
        },
    });
    message(Side::Client, kind, root(kind, &words, body, definitions))
}

fn server_message((kind, payload): &(&'static str, Part)) -> Message {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let payload = payload(&mut generator);
    let definitions = generator.take_definitions(true);
    let words = description(&payload, &definitions);
    let body = json!({
        "type": "object",
        "required": ["type", "payload", "timestamp", "id"],
        "properties": {
            "type": { "const": kind },
            "payload": payload,
            "timestamp": { "description": "When, in ISO 8601.", "type": "string", "pattern": PATTERN },
            "id": {
                "description": "The unique id: a word for the type and a UUID; ids sort by time.",
                "type": "string",
                "pattern": format!("^{}-[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$", prefix(kind)),
            },
        },
    });
    let mut schema = root(kind, &words, body, definitions);
    close(&mut schema);
    message(Side::Server, kind, schema)
}
