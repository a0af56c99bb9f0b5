//! SQLite through sqlx.

use super::{Asked, Cells, StoreDatabase, bound};
use crate::dialect::StoreDialect;
use crate::row::Cell;
use crate::statement::Statement;
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Row, TypeInfo, ValueRef};

impl StoreDatabase for Sqlite {}

impl Cells for Sqlite {
    const DIALECT: StoreDialect = StoreDialect::Sqlite;

    fn asked(statement: &Statement) -> Asked<Self> {
        bound(statement)
    }

    /// A column of SQLite has values of any type.
    fn cell(row: &SqliteRow, place: usize) -> Result<Cell, sqlx::Error> {
        let value = row.try_get_raw(place)?;
        let ty = value.type_info().into_owned();
        Ok(match ty.name() {
            _ if value.is_null() => Cell::Null,
            "INTEGER" => Cell::Integer(row.try_get(place)?),
            "REAL" => Cell::Text(row.try_get::<f64, _>(place)?.to_string()),
            _ => {
                let bytes: &[u8] = row.try_get_unchecked(place)?;
                Cell::Text(String::from_utf8_lossy(bytes).into_owned())
            }
        })
    }
}
