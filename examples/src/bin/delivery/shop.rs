//! A shop with a database. Each change of an order and its event are one transaction.

use catalog::order::{OrderCreated, OrderFulfilled, OrderPaymentSubmitted, PaymentState};
use event_core::{Change, Emit};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use event_relay::Waker;
use rusqlite::Connection;
use std::fmt;
use std::path::Path;

/// The shop's part of the database.
const TABLES: &str = "CREATE TABLE orders (
    id TEXT PRIMARY KEY, cents INTEGER NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL
);
CREATE TABLE stock (item TEXT PRIMARY KEY, count INTEGER NOT NULL CHECK (count >= 0));
INSERT INTO stock VALUES ('lamp', 2), ('chair', 0);";

pub(crate) struct Shop {
    connection: Connection,
    outbox: Outbox,
}

/// What a customer sees of an order. It may be old.
#[derive(Clone)]
pub(crate) struct Seen {
    cents: i64,
    status: String,
    attempts: u32,
}

/// Why the shop refuses.
#[derive(Debug)]
pub(crate) enum Problem {
    OutOfStock,
    Database(Error),
}

impl Shop {
    pub(crate) fn open(database: &Path, outbox: Outbox) -> Result<Self, Problem> {
        let mut connection = Connection::open(database)?;
        // So that the relay reads while the shop writes.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        migrate(&mut connection)?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection, outbox })
    }

    /// Wakes a relay in this process after each commit.
    pub(crate) fn wakes(&mut self, waker: Waker) {
        self.outbox = self.outbox.clone().on_commit(move || waker.wake());
    }

    /// Takes an order: the order, the stock and the event, or none of them.
    pub(crate) fn place(&mut self, id: &str, item: &str, cents: i64) -> Result<(), Problem> {
        self.outbox.transaction(&mut self.connection, |tx, events| {
            let order = "INSERT INTO orders VALUES (?1, ?2, 'AWAITING_PAYMENT', 0)";
            tx.execute(order, (id, cents))?;
            OrderCreated {
                order_id: id.into(),
                customer_id: Some("cus_31".into()),
                total_amount: None,
                items_count: Some(1),
                payment_method: Some("credit_card".into()),
            }
            .emit_to(events);
            // The last step fails: the order and its event are rolled back.
            let taken = "UPDATE stock SET count = count - 1 WHERE item = ?1 AND count > 0";
            if tx.execute(taken, [item])? == 0 {
                return Err(Problem::OutOfStock);
            }
            Ok(())
        })
    }

    /// What a customer's page shows of an order.
    pub(crate) fn look(&self, id: &str) -> Result<Seen, Problem> {
        let sql = "SELECT cents, status, attempts FROM orders WHERE id = ?1";
        Ok(self.connection.query_row(sql, [id], |row| {
            Ok(Seen { cents: row.get(0)?, status: row.get(1)?, attempts: row.get(2)? })
        })?)
    }

    /// Hands a payment to the gateway. The bug: it believes what the customer's page has shown,
    /// instead of reading the order in the transaction.
    pub(crate) fn pay(&mut self, id: &str, seen: &Seen, key: &str) -> Result<(), Problem> {
        self.outbox.transaction(&mut self.connection, |tx, events| {
            let paid = "UPDATE orders SET status = 'PAYMENT_SUBMITTED', attempts = attempts + 1
                WHERE id = ?1";
            tx.execute(paid, [id])?;
            OrderPaymentSubmitted {
                order_id: id.into(),
                change: Change {
                    before: PaymentState {
                        status: seen.status.as_str().into(),
                        payment_attempts: seen.attempts,
                    },
                    after: PaymentState {
                        status: "PAYMENT_SUBMITTED".into(),
                        payment_attempts: seen.attempts + 1,
                    },
                },
                gateway: "stripe".into(),
                amount_cents: seen.cents,
                currency: Some("USD".into()),
                idempotency_key: key.into(),
            }
            .emit_to(events);
            Ok(())
        })
    }

    /// Sends an order to its customer.
    pub(crate) fn fulfil(&mut self, id: &str) -> Result<(), Problem> {
        self.outbox.transaction(&mut self.connection, |tx, events| {
            tx.execute("UPDATE orders SET status = 'FULFILLED' WHERE id = ?1", [id])?;
            OrderFulfilled { order_id: id.into() }.emit_to(events);
            Ok(())
        })
    }

    /// How many rows a table has.
    pub(crate) fn count(&self, table: &str) -> Result<u32, Problem> {
        let sql = format!("SELECT count(*) FROM {table}");
        Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfStock => f.write_str("out of stock"),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Problem {}
