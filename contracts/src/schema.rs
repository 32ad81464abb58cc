//! What the JSON Schemas of all contracts have in common.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// Who sends a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Client,
    Server,
}

impl Side {
    /// The side's name in paths.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

/// One kind of message and its schema.
pub(crate) struct Message {
    pub(crate) contract: &'static str,
    pub(crate) side: Side,
    pub(crate) event: &'static str,
    pub(crate) schema: Value,
}

impl Message {
    /// The path of the schema below `docs/`.
    pub(crate) fn path(&self) -> String {
        let side = self.side.as_str();
        format!("schemas/{}/{side}/{}.json", self.contract, self.file_name())
    }

    /// The event's name without a colon, for file names.
    pub(crate) fn file_name(&self) -> String {
        self.event.replace(':', "_")
    }
}

/// Adds the schema of a type to the generator's definitions and returns what refers to it.
pub(crate) type Part = fn(&mut SchemaGenerator) -> Schema;

/// The [`Part`] of a type.
pub(crate) fn part<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The description of the type that a part refers to.
pub(crate) fn description(part: &Schema, definitions: &Map<String, Value>) -> String {
    let name = part.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let text = name.and_then(|name| definitions.get(name)?.get("description")?.as_str()).unwrap_or_default();
    text.to_owned()
}

/// Adds the head and the definitions to the schema of a whole message.
pub(crate) fn root(title: &str, description: &str, body: Value, definitions: Map<String, Value>) -> Value {
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
    });
    if let (Some(root), Value::Object(body)) = (root.as_object_mut(), body) {
        root.extend(body);
        if !definitions.is_empty() {
            root.insert("$defs".to_owned(), Value::Object(definitions));
        }
    }
    plain(&mut root);
    root
}

/// Removes every `format` that only Rust knows, such as `uint8`: the range is there as well.
fn plain(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("format").is_some_and(Value::is_string) {
                fields.remove("format");
            }
            fields.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Forbids fields that the schema does not name. If a schema has branches, only the whole is closed: a branch does not
/// know the fields of the others.
pub(crate) fn close(schema: &mut Value) {
    close_as(schema, true);
}

const BRANCHES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

fn close_as(schema: &mut Value, whole: bool) {
    let Value::Object(fields) = schema else {
        return;
    };
    let names_fields = fields.contains_key("properties");
    let is_object = fields.get("type").is_some_and(|kind| kind == "object");
    let branches = BRANCHES.iter().any(|branch| fields.contains_key(*branch));
    let composed = names_fields && branches;
    for (key, value) in fields.iter_mut() {
        match (key.as_str(), value) {
            ("properties" | "$defs", Value::Object(named)) => named.values_mut().for_each(close),
            ("items" | "additionalProperties", value) => close(value),
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                branches.iter_mut().for_each(|branch| close_as(branch, whole && !composed))
            }
            _ => {}
        }
    }
    if whole && is_object && !fields.contains_key("additionalProperties") {
        let keyword = if composed { "unevaluatedProperties" } else { "additionalProperties" };
        fields.insert(keyword.to_owned(), Value::Bool(false));
    }
}
