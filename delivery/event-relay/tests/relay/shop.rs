//! An outbox in a file, and events of orders.

use event_core::{Emit, Emitter, events};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use event_relay::{Relay, RelayBuilder};
use rusqlite::Connection;
use rusqlite::types::FromSql;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

events!(
    /// Orders.
    #[domain(optional(action))]
    pub enum Order {}

    /// An order was placed.
    #[event(info)]
    pub struct OrderCreated {
        /// The order.
        #[entity]
        pub order_id: u32,
        /// Its changes so far.
        #[entity_version]
        pub revision: u32,
    }
);

/// An outbox in a file of its own, which is removed at the end.
pub(crate) struct Shop {
    directory: PathBuf,
    pub(crate) connection: Connection,
    pub(crate) outbox: Outbox,
}

impl Shop {
    pub(crate) fn open() -> Self {
        static SHOPS: AtomicU32 = AtomicU32::new(0);
        let number = SHOPS.fetch_add(1, Ordering::Relaxed);
        let directory = env::temp_dir().join(format!("relay-{}-{number}", process::id()));
        fs::create_dir_all(&directory).unwrap();
        let mut connection = Connection::open(directory.join("shop.db")).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        connection.pragma_update(None, "synchronous", "OFF").unwrap();
        connection.busy_timeout(Duration::from_secs(10)).unwrap();
        migrate(&mut connection).unwrap();
        let outbox = Outbox::new(Emitter::builder().service("shop").build());
        Self { directory, connection, outbox }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.directory.join("shop.db")
    }

    pub(crate) fn relay(&self) -> RelayBuilder {
        Relay::builder(self.database())
    }

    /// Commits one event of each `(order, revision)`, in one transaction.
    pub(crate) fn place(&mut self, orders: &[(u32, u32)]) {
        let done = self.outbox.transaction(&mut self.connection, |_, events| {
            for &(order_id, revision) in orders {
                OrderCreated { order_id, revision }.emit_to(events);
            }
            Ok::<_, Error>(())
        });
        done.unwrap();
    }

    pub(crate) fn ask<T: FromSql>(&self, sql: &str) -> T {
        self.connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Waits until a number in the database has a value.
    pub(crate) fn wait_for(&self, sql: &str, value: i64) {
        let until = Instant::now() + Duration::from_secs(20);
        while self.ask::<i64>(sql) != value {
            assert!(Instant::now() < until, "`{sql}` is {}, not {value}", self.ask::<i64>(sql));
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until a target is served up to this place.
    pub(crate) fn wait_for_cursor(&self, target: &str, low: i64) {
        let sql = format!(
            "SELECT coalesce((SELECT low_seq FROM outbox_cursor WHERE target = '{target}'), 0)"
        );
        self.wait_for(&sql, low);
    }

    /// The parked events, as `seq state`.
    pub(crate) fn parked(&self) -> Vec<String> {
        let sql = "SELECT seq || ' ' || state FROM outbox_parked ORDER BY target, seq";
        let mut select = self.connection.prepare(sql).unwrap();
        let rows = select.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}
