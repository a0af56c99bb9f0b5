//! How a database is opened.

use std::time::Duration;

/// How long a statement waits for another program's transaction.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read only. The database refuses every write.
    ReadOnly,
    /// Read and write.
    Write,
}
