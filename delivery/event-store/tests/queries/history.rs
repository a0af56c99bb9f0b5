//! Random histories, and the rows that they are in a store.

use event_core::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The names of the shop's events, as rows have them, and one that its catalog does not know.
pub(crate) const TYPES: [&str; 5] = [
    "order.payment.started",
    "order.payment.completed",
    "order.payment.failed",
    "order.ship.completed",
    "order.gift.wrapped",
];

/// Ids of entities, with every kind of character that SQL, JSON or a table may treat specially.
pub(crate) const IDS: [&str; 4] =
    ["ord_1", "o'; DROP TABLE domain_events; --", "\"{$.é\\n\t🦀}%_", ""];

/// An event of a history. Its number is its place, from 1.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    /// The place in [`TYPES`].
    pub(crate) ty: usize,
    /// The version of the declaration.
    pub(crate) version: i64,
    /// The place in [`IDS`]. `None`: the event is about no entity.
    pub(crate) entity: Option<usize>,
    pub(crate) entity_version: Option<i64>,
    /// Minutes from [`start`], in any order.
    pub(crate) minute: u64,
    pub(crate) amount_cents: i64,
    pub(crate) after: &'static str,
}

/// The time of minute 0. Its microseconds are not 0.
pub(crate) fn start() -> Timestamp {
    Timestamp::parse("2026-03-14T09:26:53.589793Z").unwrap()
}

pub(crate) fn minutes(count: u64) -> std::time::Duration {
    std::time::Duration::from_secs(60 * count)
}

pub(crate) fn histories() -> impl Strategy<Value = Vec<Happened>> {
    let event = (
        0..TYPES.len(),
        1..=2_i64,
        proptest::option::weighted(0.9, 0..IDS.len()),
        proptest::option::weighted(0.7, 0..9_i64),
        0..60_u64,
        0..3_i64,
        prop_oneof![Just("cart"), Just("paid"), Just("sent")],
    );
    let event =
        event.prop_map(|(ty, version, entity, entity_version, minute, amount_cents, after)| {
            Happened {
                ty,
                version: if ty == 1 { version } else { 1 },
                entity,
                entity_version: entity.and(entity_version),
                minute,
                amount_cents,
                after,
            }
        });
    proptest::collection::vec(event, 0..40)
}

impl Happened {
    pub(crate) fn occurred_at(&self) -> Timestamp {
        start().saturating_add(minutes(self.minute))
    }

    /// Whether it has a transition.
    pub(crate) fn changes(&self) -> bool {
        matches!(self.ty, 1 | 3)
    }

    fn payload(&self) -> Value {
        let order_id = self.entity.map_or("", |entity| IDS[entity]);
        let mut payload = json!({ "order_id": order_id });
        if self.ty == 1 {
            payload["amount_cents"] = self.amount_cents.into();
        }
        if self.changes() {
            payload["before"] = "cart".into();
            payload["after"] = self.after.into();
        }
        payload
    }

    fn envelope(&self, seq: usize) -> String {
        json!({
            "event_id": event_id(seq),
            "event_type": TYPES[self.ty],
            "event_version": self.version,
            "occurred_at": self.occurred_at().to_string(),
            "recorded_at": self.occurred_at().to_string(),
            "level": "info",
            "context": {},
            "payload": self.payload(),
        })
        .to_string()
    }
}

pub(crate) fn event_id(seq: usize) -> String {
    format!("019cebab-8995-7cb0-9b1f-{seq:012x}")
}

/// The statement that writes a history into an empty store.
pub(crate) fn insert(history: &[Happened], overriding: &str) -> String {
    let rows = history.iter().enumerate().map(|(place, event)| {
        let seq = place + 1;
        let entity = event.entity.map(|entity| IDS[entity]);
        let time = literal(&event.occurred_at().to_string());
        format!(
            "({seq}, {}, {}, {}, {}, {}, {}, {time}, {time}, {})",
            literal(&event_id(seq)),
            literal(TYPES[event.ty]),
            event.version,
            entity.map_or("NULL".to_owned(), |_| "'order'".to_owned()),
            entity.map_or("NULL".to_owned(), literal),
            event.entity_version.map_or("NULL".to_owned(), |version| version.to_string()),
            literal(&event.envelope(seq)),
        )
    });
    let rows: Vec<_> = rows.collect();
    format!(
        "INSERT INTO domain_events (seq, event_id, event_type, event_version, entity_type, \
         entity_id, entity_version, occurred_at, recorded_at, envelope){overriding} \
         VALUES {}",
        rows.join(", ")
    )
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
