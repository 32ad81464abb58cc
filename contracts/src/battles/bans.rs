//! The bodies for bans: who is banned by an operator, why and until when.

use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Map, Value, json};
use vocabulary::{ConnectionId, RoomId};

use super::{client::FromJson, error::Refusal};
use crate::fields::Fields;

/// The most characters of a reason.
const REASON_CHARS: usize = 200;
/// The longest ban with an end: a year.
const LONGEST_SECONDS: u64 = 31_536_000;

/// Who is meant: an account, a network, a connection or a person in a room; exactly one of them.
#[derive(Clone, Debug, Default, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = exactly_one)]
pub struct TargetFields {
    /// An account's id, or its username in any case.
    #[schemars(example = &"Ann_7")]
    pub account: Option<String>,
    /// An address or a network. An IPv6 address means its /64.
    #[schemars(example = &"203.0.113.0/24")]
    pub network: Option<String>,
    /// The id of an open connection (`connected.connection_id`): its account is meant, or the network of a guest.
    #[schemars(example = &"conn_0123456789abcdef")]
    pub connection_id: Option<String>,
    /// The room of a person, with `playerName`: their account is meant, or the network of a guest.
    #[schemars(example = &"K7MPQ2WX")]
    pub room_id: Option<String>,
    /// The person's name in that room.
    pub player_name: Option<String>,
}

/// The forms of a target.
const FORMS: [&[&str]; 4] = [&["account"], &["network"], &["connectionId"], &["roomId", "playerName"]];

fn exactly_one(schema: &mut Schema) {
    let form = |named: &[&str]| {
        let kind = |field: &str| if named.contains(&field) { "string" } else { "null" };
        let fields = FORMS.concat().into_iter().map(|field| (field.to_owned(), json!({ "type": kind(field) })));
        json!({ "required": named, "properties": fields.collect::<Map<_, _>>() })
    };
    schema.insert("oneOf".to_owned(), Value::from(FORMS.map(form).to_vec()));
}

/// Who is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// An account, by its id or its username.
    Account(String),
    /// An address or a network, not parsed yet.
    Network(String),
    /// The owner of this connection.
    Connection(ConnectionId),
    /// The player of this name in this room.
    Player(RoomId, String),
}

impl Target {
    fn read(fields: &Fields<'_>) -> Result<Self, Refusal> {
        let text = |field: &str| fields.optional_text(field).map(|text| text.map(str::to_owned));
        let (account, network) = (text("account")?, text("network")?);
        let (connection, room, player) = (text("connectionId")?, text("roomId")?, text("playerName")?);
        match (account, network, connection, room, player) {
            (Some(account), None, None, None, None) => Ok(Self::Account(account)),
            (None, Some(network), None, None, None) => Ok(Self::Network(network)),
            (None, None, Some(id), None, None) => id
                .parse()
                .map(Self::Connection)
                .map_err(|_| Refusal::of_field("connectionId", "is not a connection's id")),
            (None, None, None, Some(room), Some(player)) => {
                let room = room.parse().map_err(|_| Refusal::of_field("roomId", "is not a room's id"))?;
                Ok(Self::Player(room, player))
            }
            (None, None, None, Some(_), None) => Err(Refusal::of_field("playerName", "is missing beside roomId")),
            (None, None, None, None, Some(_)) => Err(Refusal::of_field("roomId", "is missing beside playerName")),
            _ => {
                let problem =
                    "must be the only target: name an account, a network, a connectionId, or a roomId and a playerName";
                Err(Refusal::of_field("account", problem))
            }
        }
    }
}

/// `POST /admin/bans`: a new ban.
#[derive(Clone, Debug, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BanRequest {
    /// Who is banned.
    #[serde(flatten)]
    #[schemars(with = "TargetFields")]
    pub target: Target,
    /// The reason, which the banned client receives; 1 to 200 characters after trimming.
    #[schemars(length(min = 1, max = REASON_CHARS), regex(pattern = r"\S"), example = &"Sat on all free seats")]
    pub reason: String,
    /// The length of the ban in seconds. If left out: a day for a guest in a room or on a connection, otherwise until
    /// it is lifted.
    #[schemars(range(min = 1, max = LONGEST_SECONDS), example = 86_400)]
    pub duration_seconds: Option<u64>,
}

impl FromJson for BanRequest {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        let fields = Fields::new(values);
        let target = Target::read(&fields)?;
        let reason = fields.text("reason")?.trim();
        let is_plain = !reason.chars().any(char::is_control);
        if !is_plain || !(1..=REASON_CHARS).contains(&reason.chars().count()) {
            let allowed = json!({ "min_length": 1, "max_length": REASON_CHARS, "control_characters": false });
            return Err(Refusal::out_of_range("reason", "does not have 1 to 200 plain characters", allowed));
        }
        let duration_seconds = fields.optional_integer("durationSeconds", 1, LONGEST_SECONDS)?;
        Ok(Self { target, reason: reason.to_owned(), duration_seconds })
    }
}

/// `POST /admin/disconnect`: closes connections.
#[derive(Clone, Debug, JsonSchema)]
pub struct DisconnectRequest {
    /// Whose connections are closed.
    #[serde(flatten)]
    #[schemars(with = "TargetFields")]
    pub target: Target,
}

impl FromJson for DisconnectRequest {
    fn from_fields(values: &Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self { target: Target::read(&Fields::new(values))? })
    }
}

/// A ban that is in force.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ban {
    /// The ban's id, a UUID.
    #[schemars(example = &"01960b8e-7c1a-7a33-9d3e-1f6f0c2f7a10")]
    pub id: String,
    /// The id of the banned account; left out for a network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub account: Option<String>,
    /// The banned network; left out for an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", example = &"203.0.113.0/24")]
    pub network: Option<String>,
    /// The banned account or network, as the operator named it.
    #[schemars(example = &"Bob in room K7MPQ2WX")]
    pub subject: String,
    /// The reason for the ban.
    pub reason: String,
    /// The username of the operator.
    pub banned_by: String,
    /// When it began, in milliseconds since 1970.
    #[schemars(example = 1_700_000_000_000_u64)]
    pub created_at: u64,
    /// When it ends, in milliseconds since 1970; left out if it lasts until it is lifted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64", example = 1_700_000_000_000_u64)]
    pub ends_at: Option<u64>,
}

/// A new ban.
#[derive(Clone, Serialize, JsonSchema)]
pub struct NewBan {
    /// The ban itself.
    pub ban: Ban,
    /// The number of connections that it closed.
    #[schemars(example = 2)]
    pub closed: usize,
}
