//! The description of all REST addresses in OpenAPI 3.1.

use serde_json::{Value, json};
use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document, PathItem,
        path::Operation,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{accounts, admin, battles, guilds, live_log, standings};

/// Where every address stands a second time.
pub(crate) const VERSIONED: &str = "/api/v1";
/// Where an operation has the schema of its body.
const JSON_BODY: &str = "/requestBody/content/application~1json/schema";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Liap Tui",
        description = "Accounts and battles for developers of apps. Every address stands at the root and again below \
                       `/api/v1`. Errors have one body: a code for programs, a sentence for people, and details.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "auth", description = "Registration, login, tokens. Limited per address and per username."),
        (name = "battles", description = "Rooms: making, finding, joining, starting and giving them up."),
        (name = "state", description = "The state of a battle, actions in it, its past, and hints."),
        (name = "users", description = "Profiles, statistics, the leaderboard."),
        (name = "live log", description = "What services tell; whoever is subscribed at `/ws/live-log` hears it."),
        (name = "guilds", description = "Clubs of accounts: their points, their treasury, their wars."),
        (name = "admin", description = "For operators; `liap-tui admin` speaks it.")
    )
)]
struct Whole;

/// The document, as JSON.
///
/// # Errors
/// When it can't be written.
pub(crate) fn text() -> serde_json::Result<String> {
    let mut document = serde_json::to_value(document())?;
    complete(&mut document);
    serde_json::to_string(&document)
}

/// Says what the attributes of utoipa have no words for.
fn complete(document: &mut Value) {
    // A new password needs the one up to now.
    document["components"]["schemas"]["UserChange"]["anyOf"] = json!([
        { "properties": { "password": { "type": "null" } } },
        { "required": ["currentPassword"], "properties": { "currentPassword": { "type": "string" } } },
    ]);
    // Exactly one target.
    let fields = ["account", "network", "connectionId", "roomId", "playerName"];
    let forms = [&fields[..1], &fields[1..2], &fields[2..3], &fields[3..]].map(|named| {
        let others = fields.iter().filter(|field| !named.contains(field));
        let absent: serde_json::Map<_, _> =
            others.map(|field| ((*field).to_owned(), json!({ "type": "null" }))).collect();
        let present = named.iter().map(|field| ((*field).to_owned(), json!({ "type": "string" })));
        let properties: serde_json::Map<_, _> = absent.into_iter().chain(present).collect();
        json!({ "required": named, "properties": properties })
    });
    document["components"]["schemas"]["TargetFields"]["oneOf"] = json!(forms);
    // A field of state beside an action is refused.
    let actions = document["components"]["schemas"]["SubmittedAction"]["oneOf"].as_array_mut();
    for action in actions.into_iter().flatten() {
        action["additionalProperties"] = json!(false);
    }
    close_messages(&mut document["components"]["schemas"]);
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    paths.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut()).for_each(complete_operation);
}

/// A message of a service has the fields of its type and no other, nor has anyone in its raid. A schema that is put together
/// of others can't be closed, so each type's becomes one.
fn close_messages(schemas: &mut Value) {
    schemas["LogRaidParticipant"]["additionalProperties"] = json!(false);
    let of_log = schemas.as_object_mut().into_iter().flatten().filter(|(name, _)| name.starts_with("Log"));
    let fields = of_log.filter_map(|(_, schema)| schema.get_mut("properties")?.as_object_mut());
    for field in fields.flat_map(|fields| fields.values_mut()) {
        // They have no sign, and so one bit more.
        if field["format"] == "int32" {
            field["format"] = json!("int64");
            let bound = field.as_object_mut().map(|field| field.entry("maximum"));
            bound.map(|bound| bound.or_insert(json!(u32::MAX)));
        }
    }
    let mut kinds = schemas["LogMessageRequest"]["oneOf"].take();
    for kind in kinds.as_array_mut().into_iter().flatten() {
        let fields = kind.pointer("/allOf/0/$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        let Some(mut whole) = fields.and_then(|name| schemas.get(name)).cloned() else { continue };
        if let Some(required) = whole["required"].as_array_mut() {
            required.push(json!("type"));
        }
        allow_null(&mut whole);
        whole["properties"]["type"] = kind["allOf"][1]["properties"]["type"].take();
        whole["additionalProperties"] = json!(false);
        *kind = whole;
    }
    schemas["LogMessageRequest"]["oneOf"] = kinds;
    for facts in ["LogUserMetadata", "LogSystemFacts", "LogPartyFacts", "LogGuildFacts"] {
        schemas[facts]["additionalProperties"] = json!(true);
    }
}

/// Null is the same as a field that is left out, where it may be.
fn allow_null(schema: &mut Value) {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let fields = schema["properties"].as_object_mut().into_iter().flatten();
    for (_, field) in fields.filter(|(name, _)| !required.iter().any(|other| other == *name)) {
        if field["type"].is_string() {
            field["type"] = json!([field["type"], "null"]);
        } else if let Some(other) = field.as_object_mut().and_then(|field| field.remove("$ref")) {
            field["anyOf"] = json!([{ "$ref": other }, { "type": "null" }]);
        }
    }
}

fn complete_operation(operation: &mut Value) {
    // A header that is told of is there.
    let answers = operation.get_mut("responses").and_then(Value::as_object_mut);
    let answers = answers.into_iter().flat_map(|answers| answers.values_mut());
    let headers = answers.filter_map(|answer| answer.get_mut("headers")?.as_object_mut());
    for header in headers.flat_map(|headers| headers.values_mut()) {
        header["required"] = json!(true);
    }
    // A body that may be left out is not null otherwise.
    let Some(schema) = operation.pointer_mut(JSON_BODY) else { return };
    if let Some([body, nothing]) = schema["oneOf"].as_array().map(Vec::as_slice)
        && *nothing == json!({ "type": "null" })
    {
        *schema = body.clone();
    }
}

fn document() -> Document {
    let mut document = Whole::openapi();
    document.merge(accounts::Api::openapi());
    document.merge(battles::Api::openapi());
    document.merge(standings::Api::openapi());
    document.merge(guilds::Api::openapi());
    document.merge(admin::Api::openapi());
    document.merge(live_log::Api::openapi());
    let again: Vec<(String, PathItem)> =
        document.paths.paths.iter().map(|(path, item)| versioned(path, item)).collect();
    document.paths.paths.extend(again);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-API-Key")));
    let components = document.components.get_or_insert_default();
    let mut seat = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    seat.description = Some("`session_token` of a seat (contract *game*): for that seat and nothing else".to_owned());
    components.add_security_scheme("seat", SecurityScheme::Http(seat));
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("apiKey", key);
    document
}

/// The same under the versioned address; an operation's id must not be there twice.
fn versioned(path: &str, item: &PathItem) -> (String, PathItem) {
    let mut item = item.clone();
    let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
    for operation in operations.into_iter().flatten() {
        let Operation { operation_id, .. } = operation;
        *operation_id = operation_id.take().map(|id| format!("v1_{id}"));
    }
    (format!("{VERSIONED}{path}"), item)
}
