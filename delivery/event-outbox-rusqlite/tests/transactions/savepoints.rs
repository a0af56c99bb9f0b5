//! Savepoints: what is rolled back takes its events along, however they are nested and whenever
//! they are flushed.

use crate::fixture::events::order_pay_completed;
use crate::fixture::{Shop, database, orders_and_events, place, refuse};
use event_core::Emit;
use event_outbox::TxEvents;
use event_outbox_rusqlite::{Error, flush, savepoint};
use proptest::prelude::*;
use rusqlite::Connection;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

#[derive(Clone, Debug)]
enum Step {
    /// An order, and its event.
    Place,
    /// An event with one of few deduplication keys.
    Attempt(u32),
    /// An event that the emitter refuses.
    Refused,
    Flush,
    Nested(Vec<Step>, End),
}

#[derive(Clone, Copy, Debug)]
enum End {
    Commit,
    Fail,
    Panic,
}

fn step() -> impl Strategy<Value = Step> {
    let leaf = prop_oneof![
        8 => Just(Step::Place),
        4 => (0..3_u32).prop_map(Step::Attempt),
        1 => Just(Step::Refused),
        3 => Just(Step::Flush),
    ];
    let end = prop_oneof![3 => Just(End::Commit), 2 => Just(End::Fail), 1 => Just(End::Panic)];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        (prop::collection::vec(inner, 0..6), end.clone())
            .prop_map(|(steps, end)| Step::Nested(steps, end))
    })
}

/// What must be there. A savepoint is a copy of all of it.
#[derive(Clone, Debug, Default)]
struct Twin {
    orders: Vec<i64>,
    /// The orders that were placed, and the attempts as negative numbers, in their order.
    events: Vec<i64>,
    refused: u64,
}

impl Twin {
    /// Returns whether the steps succeed.
    fn run(&mut self, steps: &[Step], next: &Cell<i64>) -> bool {
        for step in steps {
            match step {
                Step::Place => {
                    let order_id = next.replace(next.get() + 1);
                    self.orders.push(order_id);
                    self.events.push(order_id);
                }
                Step::Attempt(attempt) => self.events.push(-1 - i64::from(*attempt)),
                Step::Refused => self.refused += 1,
                Step::Flush if self.refused > 0 => return false,
                Step::Flush => {}
                Step::Nested(steps, end) => {
                    let before = self.clone();
                    if !self.run(steps, next) || !matches!(end, End::Commit) {
                        *self = before;
                    }
                }
            }
        }
        true
    }

    /// Of the events of one key, the first is kept.
    fn without_duplicates(&self) -> Vec<i64> {
        let mut kept = Vec::new();
        for event in &self.events {
            if !kept.contains(event) {
                kept.push(*event);
            }
        }
        kept
    }
}

fn run(
    tx: &Connection,
    events: &mut TxEvents,
    steps: &[Step],
    next: &Cell<i64>,
) -> Result<(), Error> {
    for step in steps {
        match step {
            Step::Place => place(tx, events, next.replace(next.get() + 1))?,
            Step::Attempt(attempt) => refuse(events, 0, *attempt),
            Step::Refused => order_pay_completed(1, false).emit_to(events),
            Step::Flush => _ = flush(tx, events)?,
            Step::Nested(steps, end) => {
                let nested = catch_unwind(AssertUnwindSafe(|| {
                    savepoint(tx, events, |tx, events| {
                        run(tx, events, steps, next)?;
                        match end {
                            End::Commit => Ok(()),
                            End::Fail => Err(Error::NoTransaction),
                            End::Panic => resume_unwind(Box::new(())),
                        }
                    })
                }));
                // The transaction goes on, whatever became of its part.
                let _ = nested;
            }
        }
    }
    Ok(())
}

