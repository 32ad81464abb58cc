//! Text → request, for contract *chat*: the envelope, and the table of types.

use serde_json::{Value, json};
use vocabulary::{ChatRequest, Gesture, Request, Scope};

use super::client;
use crate::{
    Incoming, Malformed, Said, Speaker,
    asked::{Asked, reader},
    fields::Fields,
    nul::refuse_nul,
    schema::part,
    text::parse,
};

/// The maximum length of an avatar's metadata.
const MAX_METADATA_CHARS: usize = 500;

pub(super) type Read = fn(&Fields<'_>, &Speaker<'_>) -> Result<ChatRequest, Malformed>;

/// All types that a client may send.
pub(super) const TYPES: [Asked<Read>; 3] = [
    ("message", message, part::<client::Message>),
    ("status", status, part::<client::Status>),
    ("avatar_update", avatar_update, part::<client::AvatarUpdate>),
];

/// Decodes one message. Its `timestamp` and `id` are ignored: the server sets its own.
pub(super) fn decode(text: &str, speaker: &Speaker<'_>) -> Incoming {
    let said = match read(text, speaker) {
        Ok(request) => Said::Ask(Request::Chat(request)),
        Err(malformed) => Said::Malformed(malformed),
    };
    Incoming { client_sequence: None, digest: 0, warnings: Vec::new(), said }
}

fn read(text: &str, speaker: &Speaker<'_>) -> Result<ChatRequest, Malformed> {
    let message = parse(text)?;
    refuse_nul(&message, None)?;
    let envelope = Fields::new(&message);
    let Some(Value::String(kind)) = message.get("type") else {
        return Err(Malformed::NoEvent);
    };
    let reader = reader(&TYPES, kind)?;
    envelope.optional_text("timestamp")?;
    envelope.optional_text("id")?;
    reader(&envelope.object("payload")?, speaker)
}

fn message(payload: &Fields<'_>, _: &Speaker<'_>) -> Result<ChatRequest, Malformed> {
    let content = payload.said("content")?;
    let kinds = [("user", true), ("ai", false)];
    if !payload.word("type", &kinds)? {
        return Err(servers_own(payload, "type", "user"));
    }
    Ok(ChatRequest::Say { scope: scope(payload)?, content })
}

fn status(payload: &Fields<'_>, speaker: &Speaker<'_>) -> Result<ChatRequest, Malformed> {
    let states = [("typing", true), ("online", false), ("offline", false)];
    if !payload.word("status", &states)? {
        return Err(servers_own(payload, "status", "typing"));
    }
    // The client in the seed leaves it out.
    if let Some(named) = payload.optional_text("userId")? {
        own_id(payload, "userId", named, speaker)?;
    }
    Ok(ChatRequest::Typing { scope: scope(payload)? })
}

fn avatar_update(payload: &Fields<'_>, speaker: &Speaker<'_>) -> Result<ChatRequest, Malformed> {
    let gesture = payload.word("action", &Gesture::ALL.map(|gesture| (gesture.as_str(), gesture)))?;
    own_id(payload, "avatarId", payload.text("avatarId")?, speaker)?;
    let metadata = payload.optional_text("metadata")?;
    if let Some(problem) = metadata.and_then(problem_of_metadata) {
        let allowed = json!({ "max_length": MAX_METADATA_CHARS, "control_characters": false });
        return Err(Malformed::OutOfRange { field: payload.path("metadata"), problem, allowed });
    }
    let scope = metadata.and_then(|text| text.parse().ok()).unwrap_or(Scope::Lobby);
    Ok(ChatRequest::Gesture { scope, gesture, metadata: metadata.map(str::to_owned) })
}

/// What is wrong with a text that others are shown: it must be short and without control characters.
fn problem_of_metadata(text: &str) -> Option<String> {
    if text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\t')) {
        return Some("holds a control character".to_owned());
    }
    (text.chars().count() > MAX_METADATA_CHARS).then(|| format!("has more than {MAX_METADATA_CHARS} characters"))
}

/// The error for a value that only the server may send.
fn servers_own(payload: &Fields<'_>, field: &str, allowed: &str) -> Malformed {
    let problem = "is the server's to say".to_owned();
    Malformed::OutOfRange { field: payload.path(field), problem, allowed: json!([allowed]) }
}

/// Decodes the scope; the lobby if it is left out.
fn scope(payload: &Fields<'_>) -> Result<Scope, Malformed> {
    let Some(text) = payload.optional_text("metadata")? else {
        return Ok(Scope::Lobby);
    };
    text.parse().map_err(|_| Malformed::OutOfRange {
        field: payload.path("metadata"),
        problem: "is no scope".to_owned(),
        allowed: json!(["lobby", "room:ROOMID", "dm:USERID"]),
    })
}

/// Checks that an id is the sender's own.
fn own_id(payload: &Fields<'_>, field: &str, named: &str, speaker: &Speaker<'_>) -> Result<(), Malformed> {
    let own = speaker.account.map(|account| account.to_string());
    if own.as_deref() == Some(named) {
        return Ok(());
    }
    Err(Malformed::OutOfRange {
        field: payload.path(field),
        problem: "is not your own id".to_owned(),
        allowed: own.into_iter().collect(),
    })
}
