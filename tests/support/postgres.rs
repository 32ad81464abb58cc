//! A throw-away PostgreSQL that a test may stop and start.

use std::{env, fs, path::PathBuf, process::Stdio};

use tokio::process::Command;

use super::within;

/// The server in a folder of its own.
pub(crate) struct Postgres {
    folder: PathBuf,
}

impl Postgres {
    /// None is running yet.
    pub(crate) fn new(name: &str) -> Self {
        Self { folder: env::temp_dir().join(format!("crash-tests-{}-{name}", std::process::id())) }
    }

    /// Starts it, on the same port each time: its URL.
    pub(crate) async fn start(&self) -> String {
        let mut script = Command::new(SCRIPT);
        script.arg("start").arg(&self.folder).stdin(Stdio::null());
        let output = within("PostgreSQL", script.output()).await.expect("the script runs");
        assert!(output.status.success(), "no PostgreSQL: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }

    /// Stops it as a crash would.
    pub(crate) async fn stop(&self) {
        let mut script = Command::new(SCRIPT);
        assert!(script.arg("stop").arg(&self.folder).status().await.expect("the script runs").success());
    }
}

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres.sh");

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = std::process::Command::new(SCRIPT).arg("stop").arg(&self.folder).status();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
