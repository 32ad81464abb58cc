//! Every message of contract *chat*, and its schema.

use serde_json::{Value, json};

use super::{decode::TYPES, encode::prefix, server};
use crate::{
    iso8601::PATTERN,
    schema::{Message, Part, Side, part},
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
    let asked = TYPES.iter().map(|(kind, _, payload)| Message::new("chat", Side::Client, kind, *payload, asked(kind)));
    asked
        .chain(TOLD.iter().map(|(kind, payload)| Message::new("chat", Side::Server, kind, *payload, told(kind))))
        .collect()
}

/// The frame of a client's message.
fn asked(kind: &'static str) -> impl FnOnce(Value) -> Value {
    move |payload| {
        json!({
            "type": "object",
            "required": ["type", "payload"],
            "properties": {
                "type": { "const": kind },
                "payload": payload,
                "timestamp": { "description": "The client's clock; the server ignores it.", "type": ["string", "null"] },
                "id": { "description": "The client's id; the server gives the message its own.", "type": ["string", "null"] },
            },
        })
    }
}

/// The frame of a message of the server.
fn told(kind: &'static str) -> impl FnOnce(Value) -> Value {
    move |payload| {
        json!({
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
        })
    }
}
