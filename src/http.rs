//! Every URL on one page, and the simple answers.

use std::{future::ready, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse, Route,
    http::header::ContentType,
    middleware::from_fn,
    web::{self, ServiceConfig},
};
use actors::Engine;
use contracts::battles::error::Code;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;
use store::Store;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    accounts::Accounts,
    guilds::WarLength,
    live_log::Access,
    monitoring,
    openapi::{self, Api},
    page::{self as client_page, site::Site},
    ready::{Readiness, is_ready},
    rest::{
        answer::Refused,
        body::Patience,
        client::Proxies,
        handshake,
        host::Hosts,
        origin::Origins,
        page,
        rates::{self, AllRequests, RateLimits},
        request_id::InErrors,
        transport::PlainHttp,
    },
    settings::{EdgeSettings, ServeSettings},
    upgrade,
};

/// The address of the OpenAPI document.
const DESCRIPTION: &str = "/api/openapi.json";

/// What the handlers of all threads share.
#[derive(Clone)]
pub(crate) struct Shared {
    engine: Engine,
    readiness: Readiness,
    proxies: web::Data<Proxies>,
    origins: Origins,
    api: Arc<Api>,
    data: Vec<Datum>,
}

/// Gives the handlers of a thread something that they share.
type Datum = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

fn datum<T: Clone + Send + Sync + 'static>(datum: T) -> Datum {
    Arc::new(move |config| {
        config.app_data(datum.clone());
    })
}

fn shared<T: Send + Sync + 'static>(value: T) -> Datum {
    datum(web::Data::new(value))
}

/// The proxies and sites that the operator trusts.
pub(crate) struct Trust {
    proxies: Proxies,
    origins: Origins,
}

impl Trust {
    /// # Errors
    /// A sentence on the setting that is wrong.
    pub(crate) fn parse(settings: &EdgeSettings) -> anyhow::Result<Self> {
        let proxies = Proxies::parse(&settings.trusted_proxies)?;
        Ok(Self { proxies, origins: Origins::parse(&settings.cors_origins)? })
    }
}

impl Shared {
    /// # Errors
    /// As [`Api::new`].
    pub(crate) fn new(
        settings: &ServeSettings,
        trust: Trust,
        hosts: Hosts,
        engine: Engine,
        accounts: Accounts,
        store: Store,
        metrics: web::Data<PrometheusHandle>,
    ) -> anyhow::Result<Self> {
        let readiness = Readiness::new(engine.clone(), store.clone());
        let proxies = web::Data::new(trust.proxies);
        let max_body = settings.auth.max_body();
        let data = vec![
            shared(engine.clone()),
            shared(engine.bans().clone()),
            shared(readiness.clone()),
            shared(accounts),
            shared(store),
            shared(RateLimits::new(&settings.limits)),
            shared(AllRequests::new(settings.limits.all_requests_per_minute)),
            shared(WarLength(settings.guild_war_length())),
            shared(PlainHttp::of(settings)),
            shared(InErrors(settings.api_debug)),
            shared(monitoring::Readers::new(&settings.metrics)),
            shared(Access::new(&settings.live_log, &settings.auth)),
            shared(Site::embedded()),
            datum(metrics),
            datum(proxies.clone()),
            datum(trust.origins.clone()),
            datum(hosts),
            datum(Patience(settings.edge.request_timeout())),
            datum(web::PayloadConfig::new(max_body)),
            // Not `Send`, so each thread makes its own.
            Arc::new(move |config| {
                config.app_data(web::FormConfig::default().limit(max_body));
            }),
        ];
        Ok(Self { engine, readiness, proxies, origins: trust.origins, api: Arc::new(Api::new()?), data })
    }

    pub(crate) const fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) const fn readiness(&self) -> &Readiness {
        &self.readiness
    }

    pub(crate) const fn proxies(&self) -> &web::Data<Proxies> {
        &self.proxies
    }

    pub(crate) const fn origins(&self) -> &Origins {
        &self.origins
    }
}

/// All routes.
pub(crate) fn routes(config: &mut ServiceConfig, shared: &Shared) {
    shared.data.iter().for_each(|datum| datum(config));
    config
        .configure(client_page::routes)
        .service(page::get("/health", web::route().to(health)))
        .service(page::get("/ready", web::route().to(is_ready)))
        .service(page::get("/metrics", web::route().to(monitoring::metrics)))
        .service(page::get("/ws", socket(web::route().to(upgrade::either))))
        .service(page::get("/ws/state", socket(web::route().to(upgrade::state))))
        .service(page::get("/ws/chat", socket(web::route().to(upgrade::chat))))
        .service(page::get("/ws/live-log", socket(web::route().to(upgrade::live_log))))
        .service(page::get("/ws/lobby", socket(web::route().to(upgrade::lobby))))
        .service(page::get("/ws/battles/{id}", socket(web::route().to(upgrade::battle))))
        .service(page::get("/ws/{room_id}", socket(web::route().to(upgrade::room))))
        .service(page::get(DESCRIPTION, described(shared.api.description.clone()).wrap(from_fn(rates::others))))
        .service(web::redirect("/api/docs", "/api/docs/"))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from(DESCRIPTION).validator_url("none")))
        .service(web::scope(openapi::VERSIONED).configure(|config| shared.api.mount(config)))
        .configure(|config| shared.api.mount(config))
        .default_service(web::to(not_found).wrap(from_fn(rates::others)));
}

/// A route that accepts only WebSocket handshakes.
fn socket(route: Route) -> Route {
    route.wrap(from_fn(handshake::checked))
}

/// The OpenAPI document. The page that shows it comes from this server, too, and loads nothing from others.
fn described(description: web::Bytes) -> Route {
    web::get().to(move || ready(HttpResponse::Ok().content_type(ContentType::json()).body(description.clone())))
}

/// Reports that the process lives, with a few figures.
async fn health(engine: web::Data<Engine>) -> HttpResponse {
    let disk = engine.disk().map(|(state, usable)| json!({ "state": state.as_str(), "usableBytes": usable }));
    HttpResponse::Ok().json(json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "rooms": engine.rooms().len(),
        "connections": engine.connections().len(),
        "disk": disk,
    }))
}

async fn not_found(request: HttpRequest) -> Result<HttpResponse, Refused> {
    if let Some(page) = client_page::missing(&request) {
        return Ok(page);
    }
    Err(Code::NotFound.into())
}
