//! Every message and every body of contract *live log*, and its schema.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    decode::ACTIONS,
    message::{Content, DirectMessage, GuildMessage, Logged, PartyMessage, RaidMessage, SystemMessage, UserMessage},
    server,
};
use crate::schema::{Message, Part, Side, close, description, part, root};

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

/// Every message, the client's first.
pub(crate) fn messages() -> Vec<Message> {
    let asked = ACTIONS.iter().map(|(word, _, content)| message(Side::Client, &action(word, *content)));
    asked.chain(TOLD.iter().map(|kind| message(Side::Server, kind))).collect()
}

/// Every body over HTTP: its path below `docs/`, and its schema.
pub(crate) fn bodies() -> [(String, Value); 2] {
    [
        body("request", "LogMessageRequest", part::<Content>, SchemaSettings::draft2020_12()),
        body("response", "LogMessage", part::<super::message::Message>, SchemaSettings::draft2020_12().for_serialize()),
    ]
}

fn body(side: &str, name: &str, part: Part, settings: SchemaSettings) -> (String, Value) {
    let mut generator = settings.into_generator();
    let part = part(&mut generator);
    let mut definitions = generator.take_definitions(true);
    let words = description(&part, &definitions);
    let mut whole = definitions.remove(name).unwrap_or_default();
    inline_types(&mut whole, &mut definitions);
    let mut schema = root(name, &words, whole, definitions);
    close(&mut schema);
    (format!("schemas/live_log/{side}/{name}.json"), schema)
}

/// Merges a type of message and its fields into one object, which can be closed; the generator puts the type beside a
/// reference.
fn inline_types(any: &mut Value, definitions: &mut Map<String, Value>) {
    for branch in any["oneOf"].as_array_mut().into_iter().flatten() {
        let name = branch["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default().to_owned();
        let Some(mut fields) = definitions.remove(&name) else { continue };
        fields["properties"]["type"] = branch["properties"]["type"].take();
        if let Some(required) = fields["required"].as_array_mut() {
            required.insert(0, Value::from("type"));
        }
        *branch = fields;
    }
}

fn message(side: Side, kind: &Kind) -> Message {
    let settings = || match side {
        Side::Client => SchemaSettings::draft2020_12(),
        Side::Server => SchemaSettings::draft2020_12().for_serialize(),
    };
    let mut generator = settings().into_generator();
    let content = (kind.content)(&mut generator);
    let mut definitions = generator.take_definitions(true);
    let mut alone = settings().into_generator();
    let own = (kind.words)(&mut alone);
    let words = description(&own, &alone.take_definitions(true));
    let name = content.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let mut content = name.and_then(|name| definitions.remove(name)).unwrap_or_default();
    if let Some(mut any) = definitions.remove("LogMessage") {
        inline_types(&mut any, &mut definitions);
        definitions.insert("LogMessage".to_owned(), any);
    }
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
