//! The rows of a query. A row may hold anything: another program wrote it.

use super::fault::DatabaseFault;
use event_core::Timestamp;
use rusqlite::types::ValueRef;

/// A row of a query.
pub(crate) struct Row<'r>(Driver<'r>);

enum Driver<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    #[cfg(feature = "postgres")]
    Postgres(&'r tokio_postgres::Row),
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// No value.
    Null,
    /// A number, or a truth value of SQLite.
    Integer(i64),
    /// A text, a UUID or JSON. In SQLite, a time too.
    Text(String),
    /// A time of PostgreSQL.
    #[cfg(feature = "postgres")]
    Time(Timestamp),
    /// Bytes where a text belongs, with what can be read of them.
    NotUtf8(String),
    /// Anything else: the name of its type.
    Other(String),
}

impl<'r> Row<'r> {
    pub(super) fn sqlite(row: &'r rusqlite::Row<'r>) -> Self {
        Self(Driver::Sqlite(row))
    }

    #[cfg(feature = "postgres")]
    pub(super) fn postgres(row: &'r tokio_postgres::Row) -> Self {
        Self(Driver::Postgres(row))
    }

    /// What a column holds. Columns count from 0.
    pub(crate) fn cell(&self, column: usize) -> Cell {
        match self.0 {
            Driver::Sqlite(row) => match row.get_ref(column) {
                Ok(value) => of_sqlite(value),
                Err(error) => Cell::Other(error.to_string()),
            },
            #[cfg(feature = "postgres")]
            Driver::Postgres(row) => super::postgres::cell(row, column),
        }
    }

    /// The name of a column.
    pub(crate) fn name(&self, column: usize) -> &str {
        match self.0 {
            Driver::Sqlite(row) => row.as_ref().column_name(column).unwrap_or_default(),
            #[cfg(feature = "postgres")]
            Driver::Postgres(row) => row.columns().get(column).map_or("", |column| column.name()),
        }
    }

    /// A number.
    pub(crate) fn integer(&self, column: usize) -> Result<i64, DatabaseFault> {
        match self.cell(column) {
            Cell::Integer(number) => Ok(number),
            other => Err(self.unexpected(column, "a number", &other)),
        }
    }

    /// A number that is not negative. Databases count with signed integers.
    pub(crate) fn count(&self, column: usize) -> Result<u64, DatabaseFault> {
        self.integer(column).map(|number| u64::try_from(number).unwrap_or_default())
    }

    /// A small number that is not negative.
    pub(crate) fn small(&self, column: usize) -> Result<u32, DatabaseFault> {
        let number = self.integer(column)?;
        u32::try_from(number).map_err(|_| {
            self.unexpected(column, "a number of 32 bits", &Cell::Other(number.to_string()))
        })
    }

    /// A number, if there is one.
    pub(crate) fn optional_integer(&self, column: usize) -> Result<Option<i64>, DatabaseFault> {
        if self.cell(column) == Cell::Null { Ok(None) } else { self.integer(column).map(Some) }
    }

    /// A small number, if there is one.
    pub(crate) fn optional_small(&self, column: usize) -> Result<Option<u32>, DatabaseFault> {
        if self.cell(column) == Cell::Null { Ok(None) } else { self.small(column).map(Some) }
    }

    /// A truth value.
    pub(crate) fn flag(&self, column: usize) -> Result<bool, DatabaseFault> {
        self.integer(column).map(|number| number != 0)
    }

    /// A text. A time is its text in RFC 3339.
    pub(crate) fn text(&self, column: usize) -> Result<String, DatabaseFault> {
        match self.cell(column) {
            Cell::Text(text) => Ok(text),
            #[cfg(feature = "postgres")]
            Cell::Time(time) => Ok(time.to_string()),
            other => Err(self.unexpected(column, "text", &other)),
        }
    }

    /// A text, if there is one.
    pub(crate) fn optional_text(&self, column: usize) -> Result<Option<String>, DatabaseFault> {
        match self.cell(column) {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            other => Err(self.unexpected(column, "text", &other)),
        }
    }

    /// A time. `None` if there is none, or it cannot be read.
    pub(crate) fn time(&self, column: usize) -> Option<Timestamp> {
        match self.cell(column) {
            Cell::Text(text) => Timestamp::parse(&text),
            #[cfg(feature = "postgres")]
            Cell::Time(time) => Some(time),
            _ => None,
        }
    }

    /// The value is not in the text: it may be of an event.
    fn unexpected(&self, column: usize, expected: &str, found: &Cell) -> DatabaseFault {
        let found = match found {
            Cell::Null => "nothing",
            Cell::Integer(_) => "a number",
            Cell::Text(_) => "text",
            #[cfg(feature = "postgres")]
            Cell::Time(_) => "a time",
            Cell::NotUtf8(_) => "text that is not UTF-8",
            Cell::Other(what) => what,
        };
        let name = self.name(column);
        DatabaseFault::Other(format!("column `{name}` holds {found}, not {expected}"))
    }
}

fn of_sqlite(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Text(bytes) => match str::from_utf8(bytes) {
            Ok(text) => Cell::Text(text.to_owned()),
            Err(_) => Cell::NotUtf8(String::from_utf8_lossy(bytes).into_owned()),
        },
        ValueRef::Real(_) => Cell::Other("a real number".to_owned()),
        ValueRef::Blob(_) => Cell::Other("bytes".to_owned()),
    }
}
