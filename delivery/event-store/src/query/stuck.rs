//! Operations that have begun and not ended.

use super::Query;
use crate::dialect::StoreDialect;
use crate::row::{Row, UnreadableRow};
use crate::statement::{Parameter, Statement};
use crate::step::EventStep;
use crate::stored::{Decoder, StoredEvent};
use event_core::meta::StatusClass;
use event_core::{Begins, Catalog, Event, Timestamp};
use std::time::Duration;

/// Operations that have begun and not ended. Made by [`stuck`].
#[derive(Clone, Debug)]
pub struct Stuck<T> {
    begin: EventStep,
    /// The events of the same action that end it.
    ends: Vec<EventStep>,
    before: Timestamp,
    decode: Decoder<T>,
}

/// Asks which operations that begin with `B` have not ended: for their entity, the store has no
/// later event of the same domain and action with a status of class `ok` or `fault`.
///
/// `catalog` is the one that `B` is of: its event types say what ends the operation. An entity is
/// in the answer once, with the latest event that began it.
pub fn stuck<B: Begins + Event>(catalog: &'static Catalog) -> Stuck<B> {
    Stuck::of(EventStep::of::<B>(), catalog, B::decode)
}

impl<T> Stuck<T> {
    /// Asks which operations that begin with `begin` have not ended.
    pub fn of(begin: EventStep, catalog: &'static Catalog, decode: Decoder<T>) -> Self {
        let name = begin.meta().name;
        let ends = catalog.events().filter(|event| {
            let class = event.name.status.map(|status| status.class);
            let is_end = matches!(class, Some(StatusClass::Ok | StatusClass::Fault));
            event.latest
                && is_end
                && (event.name.domain, event.name.action) == (name.domain, name.action)
        });
        let ends = ends.map(|event| EventStep::new(catalog, event)).collect();
        Self { begin, ends, before: Timestamp::now(), decode }
    }

    /// Only operations that began at least so long ago.
    #[must_use]
    pub fn older_than(self, age: Duration) -> Self {
        let before = Timestamp::now().saturating_sub(age);
        self.begun_before(before)
    }

    /// Only operations that began before a time.
    #[must_use]
    pub fn begun_before(mut self, time: Timestamp) -> Self {
        self.before = time;
        self
    }

    /// The events that end the operation.
    pub fn ends(&self) -> &[EventStep] {
        &self.ends
    }
}

impl<T> Query for Stuck<T> {
    type Item = StoredEvent<T>;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        let mut statement = Statement::new(dialect);
        let of_action = self.ends.iter().chain([&self.begin]);
        statement
            .sql("SELECT\n    ")
            .sql(StoredEvent::<T>::columns(dialect, "e"))
            .sql("\nFROM domain_events AS e\nWHERE e.seq IN (\n    SELECT begun.seq")
            .sql("\n    FROM domain_events AS begun\n    WHERE begun.entity_id IS NOT NULL AND ")
            .sql(dialect.by_entity("begun.event_type"))
            .sql(" IN ")
            .texts(self.begin.names())
            .sql("\n        AND begun.occurred_at <= ")
            .value(Parameter::Time(self.before))
            .sql("\n        AND NOT EXISTS (\n            SELECT 1 FROM domain_events AS later")
            .sql("\n            WHERE later.entity_id IS NOT NULL")
            .sql("\n                AND later.entity_type = begun.entity_type")
            .sql("\n                AND later.entity_id = begun.entity_id")
            .sql("\n                AND later.seq > begun.seq\n                AND ")
            .sql(dialect.by_entity("later.event_type"))
            .sql(" IN ")
            .texts(of_action.flat_map(|step| step.names()))
            .sql("\n        )\n)\nORDER BY e.seq");
        statement
    }

    fn item(&self, row: Row) -> Result<StoredEvent<T>, UnreadableRow> {
        StoredEvent::read(row, self.decode)
    }
}
