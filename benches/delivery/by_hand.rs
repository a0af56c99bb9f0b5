//! The insert as a careful person writes it: a prepared statement, and values that are known where
//! the event is. Only the envelope, the id and the times are the emitter's.

use crate::event::{CORRELATION, SPAN, TRACE, paid};
use event_core::{Emit, Emitter, Timestamp};
use event_outbox::sql::sqlite::INSERT;
use rusqlite::{Connection, Result, TransactionBehavior, params};

const RETENTION_MICROS: i64 = 90 * 86_400_000_000;

/// A transaction with a change of each order, and its event.
pub(crate) fn transaction(
    emitter: &Emitter,
    connection: &mut Connection,
    orders: &[i64],
    change: impl Fn(&Connection, i64) -> Result<()>,
) -> Result<()> {
    let mut events = emitter.buffer();
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for order_id in orders {
        change(&tx, *order_id)?;
        paid(*order_id).emit_to(&mut events);
    }
    {
        let mut insert = tx.prepare_cached(INSERT)?;
        for (order_id, record) in orders.iter().zip(events.records()) {
            let record = record.record();
            let recorded_at = record.recorded_at();
            let retain_until = Timestamp::from_micros(recorded_at.as_micros() + RETENTION_MICROS);
            insert.execute(params![
                record.event_id().to_string(),
                "order.pay.completed",
                1,
                "order",
                order_id.to_string(),
                1,
                record.occurred_at().to_string(),
                recorded_at.to_string(),
                TRACE,
                SPAN,
                CORRELATION,
                None::<&str>,
                retain_until.to_string(),
                str::from_utf8(record.envelope().trim_ascii_end()).unwrap(),
            ])?;
        }
    }
    tx.commit()?;
    events.flush();
    Ok(())
}
