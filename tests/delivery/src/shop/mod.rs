//! A shop whose transactions change orders and write one event for each change.

mod plan;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

pub use plan::Habits;

use crate::random::Random;
use crate::store::Store;
use event_core::{Emitter, Timestamp};
use plan::Plan;
use std::fmt;
use std::iter;
use std::sync::atomic::{AtomicI64, Ordering};

/// A shop. Each of its orders counts its changes: that is what the events are compared with.
pub struct Shop {
    tables: Tables,
    habits: Habits,
    random: Random,
    /// The number of transactions.
    begun: u64,
}

enum Tables {
    Sqlite(sqlite::Tables),
    #[cfg(feature = "postgres")]
    Postgres(postgres::Tables),
}

/// Why a transaction was not committed.
#[derive(Debug)]
pub enum NotCommitted {
    /// The shop wanted it so.
    OnPurpose,
    /// The database refused it. If the connection was lost, it may be committed all the same.
    Refused(Refused),
}

/// What the database said.
#[derive(Debug)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Refused {
    fn from(error: E) -> Self {
        let sources = iter::successors(error.source(), |error| error.source());
        let texts = [error.to_string()].into_iter().chain(sources.map(ToString::to_string));
        Self(texts.collect::<Vec<_>>().join(": "))
    }
}

impl From<Refused> for NotCommitted {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl<E: std::error::Error> From<E> for NotCommitted {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

impl Shop {
    /// Opens the database of a shop, and makes its tables if they are missing. A database of
    /// PostgreSQL must be there; it is connected to when it is needed, again and again.
    pub fn open(store: &Store, habits: Habits, seed: u64) -> Result<Self, Refused> {
        let emitter = Emitter::builder().service("shop").clock(clock(habits.clock_back)).build();
        let tables = match store {
            Store::Sqlite(path) => Tables::Sqlite(sqlite::Tables::open(path, &habits, emitter)?),
            #[cfg(feature = "postgres")]
            Store::Postgres(url) => Tables::Postgres(postgres::Tables::new(url, emitter)),
        };
        Ok(Self { tables, habits, random: Random::new(seed), begun: 0 })
    }

    /// How many changes, and so events, are committed.
    pub fn changes(&mut self) -> Result<u64, Refused> {
        let sql = if self.habits.insert_only {
            "SELECT (SELECT count(*) FROM domain_events) + (SELECT count(*) FROM purged)"
        } else {
            "SELECT coalesce(sum(version), 0) FROM orders"
        };
        let changes = match &mut self.tables {
            Tables::Sqlite(tables) => tables.number(sql)?,
            #[cfg(feature = "postgres")]
            Tables::Postgres(tables) => tables.number(sql)?,
        };
        Ok(changes.unsigned_abs())
    }

    /// Changes one to three orders in a transaction, and emits an event for each.
    pub fn change(&mut self) -> Result<u64, NotCommitted> {
        self.begun += 1;
        let plan = Plan::new(&self.habits, &mut self.random, self.begun);
        match &mut self.tables {
            Tables::Sqlite(tables) => tables.change(&plan)?,
            #[cfg(feature = "postgres")]
            Tables::Postgres(tables) => tables.change(&plan)?,
        }
        Ok(plan.changes.len() as u64)
    }
}

/// The time of day, `back` seconds earlier after each 100 events.
fn clock(back: i64) -> impl Fn() -> Timestamp + Send + Sync {
    let calls = AtomicI64::new(0);
    move || {
        let jumps = calls.fetch_add(1, Ordering::Relaxed) / 100;
        Timestamp::from_micros(Timestamp::now().as_micros() - jumps * back * 1_000_000)
    }
}
