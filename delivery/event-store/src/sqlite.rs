//! Runs queries on SQLite, by rusqlite.

use crate::dialect::StoreDialect;
use crate::error::{Error, OTHER_TABLE};
use crate::query::Query;
use crate::row::{Cell, Row};
use crate::statement::Parameter;
use event_outbox::sql;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};
use std::ops::ControlFlow;

/// Shows `look` each row of the answer, until it breaks. Holds one row at a time.
///
/// # Errors
///
/// If SQLite refuses the statement, or a row cannot be read.
pub fn each<Q: Query>(
    connection: &Connection,
    query: &Q,
    mut look: impl FnMut(Q::Item) -> ControlFlow<()>,
) -> Result<(), Error<rusqlite::Error>> {
    let statement = query.statement(StoreDialect::Sqlite);
    let mut prepared = connection.prepare_cached(&statement.text()).map_err(refused)?;
    let width = prepared.column_count();
    let values = statement.parameters().iter().map(|value| match value {
        Parameter::Text(text) => rusqlite::types::Value::Text(text.clone()),
        Parameter::Integer(number) => rusqlite::types::Value::Integer(*number),
        Parameter::Time(time) => rusqlite::types::Value::Text(time.to_string()),
    });
    let mut rows = prepared.query(params_from_iter(values)).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let cells: Result<Vec<_>, _> = (0..width).map(|place| row.get_ref(place)).collect();
        let cells = cells.map_err(refused)?.into_iter().map(cell).collect();
        if look(query.item(Row(cells))?).is_break() {
            break;
        }
    }
    Ok(())
}

/// The whole answer.
///
/// # Errors
///
/// As [`each`].
pub fn all<Q: Query>(
    connection: &Connection,
    query: &Q,
) -> Result<Vec<Q::Item>, Error<rusqlite::Error>> {
    let mut items = Vec::new();
    each(connection, query, |item| {
        items.push(item);
        ControlFlow::Continue(())
    })?;
    Ok(items)
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Text(number.to_string()),
        ValueRef::Text(text) | ValueRef::Blob(text) => {
            Cell::Text(String::from_utf8_lossy(text).into_owned())
        }
    }
}

fn refused(error: rusqlite::Error) -> Error<rusqlite::Error> {
    let code = error.sqlite_error().map_or(0, |error| error.extended_code & 0xff);
    let message = error.to_string();
    let other_table = message.contains("no such column").then_some(OTHER_TABLE);
    let help = sql::sqlite::help(code, &message).or(other_table);
    Error::Database { error, help }
}
