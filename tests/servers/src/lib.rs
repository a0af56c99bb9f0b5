//! Servers for tests: PostgreSQL, nats-server and a broker that speaks Kafka's protocol, each as its
//! own process on a free loopback port.
//!
//! A server that is not installed makes `start` return `None`, after one printed line that says what
//! to install. A test returns then. With `EVENTS_REQUIRE_SERVERS=1`, as in CI, `start` panics instead.
//!
//! | server | looked for in | installed by |
//! | --- | --- | --- |
//! | PostgreSQL | `EVENTS_PG_BIN` (a directory), `PATH`, `pg_config --bindir`, `/usr/lib/postgresql/*/bin` | `apt-get install postgresql` |
//! | NATS | `EVENTS_NATS_SERVER` (a file), `PATH`, `/usr/sbin` | `apt-get install nats-server` |
//! | Kafka | `EVENTS_TANSU` (a file), `PATH`, `target/servers` of the workspace | `tests/servers/install` |
//!
//! A variable that is set is the only place that is searched.
//!
//! # What remains after a test
//!
//! Nothing. A server ends when its value is dropped, and its directory is removed. If the test's
//! process ends in another way, SIGKILL included, the kernel kills the server (`setpriv --pdeathsig
//! KILL`); its directory below the temporary directory is removed at the next start of any server. A
//! static is never dropped, so a server in a static ends this way. The program `start-servers` ends its
//! servers when its standard input is closed.

mod account;
mod directory;
mod kafka;
mod nats;
mod ports;
mod postgres;
mod process;
mod search;
mod server;

pub use kafka::{Kafka, KafkaSetup};
pub use nats::{Nats, NatsSetup};
pub use postgres::{Postgres, PostgresSetup};
pub use server::Server;
