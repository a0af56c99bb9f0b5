//! Versions of entities that no event has.

use super::Query;
use crate::dialect::StoreDialect;
use crate::entity::StoredEntity;
use crate::row::{Columns, Row, UnreadableRow};
use crate::statement::Statement;

/// The versions of entities that are missing between the events of the store. Made by [`holes`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Holes;

/// Asks for the entity versions that no event has, between the first and the last that one has.
///
/// A hole is a change without its event: code that writes the entity and emits nothing. Versions
/// before the first event are not holes, because a purge deletes the oldest events.
pub const fn holes() -> Holes {
    Holes
}

/// Versions of an entity that no event has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hole {
    /// The entity.
    pub entity: StoredEntity,
    /// The first missing version.
    pub first: i64,
    /// The last missing version.
    pub last: i64,
}

impl Query for Holes {
    type Item = Hole;

    fn statement(&self, dialect: StoreDialect) -> Statement {
        let mut statement = Statement::new(dialect);
        statement.sql(
            "SELECT entity_type, entity_id, before_it + 1 AS first_missing, \
             entity_version - 1 AS last_missing
FROM (
    SELECT entity_type, entity_id, entity_version,
        lag(entity_version) OVER (
            PARTITION BY entity_type, entity_id ORDER BY entity_version
        ) AS before_it
    FROM domain_events
    WHERE entity_id IS NOT NULL AND entity_version IS NOT NULL
) AS versions
WHERE entity_version > before_it + 1
ORDER BY entity_type, entity_id, first_missing",
        );
        statement
    }

    fn item(&self, row: Row) -> Result<Hole, UnreadableRow> {
        let mut columns = Columns::of(row);
        Ok(Hole {
            entity: columns.entity()?,
            first: columns.integer("first_missing")?,
            last: columns.integer("last_missing")?,
        })
    }
}
