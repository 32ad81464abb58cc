//! `/metrics`, and who may read it: its figures about load and limits would help an attacker, too.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{FORWARDED, HeaderName, X_FORWARDED_FOR},
    web::Data,
};
use actors::Engine;
use contracts::battles::error::{Code, Refusal};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{
    accounts,
    admin::Operator,
    process::Consumption,
    rest::{answer::Refused, client},
    secret,
    settings::MetricsSettings,
};

/// Headers that proxies add. A request with one of them came through a proxy, whoever runs it.
const PROXIED: [HeaderName; 3] = [X_FORWARDED_FOR, FORWARDED, HeaderName::from_static("x-real-ip")];

/// Who may read the metrics.
pub(crate) struct Readers {
    everybody: bool,
    /// A hash, so that comparing takes the same time for every guess.
    token: Option<[u8; 32]>,
}

impl Readers {
    pub(crate) fn new(settings: &MetricsSettings) -> Self {
        let token = settings.metrics_token.as_deref().filter(|token| !token.is_empty());
        Self { everybody: settings.metrics_public, token: token.map(secret::hash) }
    }

    /// Whether the client may read the metrics without being an operator.
    fn admits(&self, request: &HttpRequest) -> bool {
        let shown = || accounts::bearer(request).map(secret::hash);
        self.everybody || is_local(request) || (self.token.is_some() && shown() == self.token)
    }
}

/// Whether the client is on this machine. An untrusted proxy on this machine may carry strangers, so nothing that came
/// through one is local.
fn is_local(request: &HttpRequest) -> bool {
    let address = client::address(request).to_canonical();
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let is_direct = peer == Some(address) && !PROXIED.iter().any(|header| request.headers().contains_key(header));
    is_direct && address.is_loopback()
}

/// Returns the metrics in the text format of Prometheus.
pub(crate) async fn metrics(
    engine: Data<Engine>,
    handle: Data<PrometheusHandle>,
    readers: Data<Readers>,
    operator: Option<Operator>,
    request: HttpRequest,
) -> Result<HttpResponse, Refused> {
    if operator.is_none() && !readers.admits(&request) {
        let words = "The metrics are for this machine, operators and holders of METRICS_TOKEN; METRICS_PUBLIC=true \
                     opens them to everybody";
        return Err(Refusal::new(Code::Forbidden, words).into());
    }
    // With many labels it takes milliseconds, too long for a serving thread.
    let handle = handle.into_inner();
    let rendering = move || handle.render() + &Consumption::now().map(Consumption::exposition).unwrap_or_default();
    let text = engine.background().run(rendering).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
}
