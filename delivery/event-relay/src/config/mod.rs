//! The configuration of the relay: a TOML file, and variables that override its keys.
//!
//! ```toml
//! database = "shop.db"                  # SQLite; PostgreSQL: see below
//! lock = "../shop-events/events.lock"   # the contract; `lock = "none"` sends unchecked
//! retired = "send"                      # or "park"
//! relay_id = "shop-1"                   # of several relays; the default is the host and this file
//! lease = "10s"                         # another relay takes over from one that is silent so long
//!
//! [listen]                              # optional: metrics and health
//! address = "127.0.0.1:9464"
//! max_lag = "5m"                        # /healthz fails above
//! max_backlog = 100000                  # events that wait; the default is any number
//!
//! [retention]
//! keep = "30d"                          # for events that declare no retention
//! abandoned_after = "7d"                # a target that lags and is not served holds events so long
//!
//! [log]
//! level = "info"                        # the relay's own events, JSON lines on stderr
//!
//! [targets.archive]
//! type = "file"                         # or "stdout"
//! path = "events.ndjson"
//!
//! [targets.billing]
//! type = "http"
//! url = "https://billing.internal/events"  # or "env:NAME", "file:PATH" if it holds a secret
//! mode = "batch"                        # structured (the default), binary or batch
//! batch = { events = 100, bytes = "1MiB" }
//! source = "/shop"
//! auth = { bearer = "env:BILLING_TOKEN" }  # or { basic = { user = "..", password = "file:.." } }
//! headers = { "X-Tenant" = "shop" }
//! ca_file = "ca.pem"
//! timeout = "10s"                       # this and what follows are the defaults
//! in_flight = 8
//! max_event_bytes = "256KiB"
//! attempts = 10                         # rejections before an event is dead
//! on_poison = "block_entity"            # or "skip"
//! ```
//!
//! PostgreSQL, with the feature `postgres`:
//!
//! ```toml
//! database = "postgres://relay@db.internal/shop"   # or "env:NAME", "file:PATH" of a whole URL
//!
//! [database]                            # or this table
//! url = "postgres://relay@db.internal/shop?target_session_attrs=read-write"
//! password = "env:DATABASE_PASSWORD"    # or "file:PATH"
//! ca_file = "ca.pem"                    # trusted beside what the operating system trusts
//! ```
//!
//! - Relative paths are relative to the directory of the file.
//! - A secret is not written in the file: `env:NAME` or `file:PATH` says where it is. The line
//!   break at the end of such a file is cut off.
//! - Every key with one value is overridden by a variable: `EVENTS_RELAY_`, and the key in capitals
//!   with `__` between levels and `_` for `-`. `EVENTS_RELAY_TARGETS__BILLING__URL` overrides `url`
//!   of `[targets.billing]`. A variable that overrides nothing is an error, so that a misspelt one
//!   is found.
//!
//! A target of NATS, which needs the feature `nats`:
//!
//! ```toml
//! [targets.bus]
//! type = "nats"
//! url = "tls://one.internal:4222, tls://two.internal:4222"
//! stream = "EVENTS"                     # no other stream may have the subject
//! source = "/shop"
//! auth = { nkey = "env:NATS_SEED" }     # or { credentials = "file:relay.creds" },
//!                                       # { token = ".." }, { user = "relay", password = ".." }
//! ca_file = "ca.pem"                    # trusted instead of what the operating system trusts
//! certificate = "relay.pem"             # if the server asks for one
//! private_key = "relay.key"
//! subject = "events.{event_type}"       # this and what follows are the defaults
//! inbox_prefix = "_INBOX"
//! timeout = "5s"
//! in_flight = 256
//! ```
//!
//! A target of Kafka, which needs the feature `kafka`; TLS and SCRAM need `kafka-tls`:
//!
//! ```toml
//! [targets.stream]
//! type = "kafka"
//! brokers = "one.internal:9093, two.internal:9093"
//! source = "/shop"
//! auth = { mechanism = "scram-sha-512", user = "relay", password = "env:KAFKA_PASSWORD" }
//!                                       # or scram-sha-256, plain
//! tls = "on"
//! ca_file = "ca.pem"                    # trusted instead of what the operating system trusts
//! certificate = "relay.pem"             # if the brokers ask for one
//! private_key = "relay.key"
//! private_key_password = "file:password"
//! topic = "events.{entity_type}"        # this and what follows are the defaults
//! timeout = "30s"
//! in_flight = 1000
//! max_event_bytes = "1000KiB"           # key, headers and value
//! [targets.stream.registry]             # optional: values in the wire frame of a schema registry
//! url = "https://registry.internal"     # `auth` and `ca_file` as of a target of type http
//! subject = "{event}.v{version}-value"  # the default
//! [targets.stream.properties]           # of librdkafka: what changes how fast events are sent
//! "compression.type" = "none"
//! ```

