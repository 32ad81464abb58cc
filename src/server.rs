//! The HTTP server on its sockets, with every bound on what a connection may use. It is built from parts, because each
//! connection's socket is shared with the session that it may become.

use std::{
    convert::Infallible,
    future::ready,
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_http::{HttpServiceBuilder, error::DispatchError};
use actix_service::{IntoServiceFactory, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_tls::accept::{
    TlsError, max_concurrent_tls_connect,
    rustls_0_23::{Acceptor, TlsStream},
};
use actix_web::{
    App, Error,
    dev::{AppConfig, Extensions, Server},
    middleware::from_fn,
    rt::net::TcpStream,
};
use actors::{
    mistakes,
    outbox::{Wire, WireStream},
};
use anyhow::Context;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::{
    gate::Gate,
    http, ready as readiness,
    rest::{self, bans, cors, headers, host, rates, request_id, transport},
    settings::{EdgeSettings, ServeSettings},
    tls::Tls,
    watch::{self, Watch},
};

/// What every connection is served with.
#[derive(Clone)]
struct Counter {
    shared: http::Shared,
    watch: Watch,
    edge: EdgeSettings,
    gate: Gate,
}

/// A connection that speaks HTTP.
trait Connected: AsyncRead + AsyncWrite + Unpin + 'static {
    fn wire(&self) -> &Arc<Wire>;
}

impl Connected for WireStream {
    fn wire(&self) -> &Arc<Wire> {
        self.wire()
    }
}

impl Connected for TlsStream<WireStream> {
    fn wire(&self) -> &Arc<Wire> {
        self.get_ref().0.wire()
    }
}

/// Serves on the bound sockets, with TLS or without.
///
/// # Errors
/// When a socket can't be used.
pub(crate) fn serve(
    settings: &ServeSettings,
    shared: http::Shared,
    watch: &Watch,
    listeners: Vec<TcpListener>,
    tls: Option<&Tls>,
) -> anyhow::Result<Server> {
    let (edge, workers) = (&settings.edge, settings.threads());
    let gate = Gate::new(settings, shared.proxies().clone());
    max_concurrent_tls_connect(edge.tls_handshakes().div_ceil(workers));
    let mut server = Server::build()
        .workers(workers)
        // The gate closes what is too much; this is the same bound again, for each thread.
        .max_concurrent_connections(gate.sockets().div_ceil(workers).saturating_add(1))
        .shutdown_timeout(5)
        .disable_signals();
    let counter = Counter { shared, watch: watch.clone(), edge: edge.clone(), gate };
    for listener in listeners {
        let counter = counter.clone();
        server = match tls.map(Tls::server_config) {
            None => server.listen("http", listener, move || {
                counter.shared.engine().readers().join();
                counter.plain()
            }),
            Some(tls) => server.listen("https", listener, move || {
                counter.shared.engine().readers().join();
                counter.encrypted(tls.clone())
            }),
        }
        .context("can't serve on the bound socket")?;
    }
    Ok(server.run())
}

impl Counter {
    fn plain(&self) -> impl ServiceFactory<TcpStream, Config = (), InitError = ()> + use<> {
        let gate = self.gate.clone();
        let wired = fn_service(move |stream: TcpStream| {
            let stream = wired(stream, false, &gate);
            ready(stream.map(|(stream, peer)| (stream, Some(peer))).map_err(DispatchError::Io))
        });
        wired.and_then(self.http::<WireStream>())
    }

    fn encrypted(&self, tls: ServerConfig) -> impl ServiceFactory<TcpStream, Config = (), InitError = ()> + use<> {
        let mut acceptor = Acceptor::new(tls);
        acceptor.set_handshake_timeout(self.edge.request_timeout());
        let gate = self.gate.clone();
        let wired = fn_service(move |stream: TcpStream| {
            ready(wired(stream, true, &gate).map(|(stream, _)| stream).map_err(drop))
        });
        let acceptor = acceptor.map_err(|error| blame(&error));
        let accepted = wired.and_then(acceptor).map(|stream: TlsStream<WireStream>| {
            let peer = stream.wire().peer().ok();
            (stream, peer)
        });
        accepted.and_then(self.http::<TlsStream<WireStream>>().map_err(|_| ()))
    }

    fn http<T: Connected>(
        &self,
    ) -> impl ServiceFactory<(T, Option<SocketAddr>), Config = (), Response = (), Error = DispatchError, InitError = ()>
    + use<T> {
        let Self { shared, watch, edge, gate: _ } = self.clone();
        let app = App::new()
            .wrap(from_fn(rates::counted))
            .wrap(from_fn(readiness::once_recovered))
            .wrap(cors::cors(shared.origins()))
            .wrap(from_fn(cors::explained))
            .wrap(from_fn(transport::checked))
            .wrap(from_fn(host::checked))
            .wrap(from_fn(bans::checked))
            .wrap(from_fn(headers::safe))
            .wrap(from_fn(request_id::identified))
            .wrap(from_fn(rest::mistakes::counted))
            .wrap(from_fn(watch::watched))
            .configure(|config| http::routes(config, &shared));
        let app = app.into_factory().map_err(|error: Error| error.error_response());
        HttpServiceBuilder::default()
            .client_request_timeout(edge.request_timeout())
            .keep_alive(edge.keep_alive())
            // Zero closes at once; small values can leave a closed socket open.
            .client_disconnect_timeout(Duration::ZERO)
            .on_connect_ext(move |stream: &T, extensions: &mut Extensions| {
                let wire = stream.wire();
                extensions.insert(Arc::clone(wire));
                extensions.insert(watch.begin(wire));
            })
            .h1(map_config(app, |()| AppConfig::default()))
            .map_err(|error| {
                if let DispatchError::Parse(_) | DispatchError::SlowRequestTimeout = error {
                    mistakes::count("http_unreadable");
                }
                error
            })
    }
}

/// Counts a failed TLS handshake, which can't be answered.
fn blame(error: &TlsError<io::Error, Infallible>) {
    mistakes::count("tls_handshake");
    log::debug!("a TLS handshake failed: {error:?}");
}

/// Bytes beyond the client's window that the kernel keeps for a connection. Its default lets megabytes wait there, and
/// calls a socket writable only when a third of them is sent: a slow reader would look like one that reads nothing.
#[cfg(target_os = "linux")]
const UNSENT_BYTES: u32 = 32 * 1024;

/// # Errors
/// If the gate admits no more sockets of the address, or the socket has been closed already.
fn wired(stream: TcpStream, encrypted: bool, gate: &Gate) -> io::Result<(WireStream, SocketAddr)> {
    let peer = stream.peer_addr()?;
    let ticket = gate.admit(peer).ok_or(io::ErrorKind::QuotaExceeded)?;
    // Nagle would hold small messages back for up to 40 ms. A socket that takes no option is broken, which reading
    // shows.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT_BYTES);
    Ok((WireStream::new(stream, encrypted, ticket), peer))
}
