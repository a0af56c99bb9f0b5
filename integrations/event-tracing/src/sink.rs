//! The sink into `tracing`.

use crate::bridging::Bridging;
use crate::callsite::known;
use crate::fields::recorded;
use crate::level::tracing_level;
use event_core::record::Record;
use event_core::{Level, Sink};
use std::io;
use tracing_core::field::Value;
use tracing_core::metadata::LevelFilter;
use tracing_core::{Event, dispatcher};

/// A sink that gives every record to the current subscriber of `tracing`.
///
/// An event of `tracing` that comes from it has the event's name, the target `event.<domain>`, and
/// these fields:
///
/// - `event`, the name again, because `tracing_subscriber::fmt` writes no names; `version`;
/// - the fields of the event, of its context and of its unit of work, with their keys in the line:
///   numbers, truth values and texts as such, lists and objects as JSON text. A field that is
///   `null` or absent is left out;
/// - `actor`, the trace, the correlation and causation ids, `incomplete` and the sampling, if the
///   record has them;
/// - `event_level`, if the level in `tracing` is another one than the event's.
///
/// Values are masked as in every rendering. The service, its version, environment, host and process
/// id are left out: they describe the process, as the resource of its subscriber does. The time is the time at which `tracing` gets the
/// event.
///
/// The emitting thread calls the subscriber, so that the event is in the current span. Do not put
/// [`Background`](event_core::sink::Background) in front of this sink: on its thread there is no
/// span.
///
/// Without a subscriber, or if no subscriber wants the event, nothing is built.
///
/// ```
/// use event_core::Emitter;
/// use event_tracing::TracingSink;
///
/// let emitter = Emitter::builder().sink(TracingSink::new()).build();
/// # let _ = emitter;
/// ```
#[derive(Clone, Debug)]
#[must_use = "it gets records once it is added to an emitter"]
pub struct TracingSink {
    cap: Level,
}

impl TracingSink {
    /// A sink that passes no event at a level above `WARN`.
    pub const fn new() -> Self {
        Self { cap: Level::Warning }
    }

    /// Sets the highest level. An event with a higher level has this one in `tracing`, and its own
    /// level in the field `event_level`. The default is [`Level::Warning`]: tracing-opentelemetry
    /// marks a span as failed if an `ERROR` happens in it, and a refused payment is no failure of
    /// the request. [`Level::Critical`] means no limit; `tracing` itself has no level above
    /// `ERROR`.
    pub const fn cap_level(mut self, level: Level) -> Self {
        self.cap = level;
        self
    }
}

impl Default for TracingSink {
    fn default() -> Self {
        Self::new()
    }
}

impl Sink for TracingSink {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let level = tracing_level(record.level().min(self.cap));
        if level > LevelFilter::current() {
            return Ok(());
        }
        let event = known(record.meta());
        let (metadata, interest) = event.site(level);
        // What came from `tracing` does not go back, also if it waited in a queue in between.
        if interest.is_never() || event.is_received {
            return Ok(());
        }
        dispatcher::get_default(|subscriber| {
            if interest.is_always() || subscriber.enabled(metadata) {
                let values = event.fields.values(record, level);
                let values: Vec<Option<&dyn Value>> = values.iter().map(recorded).collect();
                let _bridging = Bridging::begin();
                let values = metadata.fields().value_set_all(&values);
                subscriber.event(&Event::new(metadata, &values));
            }
        });
        Ok(())
    }

    fn wants_members(&self) -> bool {
        true
    }
}