mod check;
mod database;
mod error;
mod http;
mod input;
#[cfg(feature = "kafka")]
mod kafka;
#[cfg(feature = "nats")]
mod nats;
mod outline;
mod quantity;
mod read;
mod secret;
mod section;
mod target;
mod url;

pub use check::check;
pub(crate) use database::location;
pub use error::ConfigError;
pub use http::{HeaderText, HttpAuth, HttpConfig, HttpMode};
pub(crate) use input::Refused;
#[cfg(feature = "kafka")]
pub use kafka::KafkaConfig;
#[cfg(feature = "nats")]
pub use nats::NatsConfig;
pub use outline::Outline;
pub use secret::SecretText;
pub use target::{TargetConfig, TargetKind, TargetName};

use crate::database::DatabaseLocation;
use crate::engine::Retired;
use crate::metrics::BacklogLimits;
use crate::source::{Lease, name_on_this_host};
use event_core::Level;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{self, PathBuf};
use std::time::Duration;

/// The file that is read if neither the command nor a variable names one.
pub const DEFAULT_FILE: &str = "event-relay.toml";

/// A configuration that was checked. `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that it is from.
    pub file: PathBuf,
    /// Where the database is.
    pub database: DatabaseLocation,
    /// What events are judged by.
    pub lock: LockChoice,
    /// What becomes of events whose version is retired.
    pub retired: Retired,
    /// The name of the relay. `None`: the machine's, and the path of the file.
    pub relay_id: Option<String>,
    /// How long another relay waits for this one before it takes over.
    pub lease: Duration,
    /// Where metrics and health are served.
    pub listen: Option<Listen>,
    /// How long events are kept.
    pub retention: RetentionConfig,
    /// The least level of the relay's own events.
    pub log_level: Level,
    /// The targets, by name. At least one.
    pub targets: Vec<TargetConfig>,
}

impl Config {
    /// The name of the relay, and how long its lease lasts.
    pub fn lease(&self) -> Lease {
        let on_this_host = || {
            let file = path::absolute(&self.file).unwrap_or_else(|_| self.file.clone());
            name_on_this_host(&file.display().to_string())
        };
        Lease::new(self.relay_id.clone().unwrap_or_else(on_this_host)).lasting(self.lease)
    }
}

/// What events are judged by before they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockChoice {
    /// By the contract in this file.
    File(PathBuf),
    /// By nothing: `lock = "none"`.
    Unchecked,
}

/// Where metrics and health are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen {
    /// The address. Port 0 is a free port.
    pub address: SocketAddr,
    /// The lag of a target above which `/healthz` fails.
    pub max_lag: Duration,
    /// The number of events that wait for a target above which `/healthz` fails. `None`: any.
    pub max_backlog: Option<NonZeroU32>,
}

impl Listen {
    /// How much may wait for a target.
    pub fn limits(self) -> BacklogLimits {
        let Self { max_lag, max_backlog, .. } = self;
        let max_backlog = max_backlog.map(|events| events.get().into());
        BacklogLimits { max_lag: Some(max_lag), max_backlog }
    }
}

/// How long events are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionConfig {
    /// How long events are kept that declare no retention. `None`: for ever.
    pub keep: Option<Duration>,
    /// A target that lags, and whose cursor no relay has written for this time, holds no events.
    pub abandoned_after: Duration,
}
