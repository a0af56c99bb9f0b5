//! A shop with an outbox, and the command as a process.

#[cfg(feature = "postgres")]
use crate::server;
use event_core::{Emit, Emitter, Str, Timestamp, events};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use event_relay::database::{self, Access, Database, DatabaseLocation};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ToSql};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

events!(
    /// Orders.
    #[domain(optional(action))]
    pub enum Order {}

    /// An order was placed.
    #[event(info)]
    pub struct OrderCreated<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
        /// What the customer said.
        pub note: Str<'a>,
    }

    /// An order was paid.
    #[event(info, retention = "90d")]
    pub struct OrderCompleted<'a> {
        /// The order.
        #[entity]
        pub order_id: Str<'a>,
    }
);

/// In every payload.
pub const SECRET: &str = "planted-in-the-payload";

/// The id of an event where it does not matter.
pub const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

/// A directory with a database, which is removed when the test ends.
pub struct Shop {
    pub directory: PathBuf,
    pub database: PathBuf,
}

/// How a command ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}

impl Shop {
    /// A directory without a database.
    pub fn empty() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("relay-operation-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir_all(&directory).unwrap();
        Self { database: directory.join("shop.db"), directory }
    }

    /// A database with the outbox's tables.
    pub fn new() -> Self {
        let shop = Self::empty();
        #[cfg(feature = "postgres")]
        if server::is_used() {
            return shop.on_server();
        }
        let mut connection = Connection::open(&shop.database).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        migrate(&mut connection).unwrap();
        shop
    }

    /// The database as an operation takes it.
    pub fn open(&self) -> Database {
        let location = match self.url() {
            Some(url) => DatabaseLocation::postgres(url).unwrap(),
            None => (&self.database).into(),
        };
        database::open(&location, Access::Write).unwrap()
    }

    /// The URL of the database. `None` if it is a file.
    pub fn url(&self) -> Option<&str> {
        self.database.to_str().filter(|text| DatabaseLocation::is_url(text))
    }

    #[cfg(feature = "postgres")]
    fn on_server(mut self) -> Self {
        self.database = server::database().into();
        self
    }

    /// A connection that does not wait for the disk.
    pub fn connection(&self) -> Connection {
        let connection = Connection::open(&self.database).unwrap();
        connection.pragma_update(None, "synchronous", "OFF").unwrap();
        connection
    }

    /// Places an order, as it was `days` ago.
    pub fn order(&self, order_id: &str, days: i64) {
        self.transaction(days, |events| {
            OrderCreated { order_id: order_id.into(), note: SECRET.into() }.emit_to(events);
        });
    }

    /// Pays an order, as it was `days` ago. The event is kept for 90 days.
    pub fn pay(&self, order_id: &str, days: i64) {
        self.transaction(days, |events| {
            OrderCompleted { order_id: order_id.into() }.emit_to(events);
        });
    }

    fn transaction(&self, days: i64, work: impl FnOnce(&mut event_outbox::TxEvents)) {
        let emitter = Emitter::builder().clock(move || ago(days)).build();
        let outbox = Outbox::new(emitter);
        // On a server, the rows are copied there.
        let mut connection = match self.url() {
            Some(_) => tables_in_memory(),
            None => self.connection(),
        };
        outbox
            .transaction(&mut connection, |_, events| {
                work(events);
                Ok::<_, Error>(())
            })
            .unwrap();
        if self.url().is_some() {
            self.copy(&connection);
        }
    }

