//! The database of one run: a file, or a PostgreSQL of its own on the server's core.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use sqlx::{Connection, PgConnection};
use store::Location;

use crate::server;

pub(crate) struct Database {
    folder: PathBuf,
    /// Empty for the embedded one.
    url: String,
    postgres: Option<Child>,
}

impl Database {
    /// The file in this folder, or a `postgres` of its own: none where it is not installed.
    pub(crate) fn start(name: &str, folder: &Path) -> Option<Self> {
        if name == "postgres" {
            return Self::postgres();
        }
        Some(Self { folder: folder.to_owned(), url: String::new(), postgres: None })
    }

    fn postgres() -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("liap-bench-{}", std::process::id()));
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres.sh");
        let mut command = Command::new("taskset");
        command.args(["-c", &server::SERVER_CORE.to_string(), script]);
        if !server::can_pin() {
            command = Command::new(script);
        }
        // Its default of 128 MB is for small machines; a million messages with their index are more than a gigabyte.
        command.arg("run").arg(&folder).args(["-c", "shared_buffers=1GB"]);
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.ok()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
        let url = line.trim().to_owned();
        url.starts_with("postgres://").then_some(Self { folder, url, postgres: Some(child) })
    }

    /// What PostgreSQL does by itself within a minute or two of so many new rows; a month's messages have been through it.
    pub(crate) async fn settle(&self) {
        if self.postgres.is_some() {
            let mut connection = PgConnection::connect(&self.url).await.expect("a connection");
            sqlx::query("VACUUM (ANALYZE)").execute(&mut connection).await.expect("vacuumed");
            connection.close().await.expect("closed");
        }
    }

    pub(crate) const fn name(&self) -> &'static str {
        if self.postgres.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn location(&self) -> Location {
        match self.postgres {
            Some(_) => Location::Postgres(self.url.clone()),
            None => Location::Sqlite(self.folder.join("liap-tui.db")),
        }
    }
}

impl Drop for Database {
    /// The script stops its server when its input ends.
    fn drop(&mut self) {
        if let Some(mut child) = self.postgres.take() {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}
