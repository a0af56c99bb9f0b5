//! Changes in many transactions.

use super::error::OperationError;
use std::thread;
use std::time::{Duration, Instant};

/// Runs `change` for each batch of `items`, with pauses: SQLite has one writer at a time, and a
/// producer that waits for it looks again only every few milliseconds.
pub(super) fn each<T>(
    items: &[T],
    batch: usize,
    mut change: impl FnMut(&[T]) -> Result<(), OperationError>,
) -> Result<(), OperationError> {
    /// The longest pause, and so about the longest time that a producer waits for its turn.
    const LONGEST: Duration = Duration::from_millis(100);
    for items in items.chunks(batch.max(1)) {
        let begin = Instant::now();
        change(items)?;
        thread::sleep(begin.elapsed().min(LONGEST));
    }
    Ok(())
}
