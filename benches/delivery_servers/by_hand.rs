//! The insert as a careful person writes it: the arrays of the outbox's own statement, from values
//! that are known where the event is. Only the envelope, the id and the times are the emitter's.

use crate::event::{CORRELATION, SPAN, TRACE, paid};
use crate::flush::change;
use event_core::record::OwnedRecord;
use event_core::{Emit, Emitter, Timestamp};
use event_outbox::sql::postgres::INSERT;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Statement, Transaction};

const RETENTION_MICROS: i64 = 90 * 86_400_000_000;

/// A transaction with a change of each order, and its event. `insert` is [`INSERT`], prepared.
pub(crate) async fn transaction(
    emitter: &Emitter,
    client: &mut Client,
    orders: &[i64],
    insert: Option<&Statement>,
) -> Result<(), Error> {
    let mut events = emitter.buffer();
    let tx = client.transaction().await?;
    change(&tx, orders).await?;
    for order_id in orders {
        paid(*order_id).emit_to(&mut events);
    }
    write(&tx, events.records(), orders, insert).await?;
    tx.commit().await?;
    events.flush();
    Ok(())
}

async fn write(
    tx: &Transaction<'_>,
    records: &[OwnedRecord],
    orders: &[i64],
    insert: Option<&Statement>,
) -> Result<(), Error> {
    let records: Vec<_> = records.iter().map(OwnedRecord::record).collect();
    let ids: Vec<String> = records.iter().map(|record| record.event_id().to_string()).collect();
    let entities: Vec<String> = orders.iter().map(i64::to_string).collect();
    let occurred: Vec<String> =
        records.iter().map(|record| record.occurred_at().to_string()).collect();
    let recorded: Vec<String> =
        records.iter().map(|record| record.recorded_at().to_string()).collect();
    let retained = |at: Timestamp| Timestamp::from_micros(at.as_micros() + RETENTION_MICROS);
    let retain: Vec<String> =
        records.iter().map(|record| retained(record.recorded_at()).to_string()).collect();
    let envelopes: Vec<&str> = records
        .iter()
        .map(|record| str::from_utf8(record.envelope().trim_ascii_end()).unwrap())
        .collect();
    let same = |text: &'static str| vec![text; orders.len()];
    let ones = vec![1_i64; orders.len()];
    let (types, kinds) = (same("order.pay.completed"), same("order"));
    let (traces, spans, correlations) = (same(TRACE), same(SPAN), same(CORRELATION));
    let no_keys = vec![None::<&str>; orders.len()];
    let texts = |texts| -> (&(dyn ToSql + Sync), Type) { (texts, Type::TEXT_ARRAY) };
    let numbers = |numbers| -> (&(dyn ToSql + Sync), Type) { (numbers, Type::INT8_ARRAY) };
    let values = [
        texts(&ids),
        texts(&types),
        numbers(&ones),
        texts(&kinds),
        texts(&entities),
        numbers(&ones),
        texts(&occurred),
        texts(&recorded),
        texts(&traces),
        texts(&spans),
        texts(&correlations),
        texts(&no_keys),
        texts(&retain),
        texts(&envelopes),
    ];
    match insert {
        Some(insert) => tx.query(insert, &values.each_ref().map(|(value, _)| *value)).await,
        None => tx.query_typed(INSERT, &values).await,
    }
    .map(drop)
}
