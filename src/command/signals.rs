//! The signals that end a command in good order, and the one that asks it to reload.

use anyhow::Context;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What ends a process unless it is handled, and that a person, a terminal or a service manager sends.
const ENDING: [(SignalKind, &str); 5] = [
    (SignalKind::terminate(), "SIGTERM"),
    (SignalKind::interrupt(), "SIGINT"),
    (SignalKind::quit(), "SIGQUIT"),
    (SignalKind::user_defined1(), "SIGUSR1"),
    (SignalKind::user_defined2(), "SIGUSR2"),
];

/// Signals that end the process, from now on kept for [`next`](Self::next).
pub(in crate::command) struct Stops(Vec<(Signal, &'static str)>);

impl Stops {
    /// SIGTERM and all that ends a process alike, but SIGHUP.
    pub(super) fn listen() -> anyhow::Result<Self> {
        let stops = ENDING.map(|(kind, name)| Ok((listen(kind, name)?, name)));
        stops.into_iter().collect::<anyhow::Result<_>>().map(Self)
    }

    /// The same and SIGHUP, for a command that ends with its terminal.
    pub(super) fn with_hangup() -> anyhow::Result<Self> {
        let mut stops = Self::listen()?;
        stops.0.push((hangup()?, "SIGHUP"));
        Ok(stops)
    }

    /// The name of the next one. May be dropped and asked again.
    pub(super) async fn next(&mut self) -> &'static str {
        let waiting = self.0.iter_mut().map(|(signal, name)| {
            Box::pin(async move {
                signal.recv().await;
                *name
            })
        });
        futures_util::future::select_all(waiting).await.0
    }
}

/// SIGHUP: a closed terminal, or for a server the request to reload.
pub(super) fn hangup() -> anyhow::Result<Signal> {
    listen(SignalKind::hangup(), "SIGHUP")
}

fn listen(kind: SignalKind, name: &str) -> anyhow::Result<Signal> {
    signal(kind).with_context(|| format!("can't listen for {name}"))
}
