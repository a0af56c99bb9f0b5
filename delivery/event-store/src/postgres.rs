//! Runs queries on PostgreSQL, by tokio-postgres.

use crate::answer::{Answer, Driver};
use crate::dialect::StoreDialect;
use crate::error::{Error, OTHER_TABLE};
use crate::query::Query;
use crate::row::{Cell, Row};
use crate::statement::{Parameter, Statement};
use event_outbox::sql;
use tokio_postgres::GenericClient;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};

/// Asks a query.
///
/// # Errors
///
/// If the server refuses the statement, or the connection is lost.
pub async fn stream<Q: Query + Unpin>(
    client: &impl GenericClient,
    query: Q,
) -> Result<
    Answer<'static, Q, tokio_postgres::Row, tokio_postgres::Error>,
    Error<tokio_postgres::Error>,
> {
    let statement = query.statement(StoreDialect::Postgres);
    let values = values(&statement);
    let values = values.iter().map(|value| -> &(dyn ToSql + Sync) { &**value });
    let rows = client.query_raw(&statement.text(), values).await.map_err(refused)?;
    Ok(Answer::new(query, Box::pin(rows), Driver { row, refused }))
}

/// The whole answer.
///
/// # Errors
///
/// As [`stream`], or if a row cannot be read.
pub async fn all<Q: Query + Unpin>(
    client: &impl GenericClient,
    query: Q,
) -> Result<Vec<Q::Item>, Error<tokio_postgres::Error>> {
    stream(client, query).await?.all().await
}

fn row(row: &tokio_postgres::Row) -> Result<Row, tokio_postgres::Error> {
    Ok(Row((0..row.len()).map(|place| cell(row, place)).collect::<Result<_, _>>()?))
}

fn values(statement: &Statement) -> Vec<Box<dyn ToSql + Sync + Send>> {
    let values = statement.parameters().iter().map(|value| -> Box<dyn ToSql + Sync + Send> {
        match value {
            Parameter::Text(text) => Box::new(text.clone()),
            Parameter::Integer(number) => Box::new(*number),
            Parameter::Time(time) => Box::new(time.to_string()),
        }
    });
    values.collect()
}

fn cell(row: &tokio_postgres::Row, place: usize) -> Result<Cell, tokio_postgres::Error> {
    let ty = row.columns()[place].type_();
    Ok(if *ty == Type::INT8 {
        row.try_get::<_, Option<i64>>(place)?.map_or(Cell::Null, Cell::Integer)
    } else if *ty == Type::INT4 {
        let number = row.try_get::<_, Option<i32>>(place)?;
        number.map_or(Cell::Null, |number| Cell::Integer(number.into()))
    } else {
        row.try_get::<_, Option<String>>(place)?.map_or(Cell::Null, Cell::Text)
    })
}

fn refused(error: tokio_postgres::Error) -> Error<tokio_postgres::Error> {
    let help = error.as_db_error().and_then(|error| match error.code() {
        &SqlState::UNDEFINED_COLUMN => Some(OTHER_TABLE),
        code => sql::postgres::help(code.code(), error.message()),
    });
    Error::Database { error, help }
}
