//! SQLite.

use super::Rows;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::path::Path;
use std::time::Duration;

/// A connection of its own.
///
/// # Panics
///
/// If there is no such database.
pub(super) fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("the database");
    connection.busy_timeout(Duration::from_secs(10)).expect("a timeout");
    connection
}

pub(super) fn rows<const N: usize>(path: &Path, queries: [&str; N]) -> rusqlite::Result<[Rows; N]> {
    let connection = open(path);
    // One transaction: all is of one moment.
    let tx = connection.unchecked_transaction()?;
    let mut all = [const { Rows::new() }; N];
    for (rows, query) in all.iter_mut().zip(queries) {
        let mut select = tx.prepare(query)?;
        let columns = select.column_count();
        let texts = |row: &Row<'_>| (0..columns).map(|at| Ok(text(row.get_ref(at)?))).collect();
        *rows = select.query_map([], texts)?.collect::<rusqlite::Result<_>>()?;
    }
    Ok(all)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into(),
    }
}
