//! A closure as a sink.

use super::Sink;
use crate::record::Record;
use std::fmt;
use std::io;

/// Calls a closure with each record.
///
/// The closure runs on the emitting thread, while the caller waits. Put
/// [`Background`](crate::sink::Background) in front of a slow closure. A panic in the closure is
/// counted as a failure of the sink. If the closure can fail, implement [`Sink`] instead, which can
/// return an error.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::record::Record;
/// use event_core::sink::Callback;
/// use event_core::{Emitter, Level};
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// let errors = Arc::new(AtomicU64::new(0));
/// let counted = errors.clone();
/// let callback = Callback::new(move |record: &Record<'_>| {
///     if record.level() >= Level::Error {
///         counted.fetch_add(1, Ordering::Relaxed);
///     }
/// });
/// let emitter = Emitter::builder().sink(callback).build();
/// emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted: 1, sampled_out: 9, limited: 0 });
/// assert_eq!(errors.load(Ordering::Relaxed), 0);
/// assert_eq!(emitter.report().sinks[0].delivered, 1);
/// ```
pub struct Callback<F>(F);

impl<F: Fn(&Record<'_>) + Send + Sync> Callback<F> {
    /// Calls `call` with each record.
    pub const fn new(call: F) -> Self {
        Self(call)
    }
}

impl<F: Fn(&Record<'_>) + Send + Sync> Sink for Callback<F> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        (self.0)(record);
        Ok(())
    }
}

impl<F> fmt::Debug for Callback<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}
