//! `liap-tui serve`

use std::io::Write;

use anyhow::Context;
use log::LevelFilter;

use super::{
    output::output,
    signals::{self, Stops},
};
use crate::{listen::authority, settings::ServeSettings, startup::Application};

/// Serves until a signal ends it; SIGHUP reloads.
pub(super) fn serve(settings: &ServeSettings) -> anyhow::Result<()> {
    set_up_log(settings)?;
    actix_web::rt::System::new().block_on(async {
        // Before anything is opened: a signal at the start ends or reloads the server once it stands.
        let (mut stops, mut hangup) = (Stops::listen()?, signals::hangup()?);
        let mut application = Application::build(settings).await?;
        application.reload_on(async move || hangup.recv().await.is_some());
        announce(&settings.api_host, &application);
        application.run_until(async move { log::info!("{} ends the server", stops.next().await) }).await
    })
}

/// `API_DEBUG` asks for level debug, and leaves a filter that tells more as it is.
fn set_up_log(settings: &ServeSettings) -> anyhow::Result<()> {
    let mut filter = env_filter::Builder::new();
    filter.try_parse(&settings.log).map_err(|_| {
        anyhow::anyhow!(
            "LOG is `{}`, which can't be read; set it to a level, or to a filter such as actors=debug",
            settings.log
        )
    })?;
    let mut log = env_logger::Builder::new();
    log.parse_filters(&settings.log);
    if settings.api_debug && filter.build().filter() < LevelFilter::Debug {
        log.filter_level(LevelFilter::Debug);
    }
    log.try_init().context("can't set up the log")
}

/// Whoever started the server may not read what it prints; it serves all the same.
fn announce(host: &str, application: &Application) {
    let (place, s) = (authority(host, application.port()), if application.speaks_tls() { "s" } else { "" });
    let _ = writeln!(output(), "liap-tui listens on http{s}://{place}");
    log::info!("players connect to ws{s}://{place}/ws/lobby");
}
