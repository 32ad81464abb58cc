//! Places for the store under test: a file in a folder of its own, or a database of its own on a server that lives as long
//! as this process.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Batch, Ended, Finished, Founded, Location, NewEntry, Store};
use tempfile::TempDir;
use vocabulary::Timestamp;

/// Every function named, as a test on SQLite and as one on PostgreSQL.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(&$crate::place::Place::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(&$crate::place::Place::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both;

pub(crate) struct Place {
    pub(crate) location: Location,
    _folder: Option<TempDir>,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        Self { location: Location::Sqlite(folder.path().join("store.db")), _folder: Some(folder) }
    }

    pub(crate) async fn postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (server, _) = shared_server().url.rsplit_once('/').unwrap();
        let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&shared_server().url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
        Self { location: Location::Postgres(format!("{server}/{name}")), _folder: None }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.location).await.unwrap()
    }

    /// Does to the database what the store itself would never do.
    pub(crate) async fn tamper(&self, text: &'static str) {
        self.change(text.to_owned()).await;
    }

    /// Bytes in hexadecimal, as this database writes them.
    pub(crate) fn blob(&self, hex: &str) -> String {
        match &self.location {
            Location::Sqlite(_) => format!("x'{hex}'"),
            Location::Postgres(_) => format!("decode('{hex}', 'hex')"),
        }
    }

    /// The same with a text that a test has put together.
    pub(crate) async fn change(&self, text: String) {
        match &self.location {
            Location::Sqlite(path) => {
                let mut connection = SqliteConnection::connect(path.to_str().unwrap()).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Location::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
            }
        }
    }
}

/// A server for all tests of this process. Its script sees this process end by the pipe, however it ends, and stops it.
struct SharedServer {
    url: String,
    _script: Child,
    _output: BufReader<ChildStdout>,
}

fn shared_server() -> &'static SharedServer {
    static SERVER: OnceLock<SharedServer> = OnceLock::new();
    SERVER.get_or_init(|| {
        let folder = env::temp_dir().join(format!("store-tests-{}", std::process::id()));
        let mut script = script("run", &folder).args(["-c", "fsync=off"]).stdin(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(script.stdout.take().unwrap());
        let mut url = String::new();
        output.read_line(&mut url).unwrap();
        assert!(url.starts_with("postgres://"), "PostgreSQL for the tests did not start; see above");
        SharedServer { url: url.trim().to_owned(), _script: script, _output: output }
    })
}

fn script(command: &str, folder: &Path) -> Command {
    let mut script = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/postgres.sh"));
    script.arg(command).arg(folder).stdin(Stdio::null()).stdout(Stdio::piped());
    script
}

/// A server that a test may stop.
pub(crate) struct OwnServer {
    folder: PathBuf,
}

impl OwnServer {
    pub(crate) fn new(name: &str) -> Self {
        Self { folder: env::temp_dir().join(format!("store-tests-{}-{name}", std::process::id())) }
    }

    /// Starts it, on the same port each time.
    pub(crate) fn start(&self) -> Location {
        self.start_with(&[], None)
    }

    /// The same with options of the server, and with the certificate in a folder.
    pub(crate) fn start_with(&self, options: &[&str], tls: Option<&Path>) -> Location {
        let mut script = script("start", &self.folder);
        let output = script.args(options).envs(tls.map(|folder| ("TLS", folder))).output().unwrap();
        assert!(output.status.success(), "PostgreSQL for the tests did not start; see above");
        Location::Postgres(String::from_utf8(output.stdout).unwrap().trim().to_owned())
    }

    pub(crate) fn stop(&self) {
        assert!(script("stop", &self.folder).status().unwrap().success());
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        let _ = script("stop", &self.folder).status();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn founding(rooms: &[&str]) -> Batch {
    let founded =
        |room: &&str| Founded { room: (*room).to_owned(), founding: room.as_bytes().to_vec(), at: Timestamp(7) };
    Batch { founded: rooms.iter().map(founded).collect(), ..Batch::default() }
}

/// Entries of one room with these numbers; each body says its room and number.
pub(crate) fn entries(room: &str, numbers: impl IntoIterator<Item = i64>) -> Batch {
    let entry = |number| NewEntry { room: room.to_owned(), number, body: body(room, number) };
    Batch { entries: numbers.into_iter().map(entry).collect(), ..Batch::default() }
}

pub(crate) fn body(room: &str, number: i64) -> Vec<u8> {
    format!("{room} {number}").into_bytes()
}

pub(crate) fn bodies(room: &str, count: i64) -> Vec<Vec<u8>> {
    (0..count).map(|number| body(room, number)).collect()
}

pub(crate) fn end(room: &str, at: u64, record: Option<&[u8]>) -> Batch {
    let game = record.map(|record| Finished {
        result: format!("\"{room} won\""),
        record: record.to_vec(),
        public: true,
        of_bots: false,
        players: Vec::new(),
    });
    Batch { ended: vec![Ended { room: room.to_owned(), at: Timestamp(at), game }], ..Batch::default() }
}

pub(crate) fn together(batches: impl IntoIterator<Item = Batch>) -> Batch {
    let mut all = Batch::default();
    for batch in batches {
        all.founded.extend(batch.founded);
        all.entries.extend(batch.entries);
        all.ended.extend(batch.ended);
    }
    all
}
