//! The components of OpenAPI 3.1. Its schemas are JSON Schemas (2020-12), so each is made of the one that the type has.

use std::borrow::Cow;

use schemars::{
    JsonSchema,
    generate::{Contract, SchemaSettings},
};
use serde_json::{Map, Value};
use utoipa::openapi::{
    RefOr,
    schema::{ObjectBuilder, Schema, SchemaType},
};

/// Where the document has the schemas that others refer to.
const COMPONENTS: &str = "/components/schemas";

/// Makes components of types that clients or the server send.
macro_rules! components {
    ($($contract:ident: $($type:ty),+;)+) => {$($(
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::openapi::component::<Self>(schemars::generate::Contract::$contract).0
            }
        }

        impl utoipa::ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                <Self as schemars::JsonSchema>::schema_name()
            }

            fn schemas(all: &mut Vec<$crate::openapi::Component>) {
                all.extend($crate::openapi::component::<Self>(schemars::generate::Contract::$contract).1);
            }
        }
    )+)+};
}
pub(crate) use components;

/// A schema and its name.
pub(crate) type Component = (String, RefOr<Schema>);

/// The schema of a type, and those that it refers to.
pub(crate) fn component<T: JsonSchema>(contract: Contract) -> (RefOr<Schema>, Vec<Component>) {
    let mut settings = SchemaSettings::draft2020_12();
    settings.contract = contract;
    settings.definitions_path = Cow::Borrowed(COMPONENTS);
    let mut generator = settings.into_generator();
    let _reference = generator.subschema_for::<T>();
    let mut definitions = generator.take_definitions(true);
    let own = definitions.remove(T::schema_name().as_ref()).unwrap_or_default();
    (raw(own), definitions.into_iter().map(|(name, schema)| (name, raw(schema))).collect())
}

/// A schema as it is: utoipa has no words for many keywords, but writes extensions of any name.
fn raw(mut schema: Value) -> RefOr<Schema> {
    adapt(&mut schema);
    let keywords = schema.as_object_mut().map(std::mem::take).unwrap_or_default();
    let schema = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    schema.extensions(Some(keywords.into_iter().collect())).into()
}

/// Writes a schema as generators of clients like it: closed lists as `enum`, and formats that OpenAPI knows.
fn adapt(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            keywords.values_mut().for_each(adapt);
            adapt_keywords(keywords);
        }
        Value::Array(items) => items.iter_mut().for_each(adapt),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn adapt_keywords(keywords: &mut Map<String, Value>) {
    if let Some(only) = keywords.remove("const") {
        keywords.insert("enum".to_owned(), Value::from(vec![only]));
    }
    if let Some(words) = keywords.get("oneOf").and_then(Value::as_array).and_then(|forms| closed_list(forms)) {
        keywords.remove("oneOf");
        keywords.insert("type".to_owned(), Value::from("string"));
        keywords.insert("enum".to_owned(), words);
    }
    let format = match keywords.get("format").and_then(Value::as_str) {
        Some("uint8" | "uint16" | "int8" | "int16") => "int32",
        Some("uint32") if keywords.contains_key("maximum") => "int32",
        Some("uint32") => {
            keywords.insert("maximum".to_owned(), Value::from(u32::MAX));
            "int64"
        }
        Some("uint64") => "int64",
        Some("uint" | "int") => {
            keywords.remove("format");
            return;
        }
        _ => return,
    };
    keywords.insert("format".to_owned(), Value::from(format));
}

/// The words of a list, if that is all that the forms are; their descriptions are in the schemas below `docs/`.
fn closed_list(forms: &[Value]) -> Option<Value> {
    let words = |form: &Value| (form["type"] == "string").then(|| form["enum"].as_array().cloned())?;
    Some(Value::Array(forms.iter().map(words).collect::<Option<Vec<_>>>()?.concat()))
}
