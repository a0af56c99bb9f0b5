//! What a transaction of a shop does, whatever its database is.

use crate::events::{OrderChanged, OrderCreated};
use crate::random::Random;
use event_core::Emit;
use event_outbox::TxEvents;
use std::time::Duration;

/// How the transactions of a shop are.
#[derive(Clone, Debug)]
pub struct Habits {
    /// The number of orders.
    pub orders: u64,
    /// How many of 100 transactions are rolled back.
    pub rolled_back: u64,
    /// How many of 100 changes come after a savepoint that is rolled back.
    pub savepoints: u64,
    /// Each transaction only inserts events, of a new order: it locks no row before.
    pub insert_only: bool,
    /// One of so many transactions is held open. 0: none.
    pub held_each: u64,
    /// For how long it is held open.
    pub held: Duration,
    /// `PRAGMA synchronous` of SQLite.
    pub synchronous: &'static str,
    /// The emitter's clock goes back by so many seconds with every 100th event.
    pub clock_back: i64,
    /// The bytes of the note of the third version of the first order. 0: as all others.
    pub large: usize,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            orders: 50,
            rolled_back: 20,
            savepoints: 10,
            insert_only: false,
            held_each: 0,
            held: Duration::ZERO,
            synchronous: "NORMAL",
            clock_back: 0,
            large: 0,
        }
    }
}

/// What a transaction does.
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
    /// Whether its events are written before it is held open and rolled back, not only before it is
    /// committed. They then have their places while others commit.
    pub(super) is_early: bool,
    /// For how long it is held open.
    pub(super) held: Duration,
    /// Whether it is to be committed.
    pub(super) is_meant: bool,
}

/// A change of an order.
pub(super) struct Change {
    pub(super) order: String,
    /// The version that it has, of a new order. `None`: the database counts.
    pub(super) version: Option<u64>,
    /// Whether it is tried before, in a savepoint that is rolled back.
    pub(super) is_tried: bool,
    large: usize,
}

impl Plan {
    /// The plan of the transaction with this number.
    pub(super) fn new(habits: &Habits, random: &mut Random, number: u64) -> Self {
        let is_held = habits.held_each > 0 && number.is_multiple_of(habits.held_each);
        let is_meant = !random.percent(habits.rolled_back);
        let (first, count) = (random.within(0..habits.orders), random.within(1..4));
        let changes = if habits.insert_only {
            let order = format!("order-{:016x}", random.number());
            let change = |version| Change {
                order: order.clone(),
                version: Some(version),
                is_tried: false,
                large: 0,
            };
            (1..=count).map(change).collect()
        } else {
            let mut orders: Vec<u64> = (first..first + count.min(habits.orders))
                .map(|order| order % habits.orders)
                .collect();
            // Always in one order: two transactions that lock each other's rows are a deadlock.
            orders.sort_unstable();
            let change = |order| Change {
                order: format!("order-{order}"),
                version: None,
                is_tried: random.percent(habits.savepoints),
                large: if order == 0 { habits.large } else { 0 },
            };
            orders.into_iter().map(change).collect()
        };
        let held = if is_held { habits.held } else { Duration::ZERO };
        Self { changes, is_early: random.percent(50), held, is_meant }
    }
}

impl Change {
    /// Emits the event of the change to this version.
    pub(super) fn emit(&self, events: &mut TxEvents, version: u64, is_meant: bool) {
        let order_id = self.order.as_str().into();
        if version == 1 {
            OrderCreated { order_id, order_version: version, is_meant }.emit_to(events);
        } else {
            let words = "what a clerk, a customer or a machine has said about it ";
            let times = if version == 3 { (self.large / words.len()).max(4) } else { 4 };
            let note = words.repeat(times).into();
            OrderChanged { order_id, order_version: version, is_meant, note }.emit_to(events);
        }
    }
}
