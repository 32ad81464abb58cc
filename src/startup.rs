//! Start and stop: bind, report the port, serve until told to stop.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use actix_web::{dev::ServerHandle, rt::task::JoinHandle, web};
use actors::{Bans, Engine, mistakes};
use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use store::Store;

use crate::{
    accounts::Accounts,
    guilds::{self, ending, telling},
    http, listen, ready,
    rest::host::Hosts,
    server,
    settings::{Claim, ServeSettings},
    standings::{ledger::Ledger, weight::Weighing},
    tls::{self, Tls},
    watch::Watch,
};

/// A server that listens and is about to serve.
pub struct Application {
    port: u16,
    tls: Option<Tls>,
    engine: Engine,
    kept: Kept,
    handle: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
    watch: Watch,
}

/// What is open as long as the server lives.
struct Kept {
    store: Store,
    /// Background tasks; stopping them loses nothing.
    tasks: Vec<JoinHandle<()>>,
    _claim: Option<Claim>,
}

impl Application {
    /// Binds the port, starts the actors and restores the rooms of the last process; meanwhile `/health`, `/ready` and
    /// `/metrics` are served.
    ///
    /// # Errors
    /// A sentence that says what to do, if the address is not available or the store can't be read.
    pub async fn build(settings: &ServeSettings) -> anyhow::Result<Self> {
        settings.check()?;
        let tls = tls::configuration(&settings.edge)?;
        let trust = http::Trust::parse(&settings.edge)?;
        let addresses = listen::addresses(&settings.api_host, settings.api_port)?;
        settings.check_addresses(&addresses, tls.is_some())?;
        let listeners = listen::listen(&settings.api_host, addresses)?;
        let hosts = Hosts::new(settings, &listeners)?;
        let port = listeners.first().context("no address to listen on")?.local_addr()?.port();
        let metrics = web::Data::new(recorder()?);
        actix_web::rt::spawn(keep_up(metrics.clone()));
        actix_web::rt::spawn(mistakes::keep_summing_up());
        let mut kept = kept(settings).await?;
        let bans = Bans::new(kept.store.clone());
        bans.load().await.context("the bans can't be read")?;
        let accounts = Accounts::open(settings, kept.store.clone(), bans.clone())?;
        // Before any task is started, as a mistake in the first admin's settings ends the process.
        accounts.ensure_admin(&settings.admin).await?;
        actix_web::rt::spawn(accounts.clone().purge());
        let engine = Engine::start_with(settings.engine(), kept.store.clone(), bans);
        engine.watch_disk().await;
        let shared = http::Shared::new(settings, trust, hosts, engine.clone(), accounts, kept.store.clone(), metrics)?;
        let readiness = shared.readiness().clone();
        let watch = Watch::new(settings.edge.idle());
        actix_web::rt::spawn(watch.clone().keep_up(engine.clone()));
        let server = server::serve(settings, shared, &watch, listeners, tls.as_ref())?;
        let (handle, serving) = (server.handle(), actix_web::rt::spawn(server));
        log::info!("the server answers on port {port}");
        recover(&engine, settings.threads()).await?;
        readiness.note_recovered();
        kept.start_tasks(&engine, ledger(settings.rated_games_per_hour));
        if let Some(tls) = tls.clone() {
            kept.tasks.push(actix_web::rt::spawn(tls.keep_up()));
        }
        Ok(Self { port, tls, engine, kept, handle, serving, watch })
    }

    /// The port that it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether it accepts only https and wss.
    pub fn speaks_tls(&self) -> bool {
        self.tls.is_some()
    }

    /// Reads the certificate again each time that `asked` returns true. Nothing else can change while the server runs.
    pub fn reload_on(&mut self, mut asked: impl AsyncFnMut() -> bool + 'static) {
        let tls = self.tls.clone();
        self.kept.tasks.push(actix_web::rt::spawn(async move {
            while asked().await {
                log::info!("reloading");
                if let Some(tls) = &tls {
                    tls.reload().await;
                }
            }
        }));
    }

    /// Serves until `stop` completes; then every session is notified and closed.
    ///
    /// # Errors
    /// When the server itself fails.
    pub async fn run_until(self, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
        let Self { engine, kept, handle, serving, watch, .. } = self;
        let stopping = async {
            stop.await;
            log::info!("stopping: notifying {} connections", engine.connections().len());
            engine.drain();
            wait_for_sessions(&engine).await;
            engine.flush_journal().await;
            if let Err(error) = engine.live_log().flush().await {
                log::warn!("the last messages of the live log may be lost: {error}");
            }
            watch.stop();
            handle.stop(true).await;
            mistakes::sum_up();
        };
        let (served, ()) = tokio::join!(serving, stopping);
        kept.tasks.iter().for_each(JoinHandle::abort);
        kept.store.close().await;
        served.context("the server failed")?.context("the server failed")
    }
}

/// Opens the store, for this process alone.
async fn kept(settings: &ServeSettings) -> anyhow::Result<Kept> {
    // Before the database is opened, as that may migrate it from an older version.
    let claim = settings.store.claim()?;
    let store = Store::open(&settings.store.location()).await?;
    if let Some(claim) = &claim {
        store.keep(claim.file());
    }
    Ok(Kept { store, tasks: Vec::new(), _claim: claim })
}

impl Kept {
    fn start_tasks(&mut self, engine: &Engine, ledger: Ledger) {
        self.tasks = vec![
            actix_web::rt::spawn(ledger.keep(self.store.clone(), engine.clone())),
            actix_web::rt::spawn(ending::keep(self.store.clone(), ledger)),
            actix_web::rt::spawn(telling::keep(self.store.clone(), engine.clone())),
            actix_web::rt::spawn(ready::watch_files(self.store.clone())),
        ];
    }
}

/// The ledger in which guilds earn points, too.
#[must_use]
pub const fn ledger(rated_games_per_hour: u32) -> Ledger {
    Ledger::new(Weighing { games_per_hour: rated_games_per_hour }, guilds::earn)
}

/// Restores the rooms of the last process.
async fn recover(engine: &Engine, threads: usize) -> anyhow::Result<()> {
    let recovered = engine.recover(threads).await.context("the unfinished games can't be read")?;
    if recovered.rooms > 0 || recovered.quarantined > 0 {
        log::info!("restored {} rooms, quarantined {}", recovered.rooms, recovered.quarantined);
    }
    Ok(())
}

/// Close frames need a moment to be sent. A client that reads nothing does not delay the stop.
async fn wait_for_sessions(engine: &Engine) {
    for _ in 0..150 {
        if engine.connections().is_empty() {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Folds samples into their buckets, so that they do not pile up when nobody asks for the metrics.
async fn keep_up(metrics: web::Data<PrometheusHandle>) {
    let mut every = actix_web::rt::time::interval(Duration::from_secs(5));
    loop {
        every.tick().await;
        metrics.run_upkeep();
    }
}

/// The recorder of the process' metrics, installed once, as a process has room for one; histograms have buckets in
/// seconds.
fn recorder() -> anyhow::Result<PrometheusHandle> {
    const BUCKETS: [f64; 12] =
        [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 1.0];
    static INSTALLED: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
    let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*installed {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("can't set up metrics")?;
    Ok(installed.insert(handle).clone())
}
