//! Every message and every body of contract *live log*, and its schema.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::{
    decode::ACTIONS,
    message::{Content, DirectMessage, GuildMessage, Logged, PartyMessage, RaidMessage, SystemMessage, UserMessage},
    server,
};
use crate::{
    openapi::components,
    schema::{Message, Part, Side, close, description, generated, part, resolved, root},
};

/// A kind of message.
struct Kind {
    /// The field that says which kind it is, `action` or `type`.
    key: &'static str,
    word: &'static str,
    content: Part,
    /// The schema of its own fields.
    words: Part,
}

const fn action(word: &'static str, content: Part) -> Kind {
    Kind { key: "action", word, content, words: content }
}

const fn logged<T: JsonSchema>(word: &'static str) -> Kind {
    Kind { key: "type", word, content: part::<Logged<T>>, words: part::<T> }
}

/// What the server sends.
const TOLD: [Kind; 16] = [
    action("connected", part::<server::Connected>),
    action("disconnected", part::<server::Disconnected>),
    action("error", part::<server::Error>),
    action("rate_limit", part::<server::RateLimit>),
    action("subscribed", part::<server::Subscribed>),
    action("history", part::<server::History<'static>>),
    action("search_results", part::<server::SearchResults<'static>>),
    action("pong", part::<server::Pong>),
    action("announcement", part::<server::Announcement>),
    action("maintenance", part::<server::Maintenance>),
    logged::<UserMessage>("user"),
    logged::<SystemMessage>("system"),
    logged::<DirectMessage>("dm"),
    logged::<RaidMessage>("raid"),
    logged::<PartyMessage>("party"),
    logged::<GuildMessage>("guild"),
];

components! {
    Deserialize: Content;
    Serialize: super::message::Message;
}

/// Every message, the client's first.
pub(crate) fn messages() -> Vec<Message> {
    let asked = ACTIONS.iter().map(|(word, _, content)| message(Side::Client, &action(word, *content)));
    asked.chain(TOLD.iter().map(|kind| message(Side::Server, kind))).collect()
}

/// Every body over HTTP: its path below `docs/`, and its schema.
pub(crate) fn bodies() -> [(String, Value); 2] {
    [
        body(Side::Client, "LogMessageRequest", part::<Content>),
        body(Side::Server, "LogMessage", part::<super::message::Message>),
    ]
}

fn body(side: Side, name: &str, part: Part) -> (String, Value) {
    let (part, mut definitions) = generated(side, part);
    let words = description(&part, &definitions);
    let whole = resolved(part, &mut definitions);
    let mut schema = root(name, &words, whole, definitions);
    close(&mut schema);
    (format!("schemas/live_log/{}/{name}.json", side.of_body()), schema)
}

fn message(side: Side, kind: &Kind) -> Message {
    let (content, mut definitions) = generated(side, kind.content);
    let (own, alone) = generated(side, kind.words);
    let words = description(&own, &alone);
    let mut content = resolved(content, &mut definitions);
    content["properties"][kind.key] = json!({ "const": kind.word });
    match content["required"].as_array_mut() {
        Some(required) => required.insert(0, Value::from(kind.key)),
        None => content["required"] = json!([kind.key]),
    }
    let mut schema = root(kind.word, &words, content, definitions);
    schema["title"] = Value::from(kind.word);
    schema["description"] = Value::from(words.as_str());
    if side == Side::Server {
        close(&mut schema);
    }
    Message { contract: "live_log", side, event: kind.word, schema }
}
