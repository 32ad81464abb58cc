//! The description of all REST addresses in OpenAPI 3.1.

use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document, PathItem,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{accounts, admin, battles, standings};

/// Where every address stands a second time.
pub(crate) const VERSIONED: &str = "/api/v1";

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
        (name = "admin", description = "For operators; `liap-tui admin` speaks it.")
    )
)]
struct Whole;

/// The document.
pub(crate) fn document() -> Document {
    let mut document = Whole::openapi();
    document.merge(accounts::Api::openapi());
    document.merge(battles::Api::openapi());
    document.merge(standings::Api::openapi());
    document.merge(admin::Api::openapi());
    let again: Vec<(String, PathItem)> =
        document.paths.paths.iter().map(|(path, item)| versioned(path, item)).collect();
    document.paths.paths.extend(again);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(bearer));
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
