//! The levels of `tracing` for the levels of events.

use event_core::Level;
use tracing_core::Level as TracingLevel;

/// The level of `tracing`. It has no level above `ERROR`.
pub(crate) const fn tracing_level(level: Level) -> TracingLevel {
    match level {
        Level::Trace => TracingLevel::TRACE,
        Level::Debug => TracingLevel::DEBUG,
        Level::Info => TracingLevel::INFO,
        Level::Warning => TracingLevel::WARN,
        Level::Error | Level::Critical => TracingLevel::ERROR,
    }
}

/// The level of an event that has exactly this level in `tracing`.
pub(crate) const fn event_level(level: TracingLevel) -> Level {
    match level {
        TracingLevel::TRACE => Level::Trace,
        TracingLevel::DEBUG => Level::Debug,
        TracingLevel::INFO => Level::Info,
        TracingLevel::WARN => Level::Warning,
        TracingLevel::ERROR => Level::Error,
    }
}

/// The number of levels of `tracing`.
pub(crate) const COUNT: usize = 5;

/// The place of a level among the callsites of an event.
pub(crate) const fn index(level: TracingLevel) -> usize {
    event_level(level) as usize - 1
}
