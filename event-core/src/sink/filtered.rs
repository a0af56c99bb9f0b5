//! A filter in front of a sink.

use super::{ErrorListener, Losses, Sink};
use crate::record::Record;
use event_grammar::Level;
use std::fmt;
use std::io;

/// Passes on the records that a closure selects.
///
/// The other records are not lost: they were not meant for the sink. The report counts them in
/// [`SinkReport::filtered`](crate::emit::SinkReport::filtered), not as delivered.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::sink::{Filtered, Memory};
/// use event_core::{Emitter, Level};
///
/// let (errors, own) = (Memory::new(), Memory::new());
/// let emitter = Emitter::builder()
///     .sink(Filtered::at_least(Level::Error, errors.clone()))
///     .sink(Filtered::new(own.clone(), |record| record.meta().name.snake.starts_with("emission_")))
///     .build();
/// emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted: 1, sampled_out: 9, limited: 0 });
/// assert_eq!((errors.records().len(), own.records().len()), (0, 1));
///
/// let report = emitter.report();
/// assert_eq!((report.sinks[0].delivered, report.sinks[0].filtered), (0, 1));
/// assert_eq!((report.sinks[1].delivered, report.sinks[1].filtered), (1, 0));
/// ```
pub struct Filtered<S> {
    sink: S,
    is_meant: Box<Predicate>,
    left_out: Losses,
}

type Predicate = dyn Fn(&Record<'_>) -> bool + Send + Sync;

impl<S: Sink> Filtered<S> {
    /// Passes on the records for which `is_meant` returns `true`.
    pub fn new(sink: S, is_meant: impl Fn(&Record<'_>) -> bool + Send + Sync + 'static) -> Self {
        Self { sink, is_meant: Box::new(is_meant), left_out: Losses::new() }
    }

    /// Passes on the records of `level` and above.
    pub fn at_least(level: Level, sink: S) -> Self {
        Self::new(sink, move |record| record.level() >= level)
    }
}

impl<S: Sink> Sink for Filtered<S> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        if (self.is_meant)(record) {
            return self.sink.write(record);
        }
        self.left_out.add_filtered(1);
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        self.sink.flush()
    }

    fn end_batch(&self) -> io::Result<()> {
        self.sink.end_batch()
    }

    fn name(&self) -> String {
        format!("Filtered({})", self.sink.name())
    }

    fn losses(&self) -> Losses {
        self.left_out.and(&self.sink.losses())
    }

    fn wants_members(&self) -> bool {
        self.sink.wants_members()
    }

    fn on_error(&self, listener: ErrorListener) {
        self.sink.on_error(listener);
    }
}

impl<S: fmt::Debug> fmt::Debug for Filtered<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filtered").field("sink", &self.sink).finish_non_exhaustive()
    }
}
