//! An asynchronous adapter of one's own, in full:
//! `cargo run -p event-outbox-tokio-postgres --example own_adapter -- postgres://user@host/database`.
//!
//! It is for plain tokio-postgres, by what `event-outbox` makes public: the SQL, the arrays of its
//! parameters, and one method. An adapter for another driver differs in how an array is bound.
#![allow(clippy::print_stdout, reason = "an example prints")]

use event_core::{Emit, Emitter, EventId, events};
use event_outbox::{Array, AsyncOutboxTx, Inserted, OutboxRow, TxEvents, arrays, sql};
use std::error::Error;
use std::io;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls, Transaction};

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
pub(crate) struct PlainTx<'a>(pub(crate) &'a Transaction<'a>);

impl AsyncOutboxTx for PlainTx<'_> {
    type Error = io::Error;

    async fn append<'a>(&'a mut self, rows: &'a [OutboxRow<'a>]) -> Result<Inserted, Self::Error> {
        let arrays = arrays(rows).map_err(io::Error::other)?;
        let parameters = arrays.each_ref().map(|array| match array {
            Array::Integers(numbers) => (numbers as &(dyn ToSql + Sync), Type::INT8_ARRAY),
            Array::Texts(texts) => (texts as &(dyn ToSql + Sync), Type::TEXT_ARRAY),
        });
        // The driver has no type for a uuid without a feature.
        let insert = format!("{}::text", sql::postgres::INSERT);
        let written = self.0.query_typed(&insert, &parameters).await;
        let written = written.map_err(io::Error::other)?;
        // A row that is missing has a deduplication key that is in the table.
        let ids =
            written.iter().map(|row| EventId::parse(row.get(0)).ok_or(io::ErrorKind::InvalidData));
        Ok(Inserted::Only(ids.collect::<Result<_, _>>()?))
    }
}

/// Sends a parcel, and writes its event in the same transaction.
pub(crate) async fn send(
    client: &mut Client,
    emitter: &Emitter,
    parcel_id: i64,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut events = TxEvents::new(emitter);
    let tx = client.transaction().await?;
    tx.execute("INSERT INTO parcels VALUES ($1)", &[&parcel_id]).await?;
    ParcelSent { parcel_id }.emit_to(&mut events);
    events.flush_async(&mut PlainTx(&tx)).await?;
    tx.commit().await?;
    events.committed();
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let url = std::env::args().nth(1).ok_or("the URL of an empty database is missing")?;
    let (mut client, connection) = tokio_postgres::connect(&url, NoTls).await?;
    tokio::spawn(connection);
    // A migration tool of your own runs this.
    client.batch_execute(&sql::postgres::script()).await?;
    client.batch_execute("CREATE TABLE parcels (id bigint PRIMARY KEY)").await?;

    send(&mut client, &Emitter::builder().service("post").build(), 7).await?;

    let sql = "SELECT event_type, entity_id, envelope::text FROM domain_events";
    let row = client.query_one(sql, &[]).await?;
    let (event_type, entity_id): (&str, &str) = (row.get(0), row.get(1));
    println!("{event_type} of parcel {entity_id}\n{}", row.get::<_, &str>(2));
    Ok(())
}
