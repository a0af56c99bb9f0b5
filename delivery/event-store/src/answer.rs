//! The rows of an answer, as an asynchronous driver gives them.

use crate::error::Error;
use crate::query::Query;
use crate::row::Row;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The rows of an answer, as the database sends them. Holds a few rows at a time.
///
/// `R` is a row of the driver, `E` its error. It is a [`Stream`], and [`next`](Self::next) needs no
/// other crate.
pub struct Answer<'c, Q, R, E> {
    query: Q,
    rows: Pin<Box<dyn Stream<Item = Result<R, E>> + Send + 'c>>,
    driver: Driver<R, E>,
}

/// How the rows and errors of a driver are read.
pub(crate) struct Driver<R, E> {
    pub(crate) row: fn(&R) -> Result<Row, E>,
    pub(crate) refused: fn(E) -> Error<E>,
}

impl<'c, Q: Query + Unpin, R, E> Answer<'c, Q, R, E> {
    pub(crate) fn new(
        query: Q,
        rows: Pin<Box<dyn Stream<Item = Result<R, E>> + Send + 'c>>,
        driver: Driver<R, E>,
    ) -> Self {
        Self { query, rows, driver }
    }

    /// The next row. `None` after the last one.
    ///
    /// # Errors
    ///
    /// If the database refuses the statement, the connection is lost, or the row cannot be read.
    pub async fn next(&mut self) -> Option<Result<Q::Item, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The rows that are left.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub async fn all(mut self) -> Result<Vec<Q::Item>, Error<E>> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }
}

impl<Q: Query + Unpin, R, E> Stream for Answer<'_, Q, R, E> {
    type Item = Result<Q::Item, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        Poll::Ready(ready!(this.rows.as_mut().poll_next(context)).map(|row| {
            let row = row.and_then(|row| (this.driver.row)(&row)).map_err(this.driver.refused)?;
            Ok(this.query.item(row)?)
        }))
    }
}
