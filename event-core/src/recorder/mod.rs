//! Records events in memory, for the tests of users: the feature `test-util`.

mod assertion;
mod coverage;
mod diff;
mod expectation;
mod file;
mod golden;
mod kept;
mod macros;
mod matches;
mod message;
mod recorded;

pub use matches::{Matches, Matching, matching};
pub use recorded::Recorded;

use crate::context::{Bind, Binding, ContextGuard};
use crate::emit::{Builder, Call, EmitTarget, Emitter, Incident};
use crate::event::Event;
use crate::record::Record;
use crate::sink::Sink;
use crate::value::encode::sorted;
use crate::value::read::ReadError;
use event_grammar::Level;
use golden::{Counter, Ticks};
use kept::Kept;
use std::fmt;
use std::io;
use std::sync::Arc;

/// The items that the assertion macros use.
#[doc(hidden)]
pub mod private {
    pub use super::assertion::{assert_emitted, assert_emitted_in_order, assert_not_emitted};
    pub use super::expectation::{assert_whole, event, field};
    pub use super::golden::assert_golden;
    pub use super::matches::{Absent, Present};
    pub use std::vec;
}

/// Records every event in the scope where the recorder is bound: on a thread, in a future, and
/// wherever that context is entered. Clones share the records.
///
/// It records every level and ignores sample rates and limits, so a test sees each event that it
/// emits. Tests that run at the same time do not see each other's events.
///
/// ```
/// use event_core::{Recorder, assert_emitted, events};
///
/// events!(
///     #[domain(optional(action))]
///     pub enum Order {}
///
///     #[event(debug, sample = 1 / 100)]
///     pub struct OrderCreated {
///         pub items: u32,
///     }
/// );
///
/// # fn main() {
/// let recorder = Recorder::new();
/// let _bound = recorder.enter();
/// emit_order_created(OrderCreated { items: 2 });
///
/// assert_emitted!(recorder, OrderCreated { items: 2 });
/// assert_eq!(recorder.of::<OrderCreated>().unwrap()[0].items, 2);
/// # }
/// ```
///
/// If the environment variable `EVENTS_COVERAGE` names a directory, the last clone of a recorder
/// writes the names of the recorded events there: see `coverage` of the catalog's command.
#[derive(Clone)]
pub struct Recorder {
    kept: Arc<Kept>,
    emitter: Emitter,
}

impl Recorder {
    /// A recorder without records.
    #[allow(
        clippy::new_without_default,
        reason = "two recorders are never equal: there is no default one"
    )]
    pub fn new() -> Self {
        Self::of_emitter(Emitter::builder().ignore_rates())
    }

    /// A recorder that applies the declared sample rates and limits.
    pub fn sampled() -> Self {
        Self::of_emitter(Emitter::builder())
    }

    /// A recorder for golden files, whose lines and envelopes are the same in each run. The time
    /// begins at 2026-01-01T00:00:00Z and advances by a millisecond with each event, ids are
    /// counted, and maps are written in the order of their keys. From this call on, maps are sorted
    /// in the whole process. Context is encoded when it is bound, so bind it after this call.
    ///
    /// ```
    /// use event_core::{Recorder, events};
    ///
    /// events!(
    ///     #[domain(optional(action))]
    ///     pub enum Order {}
    ///
    ///     #[event(info)]
    ///     pub struct OrderCreated;
    /// );
    ///
    /// # fn main() {
    /// let recorder = Recorder::golden();
    /// let _bound = recorder.enter();
    /// emit_order_created(OrderCreated);
    /// assert!(recorder.lines()[0].contains(r#""timestamp":"2026-01-01T00:00:00.000000Z""#));
    /// assert!(recorder.envelopes()[0].contains("00000000-0000-7000-8000-000000000001"));
    /// # }
    /// ```
    pub fn golden() -> Self {
        sorted::turn_on();
        let ids = Counter::default();
        Self::of_emitter(
            Emitter::builder().ignore_rates().clock(Ticks::default()).ids(move |_| ids.next()),
        )
    }

    /// Calls `emit` in the scope of a new recorder. Returns the result and the recorder.
    ///
    /// ```
    /// use event_core::Recorder;
    ///
    /// let (sum, recorder) = Recorder::capture(|| 1 + 1);
    /// assert_eq!((sum, recorder.records().len()), (2, 0));
    /// ```
    pub fn capture<T>(emit: impl FnOnce() -> T) -> (T, Self) {
        let recorder = Self::new();
        let bound = recorder.enter();
        let returned = emit();
        drop(bound);
        (returned, recorder)
    }

    fn of_emitter(builder: Builder) -> Self {
        let kept = Arc::new(Kept::default());
        let found = kept.clone();
        let builder =
            builder.level(Level::Trace).on_incident(move |incident| found.keep_incident(incident));
        Self { emitter: builder.sink(kept.clone()).build(), kept }
    }

    /// Records events on this thread until the guard is dropped.
    ///
    /// A thread or task that is spawned in this scope is not bound. Give it the context with
    /// [`Context::current`](crate::Context::current) or
    /// [`in_current_context`](crate::InContext::in_current_context).
    pub fn enter(&self) -> ContextGuard {
        self.emitter.enter()
    }

    /// The records, in the order of emission.
    pub fn records(&self) -> Vec<Recorded> {
        self.kept.records()
    }

    /// The flat lines, masked, without their line breaks.
    pub fn lines(&self) -> Vec<String> {
        self.records().iter().map(|record| record.text().to_owned()).collect()
    }

    /// The nested envelopes, masked, without their line breaks.
    pub fn envelopes(&self) -> Vec<String> {
        self.records().iter().map(Recorded::envelope).collect()
    }

    /// The recorded events of one type, read back as a consumer would read them, masked.
    ///
    /// # Errors
    ///
    /// If a line cannot be read back. This is a bug in a hand-written `EventValue`.
    pub fn of<E: Event>(&self) -> Result<Vec<E>, ReadError> {
        self.records().iter().filter(|record| record.is::<E>()).map(Recorded::read).collect()
    }

    /// The number of recorded events of one type.
    pub fn count<E: Event>(&self) -> usize {
        self.records().iter().filter(|record| record.is::<E>()).count()
    }

    /// The incidents, each kind once: context that was not bound, a value that the declaration
    /// excludes.
    pub fn incidents(&self) -> Vec<Incident> {
        self.kept.incidents()
    }

    /// Deletes the records. The incidents stay, because each is reported only once.
    pub fn clear(&self) {
        self.kept.clear();
    }
}

impl Bind for Recorder {
    fn binding(&self) -> Binding {
        self.emitter.binding()
    }
}

impl Sink for Recorder {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        self.kept.write(record)
    }
}

impl EmitTarget for Recorder {
    fn accept(&mut self, call: Call<'_>) {
        self.emitter.accept(call);
    }
}

impl fmt::Debug for Recorder {
    /// Shows the lines, which are masked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recorder").field(&self.records()).finish()
    }
}
