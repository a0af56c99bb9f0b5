//! A broker that speaks Kafka's protocol: `tansu`, which needs no JVM and starts in 0.2 s.

use crate::account::Account;
use crate::directory::Directory;
use crate::search::{self, Needed};
use crate::server::{Kind, Server};
use std::net::TcpStream;
use std::ops::Deref;
use std::path::Path;
use std::process::Command;

const NEEDED: Needed = Needed { what: "tansu", install: "tests/servers/install" };

/// How a broker is started.
#[derive(Clone, Debug, Default)]
pub struct KafkaSetup {
    arguments: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
}

impl KafkaSetup {
    /// Adds an argument of `tansu broker`, such as `--authentication`. `{dir}` is the directory of
    /// [`KafkaSetup::file`].
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// A file in the broker's directory, such as a certificate. Only the broker can read it.
    #[must_use]
    pub fn file(mut self, name: &str, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.to_owned(), contents.into()));
        self
    }

    /// Starts the broker. None if tansu is not installed.
    ///
    /// # Panics
    ///
    /// If it does not start, or is not installed with `EVENTS_REQUIRE_SERVERS` set.
    pub fn start(self) -> Option<Kafka> {
        let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/servers");
        let found = search::file("EVENTS_TANSU", "tansu", &[installed]);
        let program = search::installed(NEEDED, found)?;
        let directory = Directory::of(Account::Own);
        for (name, contents) in &self.files {
            directory.write(name, contents);
        }
        let own = ["broker", "--listener-url", "tcp://127.0.0.1:{port}"].into_iter();
        let own = own.chain(["--advertised-listener-url", "tcp://127.0.0.1:{port}"]);
        let own = own.chain(["--storage-engine", "memory://tansu/", "--cluster-id", "tests"]);
        let kind = Kind {
            name: "tansu",
            program,
            arguments: own.map(str::to_owned).chain(self.arguments).collect(),
            account: Account::Own,
            is_ready: |started| {
                started.printed.contains("ready in")
                    && TcpStream::connect(("127.0.0.1", started.port)).is_ok()
            },
        };
        Some(Kafka { server: Server::start(kind, directory) })
    }
}

/// A broker that speaks Kafka's protocol. It keeps its topics in memory, and ends when it is dropped.
pub struct Kafka {
    server: Server,
}

impl Kafka {
    /// Starts a broker. None if tansu is not installed.
    ///
    /// # Panics
    ///
    /// As [`KafkaSetup::start`].
    pub fn start() -> Option<Self> {
        Self::setup().start()
    }

    /// A broker with arguments of the test's own.
    pub fn setup() -> KafkaSetup {
        KafkaSetup::default()
    }

    /// Its address as clients write it in `bootstrap.servers`: `127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("127.0.0.1:{}", self.port())
    }

    /// Makes a topic.
    ///
    /// # Panics
    ///
    /// If the broker refuses.
    pub fn topic(&self, name: &str, partitions: u32) {
        let partitions = partitions.to_string();
        let broker = format!("tcp://127.0.0.1:{}", self.port());
        let arguments = ["--broker", &broker, "--partitions", &partitions, name];
        self.command(&["topic", "create"], &arguments);
    }

    /// Makes a user with a password for SASL/SCRAM-SHA-512 (the setup has `--authentication`).
    ///
    /// # Panics
    ///
    /// If the broker refuses.
    pub fn user(&self, name: &str, password: &str) {
        let broker = format!("tcp://127.0.0.1:{}", self.port());
        self.command(&["user", "create"], &["--broker", &broker, name, password]);
    }

    fn command(&self, what: &[&str], arguments: &[&str]) {
        let mut command = Command::new(self.server.program());
        command.args(what).args(arguments).current_dir(self.server.directory().path());
        let output = command.output().expect("tansu can be started");
        let what = what.join(" ");
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8_lossy(&printed);
        assert!(output.status.success(), "`tansu {what}` has failed. It printed:\n{printed}");
    }
}

impl Deref for Kafka {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}