/// The events of the table as numbers of the twin, and their ids, in the order of `seq`.
fn rows(connection: &Connection) -> Vec<(i64, String)> {
    let sql = "SELECT iif(event_type = 'order.created', CAST(entity_id AS INTEGER),
                          -1 - (envelope ->> '$.payload.attempt')), event_id
               FROM domain_events ORDER BY seq";
    let mut select = connection.prepare(sql).unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_transaction_keeps_what_a_copy_of_everything_keeps(
        steps in prop::collection::vec(step(), 0..12),
    ) {
        let (shop, mut connection) = (Shop::new(), database());
        let mut twin = Twin::default();
        let is_committed = twin.run(&steps, &Cell::new(1)) && twin.refused == 0;
        let outcome = shop.outbox.transaction(&mut connection, |tx, events| {
            run(tx, events, &steps, &Cell::new(1))
        });
        prop_assert_eq!(outcome.is_ok(), is_committed, "{:?}", outcome);
        if !is_committed {
            twin = Twin::default();
        }
        let rows = rows(&connection);
        let events: Vec<i64> = rows.iter().map(|(event, _)| *event).collect();
        prop_assert_eq!(orders_and_events(&connection).0, twin.orders.clone());
        prop_assert_eq!(events, twin.without_duplicates());
        // The sinks have what the table has, in its order.
        let records = shop.memory.records();
        let ids = records.iter().map(|record| record.record().event_id().to_string());
        prop_assert!(ids.eq(rows.into_iter().map(|(_, id)| id)));
        let [emitted, _, buffered] = shop.counts();
        prop_assert_eq!((emitted, buffered), (records.len() as u64, 0));
        let dropped = shop.incidents().into_iter().filter(|incident| {
            matches!(incident, event_core::emit::Incident::BufferDropped { .. })
        });
        prop_assert_eq!(dropped.count(), 0);
    }
}

#[test]
fn a_flush_in_a_savepoint_is_taken_back_with_it() {
    let (shop, mut connection) = (Shop::new(), database());
    shop.outbox
        .transaction(&mut connection, |tx, events| {
            place(tx, events, 1)?;
            let failed = savepoint(tx, events, |tx, events| {
                place(tx, events, 2)?;
                assert_eq!(flush(tx, events)?.written, 2);
                Err::<(), _>(Error::NoTransaction)
            });
            assert!(failed.is_err());
            assert_eq!(flush(tx, events)?.written, 1, "order 1 is written again");
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(orders_and_events(&connection), (vec![1], vec![1]));
    assert_eq!(shop.counts(), [1, 1, 0]);
}

#[test]
fn a_refused_event_from_before_a_savepoint_stays_refused() {
    let (shop, mut connection) = (Shop::new(), database());
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        order_pay_completed(1, false).emit_to(events);
        let outer = savepoint(tx, events, |tx, events| {
            let inner = savepoint(tx, events, |_, events| {
                order_pay_completed(1, false).emit_to(events);
                Err::<(), _>(Error::NoTransaction)
            });
            assert!(inner.is_err());
            Err::<(), _>(Error::NoTransaction)
        });
        assert!(outer.is_err());
        Ok::<_, Error>(())
    });
    assert!(matches!(failed, Err(Error::Refused { events: 1 })), "{failed:?}");
}

#[test]
fn a_savepoint_needs_a_transaction() {
    let (shop, connection) = (Shop::new(), database());
    let mut events = shop.outbox.events();
    let refused = savepoint(&connection, &mut events, |tx, events| place(tx, events, 1));
    assert!(matches!(refused, Err(Error::NoTransaction)), "{refused:?}");
    assert_eq!(orders_and_events(&connection), (vec![], vec![]));
}

#[test]
fn a_transaction_that_ends_in_a_savepoint_takes_no_events() {
    let (shop, mut connection) = (Shop::new(), database());
    let failed = shop.outbox.transaction(&mut connection, |tx, events| {
        place(tx, events, 1)?;
        let gone = savepoint(tx, events, |tx, events| {
            place(tx, events, 2)?;
            tx.execute_batch("ROLLBACK")?;
            Ok::<_, Error>(())
        });
        assert!(gone.unwrap_err().to_string().contains("no such savepoint: outbox"));
        Ok::<_, Error>(())
    });
    assert!(matches!(failed, Err(Error::NoTransaction)), "{failed:?}");
    assert_eq!(orders_and_events(&connection), (vec![], vec![]));
    assert_eq!(shop.counts(), [0, 2, 0]);
}
