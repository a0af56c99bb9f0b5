//! From `emit_*` to the sinks. The list is in the order of an event's way; each file imports only
//! files that come after it:
//!
//! 1. `event`: `Emit::emit`, which every `emit_*` function calls, and the methods of an emitter.
//! 2. `gate`: one relaxed load decides whether the event goes on.
//! 3. `installed`: the emitter that the event goes to. An event that is emitted to a given emitter
//!    or buffer (`call`, `buffer`) goes straight to the door.
//! 4. `door`: the only way in. It compares the level, and asks `sampling` (sample, tail sampler,
//!    limit) whether the event becomes a record.
//! 5. [`crate::record`] encodes it, once.
//! 6. `slot`: each sink gets the record. A fault of a sink stays in its slot.
//!
//! `inner` is the emitter's state, which the door, sampling and the slots share. `tally` counts the
//! outcome of each event. `builder`, `guard` and `suppressed` begin, end and report; they import
//! all the others. `environment` fills a builder from variables.

mod attempts;
mod buffer;
mod builder;
mod call;
mod callbacks;
mod clock;
mod door;
mod draw;
pub mod emission;
mod emitter;
mod ending;
mod environment;
mod event;
mod flushed;
mod gate;
mod guard;
mod incident;
mod inner;
mod installed;
mod levels;
mod limit;
mod refused;
mod report;
mod sampling;
mod slot;
mod state;
mod suppressed;
mod tail;
mod tally;
mod thread;
mod timer;

pub use buffer::RecordBuffer;
pub use builder::Builder;
#[doc(hidden)]
pub use call::EmitAny;
pub use call::{Call, EmitTarget};
pub use clock::Clock;
pub use emitter::Emitter;
pub use environment::{InvalidVariables, VARIABLES, Variable};
pub use event::Emit;
#[doc(hidden)]
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
