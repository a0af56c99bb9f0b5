//! A store with fixed events, in one of the databases.

use crate::events::CATALOG;
use crate::fixture::{Ran, Temp, run_with};
use event_cli::Env;
use event_core::{Secret, Timestamp};
use event_outbox::sql;
use serde_json::{Value, json};

/// An id with characters that control a terminal, begin a formula, and end a text of SQL.
pub(crate) const HOSTILE: &str = "=1+1\u{1b}[31m\u{202e}'\",\n|";

/// Seconds of the day, name, version, entity id, version of the entity, level, payload.
type Happened = (u32, &'static str, u32, &'static str, Option<u32>, &'static str, Value);

/// What has happened. The number of an event is its place.
fn happened() -> Vec<Happened> {
    let paid = |id: &str, before: &str| json!({ "order_id": id, "amount_cents": 4999, "before": before, "after": "paid" });
    let sent = json!({ "order_id": "ord_1", "before": "paid", "after": "sent" });
    let id = |id: &str| json!({ "order_id": id });
    let wrapped = json!({ "order_id": HOSTILE, "paper": "red \u{1b}]0;title\u{7}", "cents": -5 });
    let (started, completed) = ("order.payment.started", "order.payment.completed");
    vec![
        (100, started, 1, "ord_1", Some(1), "info", id("ord_1")),
        (160, completed, 1, "ord_1", Some(2), "info", paid("ord_1", "cart")),
        (162, completed, 2, "ord_1", Some(3), "info", paid("ord_1", "cart")),
        (7_000, "order.ship.completed", 1, "ord_1", Some(7), "info", sent),
        (7_200, started, 1, "ord_2", Some(1), "info", id("ord_2")),
        (7_300, "order.gift.wrapped", 1, HOSTILE, None, "debug", wrapped),
        (7_400, started, 1, "ord_3", Some(1), "info", id("ord_3")),
        (7_460, "order.payment.failed", 1, "ord_3", Some(3), "error", id("ord_3")),
    ]
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn insert(overriding: &str) -> String {
    let midnight = Timestamp::parse("2026-11-30T00:00:00.25Z").unwrap();
    let rows = (1..).zip(happened()).map(|(seq, event)| {
        let (second, name, version, id, entity_version, level, payload) = event;
        let time = midnight.saturating_add(std::time::Duration::from_secs(second.into()));
        let event_id = format!("019ce55b-8995-7cb0-9b1f-{seq:012x}");
        let envelope = json!({
            "event_id": event_id, "event_type": name, "event_version": version, "level": level,
            "occurred_at": time.to_string(), "recorded_at": time.to_string(), "payload": payload,
        });
        let entity_version = entity_version.map_or("NULL".to_owned(), |number| number.to_string());
        format!(
            "({seq}, '{event_id}', '{name}', {version}, 'order', {}, {entity_version}, '{time}', \
             '{time}', {})",
            literal(id),
            literal(&envelope.to_string())
        )
    });
    let rows: Vec<_> = rows.collect();
    format!(
        "INSERT INTO domain_events (seq, event_id, event_type, event_version, entity_type, \
         entity_id, entity_version, occurred_at, recorded_at, envelope){overriding} VALUES {}",
        rows.join(", ")
    )
}

/// A store, and the directory that its commands run in.
pub(crate) struct Store {
    directory: Temp,
    /// What `--db` is given.
    pub(crate) url: String,
}

impl Store {
    pub(crate) fn sqlite() -> Self {
        let directory = Temp::new("query");
        let connection = rusqlite::Connection::open(directory.join("shop.db")).unwrap();
        connection.execute_batch(&sql::sqlite::script()).unwrap();
        connection.execute_batch(&insert("")).unwrap();
        Self { directory, url: "shop.db".to_owned() }
    }

    /// None if PostgreSQL is not installed.
    #[cfg(feature = "query-postgres")]
    pub(crate) fn postgres() -> Option<Self> {
        let server = test_servers::Postgres::shared()?;
        let url = server.database("query");
        server.sql(&url, &sql::postgres::script());
        server.sql(&url, &insert(" OVERRIDING SYSTEM VALUE"));
        Some(Self { directory: Temp::new("query"), url })
    }

    /// Where the commands run, at noon.
    pub(crate) fn env(&self) -> Env {
        Env {
            directory: self.directory.path().to_owned(),
            now: Timestamp::parse("2026-11-30T12:00:00Z"),
            database: Some(Secret::new(self.url.clone())),
            ..Env::default()
        }
    }

    /// Runs `query`.
    pub(crate) fn query(&self, args: &[&str]) -> Ran {
        run_with(&self.env(), &CATALOG, &[&["query"], args].concat())
    }
}
