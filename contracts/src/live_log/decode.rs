//! Text → request, for contract *live log* (seed, "Client Commands").

use serde_json::{Value, json};
use vocabulary::{LogFilter, LogKind, LogRequest, LogSlice, Request, Timestamp};

use super::{client, encode};
use crate::{
    Incoming, Malformed, Said, Speaker,
    asked::{Asked, reader},
    fields::Fields,
    iso8601,
    nul::refuse_nul,
    schema::part,
    text::parse,
};

/// The maximum length of a query.
const QUERY_MAX_CHARS: usize = 200;
/// The maximum length of an id and of a channel.
const ID_MAX_CHARS: usize = 100;
/// The largest whole number that every JSON parser reads exactly.
const MAX_OFFSET: u64 = 1 << 53;

pub(super) type Read = fn(&Fields<'_>, Timestamp) -> Result<Said, Malformed>;

/// All actions that a client may name.
pub(super) const ACTIONS: [Asked<Read>; 5] = [
    ("subscribe", |fields, _| Ok(asks(LogRequest::Subscribe(kinds(fields)?))), part::<client::Subscribe>),
    ("unsubscribe", |fields, _| Ok(asks(LogRequest::Unsubscribe(kinds(fields)?))), part::<client::Unsubscribe>),
    ("get_history", get_history, part::<client::GetHistory>),
    ("search", search, part::<client::Search>),
    ("ping", |_, at| Ok(Said::Answer(encode::pong(at))), part::<client::Ping>),
];

/// Reads one message.
pub(super) fn decode(text: &str, speaker: &Speaker<'_>) -> Incoming {
    let said = read(text, speaker.at).unwrap_or_else(Said::Malformed);
    Incoming { client_sequence: None, digest: 0, warnings: Vec::new(), said }
}

fn read(text: &str, at: Timestamp) -> Result<Said, Malformed> {
    let message = parse(text)?;
    refuse_nul(&message, None)?;
    let fields = Fields::new(&message);
    let Some(Value::String(action)) = message.get("action") else {
        return Err(Malformed::NoEvent);
    };
    reader(&ACTIONS, action)?(&fields, at)
}

const fn asks(request: LogRequest) -> Said {
    Said::Ask(Request::Log(request))
}

fn get_history(fields: &Fields<'_>, _: Timestamp) -> Result<Said, Malformed> {
    Ok(asks(LogRequest::History { filter: filter(fields)?, slice: slice(fields)? }))
}

fn search(fields: &Fields<'_>, _: Timestamp) -> Result<Said, Malformed> {
    let query = bounded(fields, "query", fields.text("query")?, QUERY_MAX_CHARS)?;
    Ok(asks(LogRequest::Search { query, filter: filter(fields)?, slice: slice(fields)? }))
}

/// Decodes the types, each once.
fn kinds(fields: &Fields<'_>) -> Result<Vec<LogKind>, Malformed> {
    let words = fields.list("message_types")?;
    if !(1..=LogKind::COUNT).contains(&words.len()) {
        return Err(Malformed::OutOfRange {
            field: "message_types".to_owned(),
            problem: "does not have 1 to 6 types".to_owned(),
            allowed: json!({ "min_items": 1, "max_items": LogKind::COUNT }),
        });
    }
    let mut kinds = Vec::with_capacity(words.len());
    for word in words {
        let word = word.as_str().ok_or_else(|| fields.wrong_type("message_types", "array of strings", word))?;
        let kind = LogKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or_else(unknown_type)?;
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    Ok(kinds)
}

fn unknown_type() -> Malformed {
    Malformed::OutOfRange {
        field: "message_types".to_owned(),
        problem: "invalid message type".to_owned(),
        allowed: Value::from(LogKind::ALL.map(LogKind::as_str).to_vec()),
    }
}

fn slice(fields: &Fields<'_>) -> Result<LogSlice, Malformed> {
    let defaults = LogSlice::default();
    Ok(LogSlice {
        limit: fields.optional_integer("limit", 1, LogSlice::MAX)?.unwrap_or(defaults.limit),
        offset: fields.optional_integer("offset", 0, MAX_OFFSET)?.unwrap_or(defaults.offset),
    })
}

fn filter(fields: &Fields<'_>) -> Result<LogFilter, Malformed> {
    let Some(filters) = fields.optional_object("filters")? else {
        return Ok(LogFilter::default());
    };
    let text = |field| {
        let text = filters.optional_text(field)?;
        text.map(|text| bounded(&filters, field, text, ID_MAX_CHARS)).transpose()
    };
    Ok(LogFilter {
        kind: filters.optional_word("type", &LogKind::ALL.map(|kind| (kind.as_str(), kind)))?,
        user: text("user_id")?,
        channel: text("channel")?,
        from: moment(&filters, "date_from")?,
        to: moment(&filters, "date_to")?,
    })
}

/// Decodes a text of 1 to `max` characters after trimming.
fn bounded(fields: &Fields<'_>, field: &str, text: &str, max: usize) -> Result<String, Malformed> {
    let text = text.trim();
    if (1..=max).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    Err(Malformed::OutOfRange {
        field: fields.path(field),
        problem: format!("does not have 1 to {max} characters"),
        allowed: json!({ "min_length": 1, "max_length": max }),
    })
}

fn moment(fields: &Fields<'_>, field: &str) -> Result<Option<Timestamp>, Malformed> {
    let Some(text) = fields.optional_text(field)? else {
        return Ok(None);
    };
    iso8601::parse(text).map(Some).ok_or_else(|| Malformed::OutOfRange {
        field: fields.path(field),
        problem: "is not a date and time of ISO 8601 with Z or an offset".to_owned(),
        allowed: json!({ "format": "2025-12-03T12:00:00.000Z" }),
    })
}
