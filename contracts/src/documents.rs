//! The documents that describe the contracts, generated from the types: a JSON Schema for every message and an AsyncAPI
//! document for every contract. `make docs` writes them into `docs/`.

use serde_json::Value;

use crate::{battles, chat, game, live_log, state};

/// All documents: the path below `docs/`, and the text. Always the same, in the same order.
pub fn documents() -> Vec<(String, String)> {
    let messages = game::schema::messages().into_iter().chain(battles::schema::messages());
    let messages = messages.chain(live_log::schema::messages());
    let mut documents: Vec<(String, String)> =
        messages.map(|message| (message.path(), pretty(&message.schema))).collect();
    documents.extend(battles::schema::bodies().iter().map(|(path, schema)| (path.clone(), pretty(schema))));
    documents.extend(live_log::schema::bodies().iter().map(|(path, schema)| (path.clone(), pretty(schema))));
    documents.push(("asyncapi/game.yaml".to_owned(), game::asyncapi::document()));
    documents.push(("asyncapi/battles.yaml".to_owned(), battles::asyncapi::document()));
    let messages = chat::schema::messages().into_iter().chain(state::schema::messages());
    documents.extend(messages.map(|message| (message.path(), pretty(&message.schema))));
    documents.push(("asyncapi/chat.yaml".to_owned(), chat::asyncapi::document()));
    documents.push(("asyncapi/state.yaml".to_owned(), state::asyncapi::document()));
    documents.push(("asyncapi/live_log.yaml".to_owned(), live_log::asyncapi::document()));
    documents
}

fn pretty(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
