//! What the JSON Schemas of all contracts have in common.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
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

    /// The same for bodies over HTTP.
    pub(crate) const fn of_body(self) -> &'static str {
        match self {
            Self::Client => "request",
            Self::Server => "response",
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
    /// A message whose content `frame` puts into its envelope. The server adds no field that the schema does not name.
    pub(crate) fn new(
        contract: &'static str,
        side: Side,
        event: &'static str,
        content: Part,
        frame: impl FnOnce(Value) -> Value,
    ) -> Self {
        let (content, definitions) = generated(side, content);
        let words = description(&content, &definitions);
        let mut schema = root(event, &words, frame(content.to_value()), definitions);
        if side == Side::Server {
            close(&mut schema);
        }
        Self { contract, side, event, schema }
    }

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

/// The schema of a part, and those that it refers to, as this side writes them.
pub(crate) fn generated(side: Side, part: Part) -> (Schema, Map<String, Value>) {
    let settings = SchemaSettings::draft2020_12();
    let settings = if side == Side::Server { settings.for_serialize() } else { settings };
    let mut generator = settings.into_generator();
    let schema = part(&mut generator);
    (schema, generator.take_definitions(true))
}

/// The name of the type that a part refers to; `None` if its schema is inlined.
pub(crate) fn name(part: &Schema) -> Option<&str> {
    part.get("$ref")?.as_str()?.rsplit('/').next()
}

/// The description of the type that a part stands for.
pub(crate) fn description(part: &Schema, definitions: &Map<String, Value>) -> String {
    let text = match name(part) {
        Some(name) => definitions.get(name).and_then(|schema| schema.get("description")),
        None => part.get("description"),
    };
    text.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The schema of the type that a part stands for, which is no longer among the definitions.
pub(crate) fn resolved(part: Schema, definitions: &mut Map<String, Value>) -> Value {
    match name(&part) {
        Some(name) => definitions.remove(name).unwrap_or_default(),
        None => part.to_value(),
    }
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
