//! Every message and every body of contract *battles*, and its schema.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};

use super::{
    admin, bans, client,
    decode::{EVENTS, Read},
    error::Refusal,
    guild, operations,
    server::{self, Data},
    standing,
};
use crate::{
    asked::Asked,
    schema::{Message, Part, Side, close, description, part, root},
};

/// An event that the server sends.
struct Told {
    event: &'static str,
    data: Part,
    /// The schema of its own fields.
    words: Part,
    /// The fields that each of its messages has as well.
    always: &'static [&'static str],
}

const fn told<T: JsonSchema>(event: &'static str, always: &'static [&'static str]) -> Told {
    Told { event, data: part::<Data<T>>, words: part::<T>, always }
}

/// An event of the room, with a number.
const NUMBERED: &[&str] = &["battleId", "sequence"];
/// An event of the room; sometimes a passing event or an answer.
const OF_ROOM: &[&str] = &["battleId"];
/// Sent to a connection, which may have no room.
const ANYWHERE: &[&str] = &[];

/// What the server sends.
const TOLD: [Told; 16] = [
    told::<server::Connect>("connect", OF_ROOM),
    told::<server::Disconnect>("disconnect", ANYWHERE),
    told::<server::Reconnect>("reconnect", OF_ROOM),
    told::<Refusal>("error", ANYWHERE),
    told::<server::GameStart>("game:start", NUMBERED),
    told::<server::GameAction>("game:action", NUMBERED),
    told::<server::GameUpdate>("game:update", OF_ROOM),
    told::<server::GameEnd>("game:end", NUMBERED),
    told::<server::AiThinking>("ai:thinking", OF_ROOM),
    told::<server::AiAction>("ai:action", NUMBERED),
    told::<server::AiError>("ai:error", OF_ROOM),
    told::<server::AiReady>("ai:ready", NUMBERED),
    told::<server::SystemMaintenance>("system:maintenance", ANYWHERE),
    told::<server::SystemNotice>("system:error", ANYWHERE),
    told::<server::SystemRestart>("system:restart", ANYWHERE),
    told::<server::SystemUpdate>("system:update", ANYWHERE),
];

/// The bodies that clients send over HTTP.
const ASKED: [Part; 18] = [
    part::<client::Registration>,
    part::<client::Credentials>,
    part::<client::PasswordForm>,
    part::<client::Refreshing>,
    part::<client::ProfileChange>,
    part::<client::BattleCreation>,
    part::<client::JoinBody>,
    part::<client::KickBody>,
    part::<client::ActionSubmission>,
    part::<client::HintRequest>,
    part::<guild::GuildFounding>,
    part::<guild::GuildDeposit>,
    part::<guild::WarDeclaration>,
    part::<admin::Broadcast>,
    part::<admin::PasswordReset>,
    part::<bans::BanRequest>,
    part::<bans::DisconnectRequest>,
    part::<operations::MaintenancePlan>,
];

/// The bodies that the server sends over HTTP.
const ANSWERED: [Part; 22] = [
    part::<server::AuthResponse>,
    part::<server::TokenResponse>,
    part::<server::Done>,
    part::<server::User>,
    part::<server::OwnUser>,
    part::<server::Battle>,
    part::<server::GameState>,
    part::<server::HistoryEntry>,
    part::<server::Hint>,
    part::<server::Replay>,
    part::<guild::Guild>,
    part::<guild::GuildDetails>,
    part::<standing::UserStats>,
    part::<standing::OwnGame>,
    part::<standing::Leaderboard>,
    part::<admin::AdminRoom>,
    part::<admin::AdminUser>,
    part::<admin::Reached>,
    part::<bans::Ban>,
    part::<bans::NewBan>,
    part::<operations::PlannedMaintenance>,
    part::<Refusal>,
];

/// Every message of the WebSocket, the client's first.
pub(crate) fn messages() -> Vec<Message> {
    let asked = EVENTS.iter().map(client_message);
    asked.chain(TOLD.iter().map(server_message)).collect()
}

/// Every body: its path below `docs/`, and its schema.
pub(crate) fn bodies() -> Vec<(String, Value)> {
    let asked = ASKED.iter().map(|part| body("request", *part, SchemaSettings::draft2020_12()));
    let answered = ANSWERED.iter().map(|part| body("response", *part, SchemaSettings::draft2020_12().for_serialize()));
    asked.chain(answered).collect()
}

fn body(side: &str, part: Part, settings: SchemaSettings) -> (String, Value) {
    let mut generator = settings.into_generator();
    let part = part(&mut generator);
    let definitions = generator.take_definitions(true);
    let name = part.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let name = name.unwrap_or_default().to_owned();
    let mut schema = root(&name, &description(&part, &definitions), part.to_value(), definitions);
    // Closed are the bodies that the server sends, and those in which it accepts no other field.
    if side == "response" || name == "ActionRequest" {
        close(&mut schema);
    }
    (format!("schemas/battles/{side}/{name}.json"), schema)
}

fn message(side: Side, event: &'static str, schema: Value) -> Message {
    Message { contract: "battles", side, event, schema }
}

fn server_message(told: &Told) -> Message {
    let settings = || SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings().into_generator();
    let data = (told.data)(&mut generator);
    let mut definitions = generator.take_definitions(true);
    let mut alone = settings().into_generator();
    let own = (told.words)(&mut alone);
    let words = description(&own, &alone.take_definitions(true));
    let name = data.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let mut data = name.and_then(|name| definitions.remove(name)).unwrap_or_default();
    data["description"] = Value::from(words.as_str());
    if let Some(required) = data["required"].as_array_mut() {
        required.retain(|field| field != "battleId" && field != "sequence" && field != "requestId");
        required.extend(told.always.iter().map(|field| Value::from(*field)));
    }
    let mut schema = root(told.event, &words, envelope(told.event, data, true), definitions);
    close(&mut schema);
    message(Side::Server, told.event, schema)
}

fn client_message((event, _, data): &Asked<Read>) -> Message {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let data = data(&mut generator);
    let mut definitions = generator.take_definitions(true);
    definitions.values_mut().for_each(close);
    let words = description(&data, &definitions);
    let body = envelope(event, data.to_value(), *event == "game:action");
    message(Side::Client, event, root(event, &words, body, definitions))
}

fn envelope(event: &str, data: Value, data_required: bool) -> Value {
    let mut required = vec!["event"];
    required.extend(data_required.then_some("data"));
    json!({
        "type": "object",
        "required": required,
        "properties": { "event": { "const": event }, "data": data },
    })
}
