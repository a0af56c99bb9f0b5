//! 100,000 events to a stream of NATS: from memory, from SQLite and from PostgreSQL.

use crate::database::{self, source};
use crate::event::Order;
use crate::fill::fill;
use crate::memory;
use crate::report::{Report, medians, number};
use crate::stream::Stream;
use event_benches::Target;
use event_cli::Env;
use event_core::catalog;
use event_relay::contract::LockedContract;
use event_relay::database::DatabaseLocation;
use event_relay::source::EventSource;
use event_relay::targets::nats::NatsTargetOptions;
use event_relay::{Message, Relay, Retired, TargetOptions};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TURNS: usize = 7;
const EVENTS: usize = 100_000;
/// More than are in flight: an order has one event in flight.
const ORDERS: usize = 1_000;

catalog!(
    /// What the shop emits.
    pub(crate) enum ShopEvent {
        Order(Order),
    }
);

#[derive(Clone, Copy, PartialEq)]
enum From {
    /// Subjects, payloads and the values of headers are there before the clock starts.
    Raw,
    Memory,
    Sqlite,
    Postgres,
}

#[derive(Clone, Copy, PartialEq)]
enum Contract {
    Off,
    On,
}

/// The rows of the table: what is measured, and the aim.
const ROWS: [(&str, From, Contract, f64); 5] = [
    ("the target, from memory", From::Memory, Contract::Off, 0.8),
    ("the target, from memory, contract checked", From::Memory, Contract::On, 0.6),
    ("`Relay`, from SQLite", From::Sqlite, Contract::Off, 0.6),
    ("`Relay`, from SQLite, contract checked", From::Sqlite, Contract::On, 0.6),
    ("`Relay`, from PostgreSQL", From::Postgres, Contract::Off, 0.6),
];

/// The same events in each place.
struct Shop<'a> {
    stream: &'a Stream,
    directory: &'a Path,
    memory: Vec<Arc<Message>>,
    /// As they are on the wire.
    raw: Vec<async_nats::Message>,
    sqlite: DatabaseLocation,
    postgres: DatabaseLocation,
    /// Each relay has a cursor of its own.
    relays: u32,
}

pub(crate) fn measure() {
    let (Some(server), Some(stream)) = (database::server("off"), Stream::start()) else { return };
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("delivery-servers");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    lock(&directory);
    let url = database::made(&server, "nats");
    database::fill(&url, EVENTS, ORDERS);
    let mut shop = Shop::new(&stream, &directory, DatabaseLocation::postgres(&url).unwrap());
    let ways = [ROWS[0], ROWS[1], ROWS[2], ROWS[3], ROWS[4], ("", From::Raw, Contract::Off, 1.0)];
    let seconds = medians(TURNS, ways, |(_, from, contract, _)| shop.publish(from, contract));
    let rates = seconds.map(|seconds| number(EVENTS) / seconds);
    let mut report = Report::new("events");
    for (row, ours) in ROWS.iter().zip(rates) {
        report.row(row.0, ours, rates[ROWS.len()], Target::AtLeast(row.3));
    }
    let about = format!(
        "peer: the same messages with async-nats, {} in flight, their headers made one by one",
        NatsTargetOptions::IN_FLIGHT
    );
    report.print("100,000 events to a stream of NATS JetStream, in files", &about);
    let _ = fs::remove_dir_all(&directory);
}

/// Makes `events.lock` of the shop.
fn lock(directory: &Path) {
    // The command looks for the package in which the catalog was compiled.
    let manifest = concat!("[package]\nname = \"", env!("CARGO_PKG_NAME"), "\"\n");
    fs::write(directory.join("Cargo.toml"), manifest).unwrap();
    let env = Env { directory: directory.to_owned(), ..Env::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = event_cli::run(&CATALOG, ["lock".into()], &mut out, &mut err, &env);
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&err));
}

impl<'a> Shop<'a> {
    fn new(stream: &'a Stream, directory: &'a Path, postgres: DatabaseLocation) -> Self {
        let path = directory.join("shop.db");
        fill(&path, EVENTS, ORDERS).unwrap();
        let sqlite = DatabaseLocation::from(path);
        let read = source(&sqlite, "memory").read(EVENTS, usize::MAX).unwrap();
        let memory: Vec<_> = read.into_iter().map(|read| read.message).collect();
        stream.renew();
        memory::publish(&mut stream.target(), &memory, None);
        let raw = stream.messages();
        Self { stream, directory, memory, raw, sqlite, postgres, relays: 0 }
    }

    fn publish(&mut self, from: From, contract: Contract) -> Duration {
        self.stream.renew();
        let contract = (contract == Contract::On)
            .then(|| LockedContract::open(&self.directory.join("events.lock")).unwrap());
        let took = match from {
            From::Raw => self.stream.publish(&self.raw, NatsTargetOptions::IN_FLIGHT),
            From::Memory => {
                memory::publish(&mut self.stream.target(), &self.memory, contract.as_ref())
            }
            From::Sqlite => self.relay(self.sqlite.clone(), contract),
            From::Postgres => self.relay(self.postgres.clone(), contract),
        };
        assert_eq!(self.stream.len(), EVENTS, "every event is in the stream");
        took
    }

    /// Everything that a relay does, its start too.
    fn relay(&mut self, database: DatabaseLocation, contract: Option<LockedContract>) -> Duration {
        self.relays += 1;
        let (target, start) = (self.stream.target(), Instant::now());
        let name = format!("nats-{}", self.relays);
        let mut builder = Relay::builder(database).target(name, target, TargetOptions::default());
        if let Some(contract) = contract {
            builder = builder.contract(contract, Retired::Send);
        }
        let ended = builder.start().unwrap().drain_within(Duration::from_secs(120));
        let took = start.elapsed();
        assert_eq!(ended.published, EVENTS as u64);
        took
    }
}
