//! An adapter of one's own, in full: `cargo run -p event-outbox-rusqlite --example own_adapter`.
//!
//! It is for plain rusqlite, by what `event-outbox` makes public: the SQL, the order of the values,
//! and one method. An adapter for another driver differs in how a value is bound.
#![allow(clippy::print_stdout, reason = "an example prints")]

use event_core::{Emit, Emitter, events};
use event_outbox::{Inserted, OutboxRow, OutboxTx, TxEvents, Value, sql};
use rusqlite::{Connection, types};
use std::error::Error;

events!(
    /// Parcels.
    #[domain(optional(action))]
    pub(crate) enum Parcel {}

    /// A parcel was sent.
    #[event(info)]
    pub(crate) struct ParcelSent {
        /// The parcel.
        #[entity]
        pub parcel_id: i64,
    }
);

/// An open transaction.
pub(crate) struct PlainTx<'a>(pub(crate) &'a Connection);

impl OutboxTx for PlainTx<'_> {
    type Error = rusqlite::Error;

    fn append(&mut self, rows: &[OutboxRow<'_>]) -> Result<Inserted, rusqlite::Error> {
        let mut written = Vec::new();
        for row in rows {
            let values = row.values().map(|value| match value {
                Value::Null => types::Value::Null,
                Value::Integer(number) => types::Value::Integer(number),
                Value::Text(text) => types::Value::Text(text.to_owned()),
                Value::Id(id) => types::Value::Text(id.to_string()),
                Value::Time(time) => types::Value::Text(time.to_string()),
            });
            // 0 rows: an event with this deduplication key is in the table.
            if self.0.execute(sql::sqlite::INSERT, rusqlite::params_from_iter(values))? == 1 {
                written.push(row.event_id);
            }
        }
        Ok(Inserted::Only(written))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut connection = Connection::open_in_memory()?;
    // A migration tool of your own runs this, or what `event-relay migrate --print` prints.
    connection.execute_batch(&sql::sqlite::script())?;
    connection.execute_batch("CREATE TABLE parcels (id INTEGER PRIMARY KEY)")?;

    let emitter = Emitter::builder().service("post").build();
    let mut events = TxEvents::new(&emitter);
    let tx = connection.transaction()?;
    tx.execute("INSERT INTO parcels VALUES (7)", [])?;
    ParcelSent { parcel_id: 7 }.emit_to(&mut events);
    events.flush(&mut PlainTx(&tx))?;
    tx.commit()?;
    events.committed();

    let sql = "SELECT event_type, entity_id, envelope FROM domain_events";
    let (event_type, entity_id, envelope): (String, String, String) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    println!("{event_type} of parcel {entity_id}\n{envelope}");
    Ok(())
}
