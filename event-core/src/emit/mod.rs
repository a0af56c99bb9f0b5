//! From `emit_*` to the sinks: gate, level, sampling, encoding, and the counters of what became of it all.

mod builder;
mod clock;
mod emitter;
mod gate;
mod incident;
mod installed;
mod levels;
mod limit;
mod report;
mod sampling;
mod slot;
mod state;
mod tail;
mod tally;
mod thread;
mod timer;

pub use builder::Builder;
pub use clock::Clock;
pub use emitter::Emitter;
pub use gate::Gate;
pub use incident::Incident;
pub use installed::{AlreadyInstalled, Guard};
pub use levels::{InvalidLevels, Levels};
pub use report::{EventMetrics, Metrics, Report, SinkReport};
pub use tail::TailSampler;

pub(crate) use clock::monotonic;
pub(crate) use gate::{emit, flush};
pub(crate) use installed::ScopedEmitter;

use crate::encode::Fields;
use crate::meta::EventMeta;
use event_grammar::Level;

/// Something that takes events: an emitter, a buffer, a transaction.
pub trait EventSink {
    /// Takes one event: what it is declared as, its level, and its members to be encoded.
    fn accept(&mut self, meta: &'static EventMeta, level: Level, fields: &dyn Fields);
}
