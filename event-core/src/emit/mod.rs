//! From `emit_*` to the line that leaves: gate, encoder, sinks.

mod capture;
mod context;
mod emitter;
mod gate;
mod line;
mod sink;

pub use capture::{Capture, Captured};
pub use context::ContextGuard;
pub use context::enter;
pub use emitter::{AlreadyInstalled, Builder, Emitter, Guard, Report, Scope};
pub use gate::{Gate, emit};

pub use sink::{JsonLines, Record, Sink};

use crate::encode::Fields;
use crate::meta::EventMeta;
use event_grammar::Level;

/// Something that takes events: an emitter, a capture, a transaction's buffer.
pub trait EventSink {
    /// Takes one event: what it is declared as, its level, and its members to be encoded.
    fn accept(&mut self, meta: &'static EventMeta, level: Level, fields: &dyn Fields);
}
