//! What is stored beside the body of a message: for filters, for the search and for who may see it.

use std::collections::BTreeMap;

use serde_json::Value;
use vocabulary::AccountId;

/// See [`LogMessage`](vocabulary::LogMessage), whose fields these become.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) users: Vec<String>,
    pub(super) channel: Option<String>,
    pub(super) audience: Option<Vec<AccountId>>,
    names: Vec<String>,
    texts: Vec<String>,
}

impl Facts {
    pub(super) fn user(&mut self, id: &str) {
        let id = plain(id);
        if !self.users.contains(&id) {
            self.users.push(id);
        }
    }

    pub(super) fn name(&mut self, name: &str) {
        self.names.push(plain(name));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.texts.push(plain(text));
    }

    /// Adds a word of the contract, as people would search for it.
    pub(super) fn word(&mut self, word: &str) {
        self.texts.push(word.replace('_', " "));
    }

    pub(super) fn names(&self) -> String {
        self.names.join("\n")
    }

    pub(super) fn texts(&self) -> String {
        self.texts.join("\n")
    }
}

/// The text without control characters, which not every database can store.
fn plain(text: &str) -> String {
    text.replace(|sign: char| sign.is_control() && sign != '\n', " ")
}

/// Adds what can be found in unknown fields: ids of users, names and all other texts. Other ids can't be searched.
pub(super) fn more(fields: &BTreeMap<String, Value>, facts: &mut Facts) {
    for (field, value) in fields {
        gather(field, value, facts);
    }
}

fn gather(field: &str, value: &Value, facts: &mut Facts) {
    match value {
        Value::String(id) if ["user_id", "member_id"].contains(&field) => facts.user(id),
        Value::String(_) if field == "id" || field.ends_with("_id") => {}
        Value::String(name) if field.ends_with("name") => facts.name(name),
        Value::String(text) => facts.text(text),
        Value::Array(items) => items.iter().for_each(|item| gather(field, item, facts)),
        Value::Object(fields) => fields.iter().for_each(|(field, value)| gather(field, value, facts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
