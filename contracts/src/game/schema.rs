//! Every event of contract *game* and the schema of its whole message.

use schemars::{Schema, generate::SchemaSettings};
use serde_json::{Value, json};

use super::{
    decode::{Asked, EVENTS},
    error, server,
};
use crate::schema::{Message, Part, Side, close, description, generated, part, root};

/// Whether a message of the server has a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    /// An event of the room: it has the room's next number.
    Room,
    /// An answer to one client, without a number.
    None,
}

/// An event that the server sends.
struct Told {
    event: &'static str,
    data: Part,
    number: Number,
}

const fn of_room(event: &'static str, data: Part) -> Told {
    Told { event, data, number: Number::Room }
}

const fn answer(event: &'static str, data: Part) -> Told {
    Told { event, data, number: Number::None }
}

/// What the server sends, except errors.
const TOLD: [Told; 29] = [
    answer("connected", part::<server::Connected<'static>>),
    answer("disconnected", part::<server::Disconnected<'static>>),
    answer("reconnected", part::<server::Reconnected<'static>>),
    of_room("room_created", part::<server::RoomCreated<'static>>),
    of_room("room_joined", part::<server::RoomJoined<'static>>),
    of_room("room_left", part::<server::RoomLeft<'static>>),
    of_room("player_joined", part::<server::PlayerJoined<'static>>),
    of_room("player_left", part::<server::PlayerLeft<'static>>),
    answer("room_list", part::<server::RoomListData<'static>>),
    answer("chat_message", part::<server::ChatMessage<'static>>),
    answer("room_state", part::<server::RoomState<'static>>),
    of_room("game_started", part::<server::GameStarted<'static>>),
    of_room("phase_change", part::<server::PhaseChange<'static>>),
    of_room("hand_updated", part::<server::Hand>),
    of_room("declaration_accepted", part::<server::DeclarationAccepted<'static>>),
    of_room("play_accepted", part::<server::PlayAccepted<'static>>),
    of_room("redeal_decision_accepted", part::<server::RedealDecisionAccepted<'static>>),
    of_room("player_action", part::<server::PlayerAction<'static>>),
    of_room("special_bonus", part::<server::SpecialBonus<'static>>),
    of_room("player_timeout", part::<server::PlayerTimeout<'static>>),
    of_room("bot_activated", part::<server::BotActivated<'static>>),
    of_room("game_over", part::<server::GameOver<'static>>),
    answer("sync_response", part::<server::SyncResponse>),
    answer("pong", part::<server::Pong>),
    answer("server_time", part::<server::ServerTime>),
    answer("version_accepted", part::<server::VersionAccepted<'static>>),
    answer("deprecation_warning", part::<server::DeprecationWarning<'static>>),
    answer("announcement", part::<server::Announcement<'static>>),
    answer("maintenance", part::<server::Maintenance>),
];

/// Every message of the contract, the client's first, as in the tables.
pub(crate) fn messages() -> Vec<Message> {
    let asked = EVENTS.iter().map(client_message);
    let told = TOLD.iter().map(server_message);
    let errors = error::events().map(error_message);
    asked.chain(told).chain(errors).collect()
}

fn message(side: Side, event: &'static str, schema: Value) -> Message {
    Message { contract: "game", side, event, schema }
}

fn client_message((event, _, data): &Asked) -> Message {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let forms: Vec<Schema> = data.forms.iter().map(|part| part(&mut generator)).collect();
    let definitions = generator.take_definitions(true);
    let words = forms.first().map(|form| description(form, &definitions));
    let content = match forms.as_slice() {
        [only] => json!(only),
        several => json!({ "anyOf": several }),
    };
    let mut required = vec!["event"];
    required.extend(data.required.then_some("data"));
    let body = json!({
        "type": "object",
        "required": required,
        "properties": {
            "event": { "const": event },
            "data": content,
            "sequence": {
                "description": "The message's number, chosen by the client. The answer returns it as `client_sequence`, and a message that is repeated with its number acts only once.",
                "type": ["integer", "null"], "minimum": 0,
            },
            "timestamp": { "description": "The client's clock.", "type": ["number", "null"] },
            "version": { "description": "The client's version; used in `connect` and `version_info`.", "type": ["string", "null"] },
            "client_id": { "description": "The client's name for itself.", "type": ["string", "null"] },
        },
    });
    let schema = root(event, &words.unwrap_or_default(), body, definitions);
    message(Side::Client, event, schema)
}

fn server_message(told: &Told) -> Message {
    Message::new("game", Side::Server, told.event, told.data, |data| {
        let mut body = envelope(told.event, "data", data);
        if told.event == "hand_updated" {
            let private = json!({ "description": "Only this seat receives the event.", "const": true });
            require(&mut body, "private", private);
        }
        if told.number == Number::Room {
            let description = "The event's number in its room, counted from 1.";
            let number = json!({ "description": description, "type": "integer", "minimum": 1 });
            require(&mut body, "sequence_number", number);
        }
        body
    })
}

fn error_message((event, codes): (&'static str, Vec<&str>)) -> Message {
    let (data, mut definitions) = generated(Side::Server, part::<server::ErrorData>);
    definitions["ErrorData"]["properties"]["code"]["enum"] = json!(codes);
    let words = description(&data, &definitions);
    let body = envelope(event, "error", data.to_value());
    let mut schema = root(event, &words, body, definitions);
    close(&mut schema);
    message(Side::Server, event, schema)
}

/// The frame of a message of the server; `content` is the name of the field with its data.
fn envelope(event: &str, content: &str, data: Value) -> Value {
    let mut body = json!({
        "type": "object",
        "required": ["event", content, "room_id", "server_time"],
        "properties": {
            "event": { "const": event },
            "room_id": { "description": "The room of the connection, or `lobby`.", "type": "string" },
            "server_time": { "description": "The server's clock, in seconds since 1970.", "type": "number" },
            "client_sequence": {
                "description": "The number of the client's message that this answers.",
                "type": "integer", "minimum": 0,
            },
        },
    });
    body["properties"][content] = data;
    body
}

fn require(body: &mut Value, field: &str, schema: Value) {
    body["properties"][field] = schema;
    if let Some(required) = body["required"].as_array_mut() {
        required.push(Value::from(field));
    }
}
