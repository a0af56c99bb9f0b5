//! The cursor that is often written: `seq > last`. It misses what becomes visible out of order.

use event_relay::{EntityKey, Message, Seq};
use std::sync::Arc;
use tokio_postgres::{Client, Row, Statement};

/// The columns that a relay needs, as text where the driver has no type for them.
const SQL: &str = "SELECT seq, event_id::text, event_type, event_version, entity_type, entity_id,
        envelope::text
    FROM domain_events WHERE seq > $1 ORDER BY seq LIMIT $2";

pub(crate) struct NaiveCursor {
    client: Client,
    select: Statement,
    last: Seq,
}

impl NaiveCursor {
    pub(crate) async fn new(client: Client) -> Self {
        let select = client.prepare(SQL).await.unwrap();
        Self { client, select, last: 0 }
    }

    pub(crate) async fn read(&mut self, events: i64) -> Vec<Arc<Message>> {
        let rows = self.client.query(&self.select, &[&self.last, &events]).await.unwrap();
        let messages: Vec<_> = rows.iter().map(|row| Arc::new(message(row))).collect();
        self.last = messages.last().map_or(self.last, |message| message.seq);
        messages
    }
}

fn message(row: &Row) -> Message {
    let entity = row.get::<_, Option<String>>(4).zip(row.get(5));
    Message {
        seq: row.get(0),
        event_id: row.get(1),
        event_type: row.get(2),
        event_version: u32::try_from(row.get::<_, i64>(3)).unwrap(),
        entity: entity.map(|(kind, id)| EntityKey { kind, id }),
        envelope: row.get(6),
    }
}
