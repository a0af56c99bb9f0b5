//! One statement for many rows, in one round trip.

use super::fault::of_statement;
use crate::database::fault::DatabaseFault;
use crate::database::value::Value;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use tokio_postgres::{Client, Statement};

/// How many rows are sent before their answers are read. Neither side's buffers are filled by them.
pub(super) const ROWS: usize = 100;

/// Runs a statement for each of `rows`, in their order: the client sends what it is given by the
/// first poll of a future, and the server answers in the same order.
pub(super) async fn execute(
    client: &Client,
    statement: &Statement,
    rows: &[Vec<Value<'_>>],
) -> Result<Vec<u64>, DatabaseFault> {
    let mut running: Vec<_> = rows
        .iter()
        .map(|row| (Box::pin(client.execute_raw(statement, row.iter().copied())), None))
        .collect();
    poll_fn(|context| {
        for (future, answer) in running.iter_mut().filter(|(_, answer)| answer.is_none()) {
            if let Poll::Ready(ready) = Pin::new(future).poll(context) {
                *answer = Some(ready);
            }
        }
        let is_done = running.iter().all(|(_, answer)| answer.is_some());
        if is_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    let answers = running.into_iter().filter_map(|(_, answer)| answer);
    answers.collect::<Result<_, _>>().map_err(|error| of_statement(&error))
}