    /// Inserts the events of another database.
    fn copy(&self, from: &Connection) {
        let columns = event_outbox::OutboxRow::COLUMNS;
        let sql = format!("SELECT {} FROM domain_events ORDER BY seq", columns.join(", "));
        let mut select = from.prepare(&sql).unwrap();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let value = |at| row.get::<_, rusqlite::types::Value>(at).unwrap();
            let values: Vec<_> = (0..columns.len()).map(value).collect();
            let parameters: Vec<&dyn ToSql> = values.iter().map(|value| value as _).collect();
            let places: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
            let sql = format!(
                "INSERT INTO domain_events ({}) VALUES ({})",
                columns.join(", "),
                places.join(", ")
            );
            self.execute(&sql, &parameters);
        }
    }

    /// Inserts events without an entity, as they were long ago.
    pub fn fill(&self, events: i64) {
        let sql = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
            INSERT INTO domain_events (event_id, event_type, event_version, occurred_at,
                recorded_at, envelope)
            SELECT ?2, 'a.b', 1, '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', '{}'
            FROM n";
        self.execute(sql, &[&events, &NO_ID]);
    }

    /// The relay has served a target up to a place.
    pub fn cursor(&self, target: &str, low_seq: i64, days: i64) {
        let sql = "INSERT INTO outbox_cursor (target, low_seq, published, updated_at)
            VALUES (?1, ?2, ?2, ?3)";
        self.execute(sql, &[&target, &low_seq, &ago(days).to_string()]);
    }

    /// An event is parked.
    pub fn park(&self, target: &str, seq: i64, state: &str) {
        let sql = "INSERT INTO outbox_parked SELECT ?1, seq, event_id, event_type, entity_type,
                entity_id, ?3, 4, '2026-11-30T09:00:00.000000Z', '2999-01-01T00:00:00.000000Z',
                'the target answered 422'
            FROM domain_events WHERE seq = ?2";
        self.execute(sql, &[&target, &seq, &state]);
    }

    pub fn execute(&self, sql: &str, parameters: &[&dyn ToSql]) {
        #[cfg(feature = "postgres")]
        if let Some(url) = self.url() {
            return server::run(url, &server::filled(sql, parameters));
        }
        self.connection().execute(sql, parameters).unwrap();
    }

    /// Runs statements in one transaction.
    pub fn batch(&self, statements: &str) {
        #[cfg(feature = "postgres")]
        if let Some(url) = self.url() {
            return server::run(url, statements);
        }
        self.connection().execute_batch(&format!("BEGIN;{statements}COMMIT")).unwrap();
    }

    /// What a query answers: a row a line, values separated by `|`.
    pub fn query(&self, sql: &str) -> String {
        #[cfg(feature = "postgres")]
        if let Some(url) = self.url() {
            return server::query(url, sql);
        }
        let connection = self.connection();
        let mut select = connection.prepare(sql).unwrap();
        let columns = select.column_count();
        let mut rows = select.query([]).unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let value = |column| match row.get_ref(column).unwrap() {
                ValueRef::Null => "-".to_owned(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                other => format!("{other:?}"),
            };
            lines.push((0..columns).map(value).collect::<Vec<_>>().join("|"));
        }
        lines.join("\n")
    }

    /// Every row of every table.
    pub fn dump(&self) -> String {
        let tables = match self.url() {
            Some(_) => "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
            None => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
        };
        let tables = self.query(tables);
        let rows = |table: &str| self.query(&format!("SELECT '{table}', * FROM {table}"));
        tables.lines().map(rows).collect::<Vec<_>>().join("\n")
    }

    /// What is parked: target, place, state, attempts, reason.
    pub fn parked(&self) -> String {
        self.query(
            "SELECT target, seq, state, attempts, reason FROM outbox_parked ORDER BY target, seq",
        )
    }

    /// The places of the events that are kept.
    pub fn seqs(&self) -> String {
        self.query("SELECT seq FROM domain_events ORDER BY seq").replace('\n', " ")
    }

    /// Runs `event-relay` with these words on the shop's database, without a terminal.
    pub fn run(&self, words: &str) -> Ran {
        self.run_args(&words.split_whitespace().collect::<Vec<_>>())
    }

    pub fn run_args(&self, args: &[&str]) -> Ran {
        let mut command = self.command();
        command.args(args).arg("--database").arg(&self.database);
        Ran::of(&mut command)
    }

    /// `event-relay` without arguments. The variables of this process do not reach it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_event-relay"));
        command.env_remove("EVENTS_RELAY_CONFIG").env("USER", "ada").current_dir(&self.directory);
        command
    }
}

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        let output = command.stdin(Stdio::null()).output().unwrap();
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What a successful command prints. The audit event is on standard error.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }
}

fn tables_in_memory() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    connection
}

/// The time `days` ago, and half a minute more: so that an age is that number of days for as long
/// as a test runs.
pub fn ago(days: i64) -> Timestamp {
    let seconds = days * 86_400 + 30;
    Timestamp::from_micros(Timestamp::now().as_micros() - seconds * 1_000_000)
}
