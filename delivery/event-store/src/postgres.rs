//! Runs queries on PostgreSQL, by tokio-postgres.

use crate::dialect::StoreDialect;
use crate::error::{Error, OTHER_TABLE};
use crate::query::Query;
use crate::row::{Cell, Row};
use crate::statement::{Parameter, Statement};
use event_outbox::sql;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{GenericClient, RowStream};

/// The rows of an answer, as the server sends them. Holds a few rows at a time.
pub struct Answer<Q> {
    query: Q,
    rows: Pin<Box<RowStream>>,
}

/// Asks a query.
///
/// # Errors
///
/// If the server refuses the statement, or the connection is lost.
pub async fn stream<Q: Query>(
    client: &impl GenericClient,
    query: Q,
) -> Result<Answer<Q>, Error<tokio_postgres::Error>> {
    let statement = query.statement(StoreDialect::Postgres);
    let values = values(&statement);
    let values = values.iter().map(|value| -> &(dyn ToSql + Sync) { &**value });
    let rows = client.query_raw(&statement.text(), values).await.map_err(refused)?;
    Ok(Answer { query, rows: Box::pin(rows) })
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
    let mut answer = stream(client, query).await?;
    let mut items = Vec::new();
    while let Some(item) = answer.next().await {
        items.push(item?);
    }
    Ok(items)
}

impl<Q: Query + Unpin> Answer<Q> {
    /// The next row. `None` after the last one.
    ///
    /// # Errors
    ///
    /// If the connection is lost, or the row cannot be read.
    pub async fn next(&mut self) -> Option<Result<Q::Item, Error<tokio_postgres::Error>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<Q: Query + Unpin> Stream for Answer<Q> {
    type Item = Result<Q::Item, Error<tokio_postgres::Error>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        Poll::Ready(ready!(this.rows.as_mut().poll_next(context)).map(|row| {
            let row = row.map_err(refused)?;
            let cells: Result<Vec<_>, _> = (0..row.len()).map(|place| cell(&row, place)).collect();
            Ok(this.query.item(Row(cells.map_err(refused)?))?)
        }))
    }
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
