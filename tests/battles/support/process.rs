//! The real binary for people who play over HTTP.

use std::path::Path;

use clients::process::serve;

use super::{Process, server::patience};
use crate::shared::process::BINARY;

impl Process {
    /// Starts it on a free port and waits until it listens.
    pub(crate) async fn start(data: &Path, flags: &[&str]) -> Self {
        Self::start_in(data, flags, &[]).await
    }

    /// The same with variables of the environment.
    pub(crate) async fn start_in(data: &Path, flags: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = serve(BINARY, data, flags);
        command.args(patience(flags)).envs(variables.iter().copied());
        Self::launch(command)
    }

    /// Runs it with flags that let it not start: its exit code and what it complains of.
    pub(crate) async fn fails(data: &Path, flags: &[&str]) -> (Option<i32>, String) {
        Self::fails_on("127.0.0.1", data, flags).await
    }

    /// The same on another host.
    pub(crate) async fn fails_on(host: &str, data: &Path, flags: &[&str]) -> (Option<i32>, String) {
        let mut command = serve(BINARY, data, &[&["--api-host", host], flags].concat());
        command.args(patience(flags));
        let (code, _, errors) = Self::output(command).await;
        (code, errors)
    }
}
