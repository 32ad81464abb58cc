//! All REST operations: their routes, and their description in OpenAPI 3.1.

use actix_web::{
    http::Method,
    web::{self, ServiceConfig},
};
use anyhow::Context;
use contracts::battles::error::Refusal;
use serde_json::{Value, json};
use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document, PathItem,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    accounts, admin, battles, guilds,
    limit::limited,
    live_log,
    rest::{
        endpoint::{self, Endpoint},
        page,
    },
    standings,
};

const ENDPOINTS: [&[Endpoint]; 6] = [
    accounts::ENDPOINTS,
    admin::ENDPOINTS,
    battles::ENDPOINTS,
    guilds::ENDPOINTS,
    standings::ENDPOINTS,
    live_log::ENDPOINTS,
];

/// Below this prefix, every address is served a second time.
pub(crate) const VERSIONED: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Liap Tui",
        description = "Accounts and battles for developers of apps. Every address is served at the root and below \
                       `/api/v1`. Errors have one body: a code for programs, a sentence for people, and details.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Refusal)),
    tags(
        (name = "auth", description = "Registration, login, tokens. Limited per address and per username."),
        (name = "battles", description = "Rooms: creating, finding, joining, starting and forfeiting them."),
        (name = "state", description = "The state of a battle, actions in it, its past, and hints."),
        (name = "users", description = "Profiles, statistics, the leaderboard."),
        (name = "live log", description = "Messages of services, which subscribers of `/ws/live-log` receive."),
        (name = "guilds", description = "Clubs of accounts: their points, their treasury, their wars."),
        (name = "admin", description = "For operators; `liap-tui admin` uses it.")
    )
)]
struct Whole;

/// All operations: as routes, and as their description.
pub(crate) struct Api {
    /// The document in JSON.
    pub(crate) description: web::Bytes,
    addresses: Vec<(String, Vec<(Method, &'static Endpoint)>)>,
}

impl Api {
    /// # Errors
    /// When an operation or the document can't be read, which would be a mistake in the code.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let mut addresses: Vec<(String, Vec<_>)> = Vec::new();
        let mut documents = Vec::new();
        for endpoint in ENDPOINTS.into_iter().flatten() {
            let (method, path, document) = endpoint.describe().context("an operation has no method")?;
            documents.push(document);
            match addresses.iter_mut().find(|(other, _)| *other == path) {
                Some((_, methods)) => methods.push((method, endpoint)),
                None => addresses.push((path, vec![(method, endpoint)])),
            }
        }
        let mut document = serde_json::to_value(merged(documents))?;
        complete(&mut document);
        Ok(Self { description: serde_json::to_vec(&document)?.into(), addresses })
    }

    /// Adds the routes.
    pub(crate) fn mount(&self, config: &mut ServiceConfig) {
        for (path, methods) in &self.addresses {
            let route = |(method, endpoint): &(Method, &Endpoint)| {
                (method.clone(), limited((endpoint.route)(), endpoint.limit))
            };
            config.service(page::page(path, methods.iter().map(route)));
        }
    }
}

/// Adds what the attributes of utoipa can't express.
fn complete(document: &mut Value) {
    // A new password needs the current one.
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
    // Fields beside those of the action are refused.
    let actions = document["components"]["schemas"]["SubmittedAction"]["oneOf"].as_array_mut();
    for action in actions.into_iter().flatten() {
        action["additionalProperties"] = json!(false);
    }
    close_messages(&mut document["components"]["schemas"]);
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    paths.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut()).for_each(require_headers);
}

/// A message of a service has only the fields of its type, and so has each participant of its raid. A schema that is
/// composed of others can't be closed, so that each type gets a single one.
fn close_messages(schemas: &mut Value) {
    schemas["LogRaidParticipant"]["additionalProperties"] = json!(false);
    let of_log = schemas.as_object_mut().into_iter().flatten().filter(|(name, _)| name.starts_with("Log"));
    let fields = of_log.filter_map(|(_, schema)| schema.get_mut("properties")?.as_object_mut());
    for field in fields.flat_map(|fields| fields.values_mut()) {
        // They are unsigned, with one bit more.
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

/// An optional field may be null, which means the same as leaving it out.
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

/// A header that is described is always there.
fn require_headers(operation: &mut Value) {
    let answers = operation.get_mut("responses").and_then(Value::as_object_mut);
    let answers = answers.into_iter().flat_map(|answers| answers.values_mut());
    let headers = answers.filter_map(|answer| answer.get_mut("headers")?.as_object_mut());
    for header in headers.flat_map(|headers| headers.values_mut()) {
        header["required"] = json!(true);
    }
}

/// The document of all operations, at the root and again below the version.
fn merged(documents: impl IntoIterator<Item = Document>) -> Document {
    let mut document = Whole::openapi();
    documents.into_iter().for_each(|one| document.merge(one));
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

/// The same below the version, with other ids, as these have to be unique.
fn versioned(path: &str, item: &PathItem) -> (String, PathItem) {
    let mut item = item.clone();
    for (_, operation) in endpoint::operations(&mut item) {
        operation.operation_id = operation.operation_id.take().map(|id| format!("v1_{id}"));
    }
    (format!("{VERSIONED}{path}"), item)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(path: &str, method: &str) -> Value {
        let document: Value = serde_json::from_slice(&Api::new().unwrap().description).unwrap();
        document["paths"][path][method].clone()
    }

    #[test]
    fn what_extractors_need_and_refuse_is_described_with_what_the_handler_refuses() {
        let kick = operation("/battles/{id}/kick", "post");
        assert_eq!(kick["security"], json!([{ "bearer": [] }]));
        let body = json!({ "schema": { "$ref": "#/components/schemas/KickRequest" } });
        assert_eq!(kick["requestBody"], json!({ "content": { "application/json": body }, "required": true }));
        let answers = kick["responses"].as_object().unwrap();
        let statuses: Vec<&str> = answers.keys().map(String::as_str).collect();
        assert_eq!(statuses, ["200", "400", "401", "403", "404", "408", "409", "413", "415", "429", "503"]);
        let forbidden = answers["403"]["description"].as_str().unwrap();
        for code in ["BANNED", "NOT_SEATED", "HOST_ONLY"] {
            assert_eq!(forbidden.matches(&format!("`{code}`: ")).count(), 1, "{forbidden}");
        }
    }

    #[test]
    fn a_reason_of_the_handler_replaces_the_text_of_the_code() {
        let limited = &operation("/users/me", "patch")["responses"]["429"]["description"];
        assert_eq!(*limited, "`RATE_LIMITED`: Too many requests; attempts on the password count as logins.");
    }
}
