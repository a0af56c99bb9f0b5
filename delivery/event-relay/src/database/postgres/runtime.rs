//! The runtime of a connection.

use crate::database::fault::DatabaseFault;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::time::timeout;

/// How long a use of a connection may take. The server gives a statement up a little earlier by
/// itself, so that this is for a server that does not answer.
pub(super) const LIMIT: Duration = Duration::from_secs(30);

/// A runtime for one thread. `None` only while it is dropped.
pub(super) struct OwnRuntime(Option<Runtime>);

impl OwnRuntime {
    pub(super) fn new() -> Result<Self, DatabaseFault> {
        let built = Builder::new_current_thread().enable_io().enable_time().build();
        let runtime = built.map_err(|error| DatabaseFault::Unreachable(error.to_string()))?;
        Ok(Self(Some(runtime)))
    }

    /// Runs work to its end, or up to a limit.
    pub(super) fn block_on<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = Result<T, DatabaseFault>>,
    ) -> Result<T, DatabaseFault> {
        // tokio panics if a runtime is entered from another one.
        let Some(runtime) = self.0.as_ref().filter(|_| Handle::try_current().is_err()) else {
            return Err(DatabaseFault::Asynchronous);
        };
        let done = runtime.block_on(async { timeout(limit, work).await });
        done.unwrap_or(Err(DatabaseFault::NoAnswer(limit)))
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        // tokio panics if a runtime is dropped, and waits for its threads, within another one.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
