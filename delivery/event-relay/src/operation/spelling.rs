//! The type that a person means who writes the name of an event with underscores.

use crate::database::{Database, DatabaseError};

/// The type of an event in the outbox that is `name` with dots in the place of some underscores:
/// `order.created` of `order_created`. `None` if there is none, or if `name` is a type itself.
///
/// # Errors
///
/// If the database cannot be read.
pub(crate) fn type_meant(database: &Database, name: &str) -> Result<Option<String>, DatabaseError> {
    if !name.contains('_') {
        return Ok(None);
    }
    let sql = "SELECT event_type FROM domain_events
        WHERE replace(event_type, '.', '_') = ?1 AND event_type <> ?2 LIMIT 1";
    let spelling = name.replace('.', "_");
    database.first(sql, &[(&spelling).into(), name.into()], |row| row.text(0))
}
