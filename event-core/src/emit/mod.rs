//! From `emit_*` to the sinks: gate, level, sampling, encoding, and the counters of what became of
//! it all. Every way in ends at one door: `door.rs`.

mod attempts;
mod buffer;
mod builder;
mod call;
mod callbacks;
mod clock;
mod door;
pub mod emission;
mod emitter;
mod event;
mod flushed;
mod gate;
mod guard;
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

pub use buffer::RecordBuffer;
pub use builder::Builder;
pub use call::{Call, EmitAny, EmitTarget};
pub use clock::Clock;
pub use emitter::Emitter;
pub use event::Emit;
pub use gate::Gate;
pub use guard::Guard;
pub use incident::Incident;
pub use installed::AlreadyInstalled;
pub use levels::{InvalidLevels, Levels};
pub use report::{EventMetrics, Metrics, Report, SinkReport};
pub use tail::TailSampler;

pub(crate) use callbacks::call_in_drop;
pub(crate) use clock::monotonic;
pub(crate) use flushed::Flushed;
pub(crate) use gate::flush;
