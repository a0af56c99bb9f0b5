//! PostgreSQL through sqlx.

use super::{Asked, Cells, StoreDatabase, bound};
use crate::dialect::StoreDialect;
use crate::row::Cell;
use crate::statement::Statement;
use sqlx::postgres::{PgRow, Postgres};
use sqlx::{Column, Row, TypeInfo};

impl StoreDatabase for Postgres {}

impl Cells for Postgres {
    const DIALECT: StoreDialect = StoreDialect::Postgres;

    fn asked(statement: &Statement) -> Asked<Self> {
        bound(statement)
    }

    fn cell(row: &PgRow, place: usize) -> Result<Cell, sqlx::Error> {
        Ok(match row.column(place).type_info().name() {
            "INT8" => row.try_get::<Option<i64>, _>(place)?.map_or(Cell::Null, Cell::Integer),
            "INT4" => {
                let number = row.try_get::<Option<i32>, _>(place)?;
                number.map_or(Cell::Null, |number| Cell::Integer(number.into()))
            }
            _ => row.try_get::<Option<String>, _>(place)?.map_or(Cell::Null, Cell::Text),
        })
    }
}
