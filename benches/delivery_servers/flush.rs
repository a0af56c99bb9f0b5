//! A transaction with events in PostgreSQL: by the outbox, and by hand.

use crate::by_hand;
use crate::database::{client, emitter, made, runtime, server};
use crate::event::{context, paid};
use crate::report::{Report, medians, number};
use event_benches::Target;
use event_core::{Emit, Emitter};
use event_outbox_tokio_postgres::{Error, INSERT, Outbox};
use std::time::{Duration, Instant};
use test_servers::Postgres;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, Statement, Transaction};

const TURNS: usize = 31;
/// Events of a transaction, and transactions of a turn.
const SIZES: [(u32, usize); 3] = [(1, 100), (10, 50), (500, 2)];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    ByHand,
    Outbox,
}

/// One way to write, with its database.
struct Contender {
    way: Way,
    url: String,
    client: Client,
    insert: Option<Statement>,
    outbox: Outbox,
}

pub(crate) fn measure() {
    let _bound = context().enter();
    for (fsync, statements) in
        [("off", ["prepared", "not prepared"].as_slice()), ("on", &["prepared"])]
    {
        let Some(server) = server(fsync) else { return };
        let mut report = Report::new("transactions");
        for statement in statements {
            for (events, transactions) in SIZES {
                let [peer, ours] = rates(&server, *statement == "prepared", events, transactions);
                let what = format!("events a transaction: {events}, {statement}");
                report.row(&what, ours, peer, Target::AtLeast(0.95));
            }
        }
        let title = format!("`Outbox::transaction` of PostgreSQL, `fsync = {fsync}`");
        let about = "peer: the same transaction with tokio-postgres by hand; both insert by one \
                     statement, behind one that changes all orders";
        report.print(&title, about);
    }
}

/// Transactions a second, by hand and by the outbox.
fn rates(server: &Postgres, is_prepared: bool, events: u32, transactions: usize) -> [f64; 2] {
    let (runtime, emitter) = (runtime(), emitter());
    let mut contenders = [Way::ByHand, Way::Outbox].map(|way| {
        let url = made(server, &format!("{way:?}"));
        runtime.block_on(Contender::new(way, url, is_prepared, &emitter))
    });
    let orders: Vec<i64> = (0..events).map(|order| 1_000_000 + i64::from(order)).collect();
    let medians = medians(TURNS, [0, 1], |which| {
        contenders[which].turn(&runtime, &emitter, &orders, transactions)
    });
    let [by_hand, outbox] = contenders.map(|contender| server.sql(&contender.url, ROWS));
    assert_eq!(by_hand, outbox, "the contenders write different rows");
    medians.map(|seconds| number(transactions) / seconds)
}

/// What both must have written: all but the ids and the times.
const ROWS: &str = "SELECT count(*), count(DISTINCT event_id), md5(string_agg(concat_ws('|',
        event_type, event_version, entity_type, entity_id, entity_version, trace_id, span_id,
        correlation_id, deduplication_key, retain_until - recorded_at, envelope -> 'payload',
        envelope -> 'context'), '' ORDER BY seq))
    FROM domain_events";

impl Contender {
    async fn new(way: Way, url: String, is_prepared: bool, emitter: &Emitter) -> Self {
        let client = client(&url).await;
        client.batch_execute("CREATE TABLE orders (order_id bigint, is_paid bool)").await.unwrap();
        let mut outbox = Outbox::new(emitter.clone());
        let mut insert = None;
        if is_prepared {
            let statement = client.prepare(INSERT).await.unwrap();
            outbox = outbox.prepared(statement.clone());
            insert = Some(statement);
        }
        Self { way, url, client, insert, outbox }
    }

    fn turn(
        &mut self,
        runtime: &Runtime,
        emitter: &Emitter,
        orders: &[i64],
        transactions: usize,
    ) -> Duration {
        let start = Instant::now();
        runtime.block_on(async {
            for _ in 0..transactions {
                self.transaction(emitter, orders).await.unwrap();
            }
        });
        start.elapsed()
    }

    async fn transaction(&mut self, emitter: &Emitter, orders: &[i64]) -> Result<(), Error> {
        let Self { client, insert, .. } = self;
        if self.way == Way::ByHand {
            return Ok(by_hand::transaction(emitter, client, orders, insert.as_ref()).await?);
        }
        self.outbox
            .transaction(client, async |tx, events| {
                change(tx, orders).await?;
                for order_id in orders {
                    paid(*order_id).emit_to(events);
                }
                Ok(())
            })
            .await
    }
}

/// One statement for all orders, so that the events are most of a large transaction.
pub(crate) async fn change(
    tx: &Transaction<'_>,
    orders: &[i64],
) -> Result<(), tokio_postgres::Error> {
    let sql = "INSERT INTO orders SELECT unnest($1), true";
    let values = [(&orders as _, tokio_postgres::types::Type::INT8_ARRAY)];
    tx.query_typed(sql, &values).await.map(drop)
}
