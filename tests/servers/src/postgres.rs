//! PostgreSQL.

use crate::account::{Account, without_variables};
use crate::directory::Directory;
use crate::search::{self, Needed};
use crate::server::{Kind, Server, Started};
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const NEEDED: Needed = Needed { what: "PostgreSQL", install: "apt-get install postgresql" };

/// What every server is started with, before the settings of the test.
const SETTINGS: &[(&str, &str)] = &[
    ("listen_addresses", "127.0.0.1"),
    ("port", "{port}"),
    // The test's own connections, whatever its `pg_hba.conf` says.
    ("unix_socket_directories", "{dir}"),
    // Files in the directory, which is removed; the default leaves files in /dev/shm after SIGKILL.
    ("dynamic_shared_memory_type", "mmap"),
    // Only a crash of the machine loses what is not synced.
    ("fsync", "off"),
    ("max_connections", "200"),
];

/// Local connections are those of [`Postgres::sql`].
const TRUST: &str = "local all all trust\n";
const TRUST_LOOPBACK: &str =
    "host all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n";

/// How a PostgreSQL server is started.
#[derive(Clone, Debug, Default)]
pub struct PostgresSetup {
    settings: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
    hba: Option<String>,
}

impl PostgresSetup {
    /// A setting of the server, as `postgres -c NAME=VALUE`. In the value, `{dir}` is the directory of
    /// [`PostgresSetup::file`].
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A file in the server's directory, such as a certificate. Only the server can read it.
    #[must_use]
    pub fn file(mut self, name: &str, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.to_owned(), contents.into()));
        self
    }

    /// The `pg_hba.conf` for connections over TCP. Without it, all are trusted.
    #[must_use]
    pub fn hba(mut self, text: &str) -> Self {
        self.hba = Some(text.to_owned());
        self
    }

    /// Starts the server. None if PostgreSQL is not installed.
    ///
    /// # Panics
    ///
    /// If it does not start, or is not installed with `EVENTS_REQUIRE_SERVERS` set.
    pub fn start(self) -> Option<Postgres> {
        let bin = search::installed(NEEDED, search::postgres_directory())?;
        let account = Account::not_root();
        let directory = Directory::of(account);
        make_cluster(&bin, account, &directory);
        directory.write(
            "data/pg_hba.conf",
            format!("{TRUST}{}", self.hba.as_deref().unwrap_or(TRUST_LOOPBACK)).as_bytes(),
        );
        for (name, contents) in &self.files {
            directory.write(name, contents);
        }
        let own = SETTINGS.iter().map(|(name, value)| format!("{name}={value}"));
        let given = self.settings.iter().map(|(name, value)| format!("{name}={value}"));
        let mut arguments = vec!["-D".to_owned(), "{dir}/data".to_owned()];
        arguments.extend(own.chain(given).flat_map(|setting| ["-c".to_owned(), setting]));
        let program = bin.join("postgres");
        let kind = Kind { name: "PostgreSQL", program, arguments, account, is_ready };
        let server = Server::start(kind, directory);
        Some(Postgres { server, bin, databases: AtomicU32::new(0) })
    }
}

fn make_cluster(bin: &Path, account: Account, directory: &Directory) {
    let mut command = account.command(&bin.join("initdb"));
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
    command.args(["--no-sync", "-D"]).arg(directory.path().join("data"));
    let output = command.current_dir(directory.path()).stdin(Stdio::null()).output();
    let output = output.expect("initdb can be started");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "initdb has failed. It printed:\n{printed}");
}

/// `pg_ctl` waits for the same: line 1 of `postmaster.pid` is the process, line 8 its state.
fn is_ready(started: &Started<'_>) -> bool {
    let file = started.directory.path().join("data/postmaster.pid");
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = |at: usize| text.lines().nth(at).map(str::trim);
    line(0) == Some(started.process.to_string().as_str()) && line(7) == Some("ready")
}

/// A PostgreSQL server. It ends when it is dropped.
pub struct Postgres {
    server: Server,
    bin: PathBuf,
    databases: AtomicU32,
}

impl Postgres {
    /// Starts a server. None if PostgreSQL is not installed.
    ///
    /// # Panics
    ///
    /// As [`PostgresSetup::start`].
    pub fn start() -> Option<Self> {
        Self::setup().start()
    }

    /// A server with settings of the test's own.
    pub fn setup() -> PostgresSetup {
        PostgresSetup::default()
    }

    /// The server that all tests of a process share. It is started at the first call. A test that
    /// pauses or kills a server starts one of its own.
    ///
    /// # Panics
    ///
    /// As [`PostgresSetup::start`].
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Postgres>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref()
    }

    /// Makes an empty database and returns its URL. Its name is `name` and a number.
    ///
    /// # Panics
    ///
    /// If it cannot be made.
    pub fn database(&self, name: &str) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        // A name is at most 63 bytes long, and needs no quotes in this spelling.
        let letters = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        let name: String = letters.take(40).collect::<String>().to_ascii_lowercase();
        let name = format!("test_{name}_{number}");
        // A connection to template1 would make this fail.
        self.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0"));
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port())
    }

    /// The URL of the database `postgres`, as the superuser `postgres`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port())
    }

    /// The directory of PostgreSQL's programs, such as `psql` and `pg_ctl`.
    pub fn programs(&self) -> &Path {
        &self.bin
    }

    /// Runs statements with `psql` as the superuser. Returns the rows: one a line, columns divided by
    /// `|`. `database` is a name, or a URL of [`Postgres::database`].
    ///
    /// # Panics
    ///
    /// If a statement fails, with the error.
    pub fn sql(&self, database: &str, statements: &str) -> String {
        let database = database.rsplit('/').next().unwrap_or(database);
        let mut command = Command::new(self.bin.join("psql"));
        without_variables(&mut command);
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres"]);
        command.args(["-d", database, "-p", &self.port().to_string(), "-c", statements]);
        command.arg("-h").arg(self.server.directory().path()).stdin(Stdio::null());
        let output = command.output().expect("psql can be started");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "a statement of the test has failed: {error}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// Ends the server without a checkpoint, as `pg_ctl stop -m immediate` does: it recovers from its
    /// log at the next start.
    pub fn stop_immediately(&self) {
        self.server.quit();
    }
}

impl Deref for Postgres {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}
