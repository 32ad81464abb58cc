//! `liap-tui serve`

use std::io::Write;

use super::{
    output::output,
    signals::{self, Stops},
};
use crate::{listen::authority, logging, settings::ServeSettings, startup::Application};

/// Serves until a signal ends it; SIGHUP reloads.
pub(super) fn serve(settings: &ServeSettings) -> anyhow::Result<()> {
    logging::start(&settings.log, settings.api_debug)?;
    actix_web::rt::System::new().block_on(async {
        // Before anything is opened: a signal at the start ends or reloads the server once it stands.
        let (mut stops, mut hangup) = (Stops::listen()?, signals::hangup()?);
        let mut application = Application::build(settings).await?;
        application.reload_on(async move || hangup.recv().await.is_some());
        announce(&settings.api_host, &application);
        let stop = async move {
            // Not within the macro, which evaluates nothing that it does not log.
            let signal = stops.next().await;
            log::info!("{signal} ends the server");
        };
        application.run_until(stop).await
    })
}

/// Whoever started the server may not read what it prints; it serves all the same.
fn announce(host: &str, application: &Application) {
    let (place, s) = (authority(host, application.port()), if application.speaks_tls() { "s" } else { "" });
    let _ = writeln!(output(), "liap-tui listens on http{s}://{place}");
    log::info!("players connect to ws{s}://{place}/ws/lobby");
}
