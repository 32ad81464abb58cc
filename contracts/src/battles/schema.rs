//! Every message and every body of contract *battles*, and its schema.

use schemars::JsonSchema;
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
    openapi::components,
    schema::{Message, Part, Side, close, description, generated, name, part, resolved, root},
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

/// The bodies over HTTP, which are components of OpenAPI.
macro_rules! bodies {
    (Deserialize: $($asked:ty),+; Serialize: $($answered:ty),+;) => {
        components! { Deserialize: $($asked),+; Serialize: $($answered),+; }

        /// The bodies that clients send.
        const ASKED: &[Part] = &[$(part::<$asked>),+];
        /// The bodies that the server sends.
        const ANSWERED: &[Part] = &[$(part::<$answered>),+];
    };
}

bodies! {
    Deserialize:
    client::Registration,
    client::Credentials,
    client::PasswordForm,
    client::Refreshing,
    client::ProfileChange,
    client::BattleCreation,
    client::JoinBody,
    client::KickBody,
    client::ActionSubmission,
    client::HintRequest,
    guild::GuildFounding,
    guild::GuildDeposit,
    guild::WarDeclaration,
    admin::Broadcast,
    admin::PasswordReset,
    bans::BanRequest,
    bans::DisconnectRequest,
    operations::MaintenancePlan;
    Serialize:
    server::AuthResponse,
    server::TokenResponse,
    server::Done,
    server::User,
    server::OwnUser,
    server::Battle,
    server::GameState,
    server::HistoryEntry,
    server::Hint,
    server::Replay,
    guild::Guild,
    guild::GuildDetails,
    standing::UserStats,
    standing::OwnGame,
    standing::Leaderboard,
    admin::AdminRoom,
    admin::AdminUser,
    admin::CurrentAnnouncement,
    admin::Reached,
    bans::Ban,
    bans::NewBan,
    operations::PlannedMaintenance,
    operations::LogAnalytics,
    Refusal;
}

// A filter of the list of battles, and part of a battle.
components! { Serialize: server::BattleStatus; }

/// Every message of the WebSocket, the client's first.
pub(crate) fn messages() -> Vec<Message> {
    let asked = EVENTS.iter().map(client_message);
    asked.chain(TOLD.iter().map(server_message)).collect()
}

/// Every body: its path below `docs/`, and its schema.
pub(crate) fn bodies() -> Vec<(String, Value)> {
    let asked = ASKED.iter().map(|part| body(Side::Client, *part));
    asked.chain(ANSWERED.iter().map(|part| body(Side::Server, *part))).collect()
}

fn body(side: Side, part: Part) -> (String, Value) {
    let (part, definitions) = generated(side, part);
    let name = name(&part).unwrap_or_default().to_owned();
    let mut schema = root(&name, &description(&part, &definitions), part.to_value(), definitions);
    // Closed are the bodies that the server sends, and those in which it accepts no other field.
    if side == Side::Server || name == "ActionRequest" {
        close(&mut schema);
    }
    (format!("schemas/battles/{}/{name}.json", side.of_body()), schema)
}

fn message(side: Side, event: &'static str, schema: Value) -> Message {
    Message { contract: "battles", side, event, schema }
}

fn server_message(told: &Told) -> Message {
    let (data, mut definitions) = generated(Side::Server, told.data);
    let (own, alone) = generated(Side::Server, told.words);
    let words = description(&own, &alone);
    let mut data = resolved(data, &mut definitions);
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
    let (data, mut definitions) = generated(Side::Client, *data);
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
