//! Every URL on one page, and the plain ones' answers.

use actix_web::{Error, HttpResponse, web};
use actors::Engine;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use crate::upgrade;

/// All routes.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/health", web::get().to(health))
        .route("/ready", web::get().to(ready))
        .route("/metrics", web::get().to(metrics))
        .route("/ws/lobby", web::get().to(upgrade::lobby))
        .route("/ws/{room_id}", web::get().to(upgrade::room))
        .default_service(web::to(not_found));
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

async fn not_found() -> HttpResponse {
    HttpResponse::NotFound().json(json!({ "code": "NOT_FOUND", "message": "There is nothing at this address" }))
}

/// 400: a request without a WebSocket handshake, at an address that speaks nothing else.
pub(crate) fn no_websocket(error: &Error) -> HttpResponse {
    let message = format!("this address speaks WebSocket, and the request is no handshake: {error}");
    HttpResponse::BadRequest().json(json!({ "code": "BAD_HANDSHAKE", "message": message }))
}

/// 503 with a reason.
pub(crate) fn unavailable(reason: &str) -> HttpResponse {
    HttpResponse::ServiceUnavailable().json(json!({ "code": "UNAVAILABLE", "message": reason }))
}
