//! An event as a row of the store, decoded.

use crate::dialect::StoreDialect;
use crate::entity::StoredEntity;
use crate::row::{Columns, Row, UnreadableRow};
use event_core::decode::DecodeError;
use event_core::{EventId, Timestamp};

/// An event of the store.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StoredEvent<T> {
    /// Its number: the order of the store, which does not depend on clocks.
    pub seq: i64,
    /// The id.
    pub event_id: EventId,
    /// The name: `order.payment.submitted`.
    pub event_type: String,
    /// The version of its declaration.
    pub event_version: u32,
    /// The entity.
    pub entity: Option<StoredEntity>,
    /// The version of the entity.
    pub entity_version: Option<i64>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The event. An error if the decoder does not know it, or if it does not match its
    /// declaration; the other events of an answer are decoded all the same.
    pub event: Result<T, DecodeError>,
    /// The envelope, as it was written.
    pub envelope: String,
}

/// Decodes an envelope: the function `decode` of a catalog, or [`Event::decode`][one] of one event.
///
/// [one]: event_core::Event::decode
pub type Decoder<T> = fn(&str) -> Result<T, DecodeError>;

impl<T> StoredEvent<T> {
    /// The columns of the table `alias`, in the order in which they are read.
    pub(crate) fn columns(dialect: StoreDialect, alias: &str) -> String {
        let (event_id, envelope) = (format!("{alias}.event_id"), format!("{alias}.envelope"));
        [
            format!("{alias}.seq"),
            format!("{} AS event_id", dialect.text(&event_id)),
            format!("{alias}.event_type"),
            format!("{alias}.event_version"),
            format!("{alias}.entity_type"),
            format!("{alias}.entity_id"),
            format!("{alias}.entity_version"),
            format!("{} AS occurred_at", dialect.time(&format!("{alias}.occurred_at"))),
            format!("{} AS recorded_at", dialect.time(&format!("{alias}.recorded_at"))),
            format!("{} AS envelope", dialect.text(&envelope)),
        ]
        .join(",\n    ")
    }

    pub(crate) fn read(row: Row, decode: Decoder<T>) -> Result<Self, UnreadableRow> {
        let mut columns = Columns::of(row);
        let (seq, event_id) = (columns.seq()?, columns.event_id()?);
        let (event_type, event_version) = (columns.text("event_type")?, columns.version()?);
        let entity = columns.entity_or_none()?;
        let entity_version = columns.integer_or_null("entity_version")?;
        let (occurred_at, recorded_at) =
            (columns.time("occurred_at")?, columns.time("recorded_at")?);
        let envelope = columns.text("envelope")?;
        let event = decode(&envelope);
        Ok(Self {
            seq,
            event_id,
            event_type,
            event_version,
            entity,
            entity_version,
            occurred_at,
            recorded_at,
            event,
            envelope,
        })
    }
}
