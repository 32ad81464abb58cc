//! Every URL on one page, and the plain ones' answers.

use actix_web::{Error, HttpResponse, web};
use actors::Engine;
use contracts::battles::error::{Code, Refusal};
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    accounts::{self, Accounts},
    admin,
    rest::{answer::Refused, limit::Attempts, openapi, page},
    settings::AuthSettings,
    upgrade,
};

/// What the handlers of all threads share.
#[derive(Clone)]
pub(crate) struct Shared {
    engine: web::Data<Engine>,
    accounts: web::Data<Accounts>,
    attempts: web::Data<Attempts>,
    metrics: web::Data<PrometheusHandle>,
    max_body: usize,
}

impl Shared {
    pub(crate) fn new(
        settings: &AuthSettings,
        engine: Engine,
        accounts: Accounts,
        metrics: web::Data<PrometheusHandle>,
    ) -> Self {
        Self {
            engine: web::Data::new(engine),
            accounts: web::Data::new(accounts),
            attempts: web::Data::new(Attempts::new(settings.battles_auth_per_minute)),
            metrics,
            max_body: settings.max_body(),
        }
    }
}

/// All routes.
pub(crate) fn routes(config: &mut web::ServiceConfig, shared: &Shared) {
    config
        .app_data(shared.engine.clone())
        .app_data(shared.accounts.clone())
        .app_data(shared.attempts.clone())
        .app_data(shared.metrics.clone())
        .app_data(web::PayloadConfig::new(shared.max_body))
        .app_data(web::FormConfig::default().limit(shared.max_body))
        .service(page::get("/health", web::route().to(health)))
        .service(page::get("/ready", web::route().to(ready)))
        .service(page::get("/metrics", web::route().to(metrics)))
        .service(page::get("/ws/lobby", web::route().to(upgrade::lobby)))
        .service(page::get("/ws/{room_id}", web::route().to(upgrade::room)))
        .service(web::redirect("/api/docs", "/api/docs/"))
        .service(browsable())
        .service(web::scope(openapi::VERSIONED).configure(accounts::routes).configure(admin::routes))
        .configure(accounts::routes)
        .configure(admin::routes)
        .default_service(web::to(not_found));
}

/// The description and a page to read and try it; all of it comes from here, and the page asks nobody else.
fn browsable() -> SwaggerUi {
    let page = SwaggerUi::new("/api/docs/{_:.*}").config(Config::default().validator_url("none"));
    page.url("/api/openapi.json", openapi::document())
}

/// The process lives.
async fn health(engine: web::Data<Engine>) -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "rooms": engine.rooms().len(),
        "connections": engine.connections().len(),
    }))
}

/// New players are welcome; not while the server stops.
async fn ready(engine: web::Data<Engine>) -> HttpResponse {
    if engine.is_draining() {
        return unavailable("the server is stopping");
    }
    HttpResponse::Ok().json(json!({ "status": "ready" }))
}

/// Prometheus' text format.
async fn metrics(handle: web::Data<PrometheusHandle>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(handle.render())
}

async fn not_found() -> Result<HttpResponse, Refused> {
    Err(Refusal::new(Code::NotFound, "there is nothing at this address").into())
}

/// 400: a request without a WebSocket handshake, at an address that speaks nothing else.
pub(crate) fn no_websocket(error: &Error) -> HttpResponse {
    let message = format!("this address speaks WebSocket, and the request is no handshake: {error}");
    HttpResponse::BadRequest().json(json!({ "code": "BAD_HANDSHAKE", "message": message }))
}

/// 503 with a reason.
pub(crate) fn unavailable(reason: &str) -> HttpResponse {
    HttpResponse::ServiceUnavailable().json(Refusal::new(Code::Unavailable, reason))
}
