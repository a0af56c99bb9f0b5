//! What has happened to an entity.

use super::Query;
use crate::dialect::StoreDialect;
use crate::entity::StoredEntity;
use crate::row::{Row, UnreadableRow};
use crate::statement::{Parameter, Statement};
use crate::stored::{Decoder, StoredEvent};

/// The events of an entity, the first one first. Made by [`timeline`].
#[derive(Clone, Debug)]
pub struct Timeline<T> {
    entity: StoredEntity,
    decode: Decoder<T>,
}

/// Asks for the events of an entity, in the order of the store: a clock that was wrong does not
/// change it.
pub fn timeline<T>(entity: StoredEntity, decode: Decoder<T>) -> Timeline<T> {
    Timeline { entity, decode }
}

impl<T> Query for Timeline<T> {
    type Item = StoredEvent<T>;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        let mut statement = Statement::new(dialect);
        statement
            .sql("SELECT\n    ")
            .sql(StoredEvent::<T>::columns(dialect, "e"))
            .sql("\nFROM domain_events AS e\nWHERE e.entity_type = ")
            .value(Parameter::Text(self.entity.kind.clone()))
            .sql(" AND e.entity_id = ")
            .value(Parameter::Text(self.entity.id.clone()))
            .sql("\nORDER BY e.seq");
        statement
    }

    fn item(&self, row: Row) -> Result<StoredEvent<T>, UnreadableRow> {
        StoredEvent::read(row, self.decode)
    }
}
