//! `liap-tui serve`

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};

use crate::{logging, settings::ServeSettings, startup::Application};

/// Serves until SIGTERM or SIGINT.
pub(super) fn serve(settings: &ServeSettings) -> anyhow::Result<()> {
    logging::start(&settings.log)?;
    actix_web::rt::System::new().block_on(async {
        let application = Application::build(settings).await?;
        let mut terminate = signal(SignalKind::terminate()).context("can't listen for SIGTERM")?;
        let mut interrupt = signal(SignalKind::interrupt()).context("can't listen for SIGINT")?;
        announce(&settings.api_host, &application);
        let stop = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        application.run_until(stop).await
    })
}

#[expect(clippy::print_stdout, reason = "for whoever or whatever started the server")]
fn announce(host: &str, application: &Application) {
    let (port, s) = (application.port(), if application.speaks_tls() { "s" } else { "" });
    println!("liap-tui listens on http{s}://{host}:{port}");
    log::info!("players connect to ws{s}://{host}:{port}/ws/lobby");
}
