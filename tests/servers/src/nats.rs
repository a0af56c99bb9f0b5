//! NATS, with streams.

use crate::account::Account;
use crate::directory::Directory;
use crate::search::{self, Needed};
use crate::server::{Kind, Server};
use std::ops::Deref;
use std::path::PathBuf;

const NEEDED: Needed = Needed { what: "nats-server", install: "apt-get install nats-server" };

/// How a NATS server is started.
#[derive(Clone, Debug, Default)]
pub struct NatsSetup {
    config: String,
    files: Vec<(String, Vec<u8>)>,
}

impl NatsSetup {
    /// Adds to the configuration file: TLS, users, `max_payload`. `{dir}` is the directory of
    /// [`NatsSetup::file`]. The address, the port and the directory of streams are given.
    #[must_use]
    pub fn config(mut self, text: &str) -> Self {
        self.config.push_str(text);
        self.config.push('\n');
        self
    }

    /// A file in the server's directory, such as a certificate. Only the server can read it.
    #[must_use]
    pub fn file(mut self, name: &str, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.to_owned(), contents.into()));
        self
    }

    /// Starts the server. None if nats-server is not installed.
    ///
    /// # Panics
    ///
    /// If it does not start, or is not installed with `EVENTS_REQUIRE_SERVERS` set.
    pub fn start(self) -> Option<Nats> {
        // Debian has it where the PATH of a user does not lead.
        let found =
            search::file("EVENTS_NATS_SERVER", "nats-server", &[PathBuf::from("/usr/sbin")]);
        let program = search::installed(NEEDED, found)?;
        let directory = Directory::of(Account::Own);
        directory.write("nats.conf", directory.placed(&self.config).as_bytes());
        for (name, contents) in &self.files {
            directory.write(name, contents);
        }
        let arguments = ["-c", "{dir}/nats.conf", "-a", "127.0.0.1", "-p", "{port}"].into_iter();
        let arguments = arguments.chain(["-js", "-sd", "{dir}/jetstream"]);
        let kind = Kind {
            name: "nats-server",
            program,
            arguments: arguments.map(str::to_owned).collect(),
            account: Account::Own,
            is_ready: |started| started.printed.contains("Server is ready"),
        };
        Some(Nats { server: Server::start(kind, directory) })
    }
}

/// A NATS server that has streams. It ends when it is dropped.
pub struct Nats {
    server: Server,
}

impl Nats {
    /// Starts a server. None if nats-server is not installed.
    ///
    /// # Panics
    ///
    /// As [`NatsSetup::start`].
    pub fn start() -> Option<Self> {
        Self::setup().start()
    }

    /// A server with a configuration of the test's own.
    pub fn setup() -> NatsSetup {
        NatsSetup::default()
    }

    /// Its URL, `nats://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port())
    }
}

impl Deref for Nats {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}
