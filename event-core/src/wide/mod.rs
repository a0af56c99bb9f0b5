//! Wide events: one event for a whole unit of work, gathered from groups on the way, emitted once
//! at the end.

mod parts;

pub(crate) use parts::{Flushed, Parts};

use crate::context::{self, Bind, Binding, ContextGuard};
use crate::emit;
use crate::event::{Emit, Group};
use crate::operation::Start;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// An event that is gathered over a unit of work: `#[event(.., wide(UserPart, ChatPart))]`.
/// `events!` implements it.
///
/// Its line has the event's own fields, then those of the groups that were added, in the order of
/// `wide(..)`. Each group is encoded, and masked, when it is added. Emitted by its `emit_*`
/// function it is an event like any other, without parts.
///
/// ```
/// use event_core::{Recorder, Str, Wide, elapsed, events};
///
/// events!(
///     #[domain]
///     pub enum Request {
///         Handle,
///     }
///
///     #[group]
///     pub struct UserPart<'a> {
///         #[entity(user)]
///         pub user_id: Str<'a>,
///         pub tier: Option<Str<'a>>,
///     }
///
///     #[group]
///     pub struct ChatPart {
///         pub tokens: u64,
///     }
///
///     /// One for each request.
///     #[event(info, wide(UserPart, ChatPart))]
///     pub struct RequestHandleFinished<'a> {
///         pub path: Str<'a>,
///         pub code: u16,
///         #[elapsed]
///         pub duration_ms: f64,
///     }
/// );
///
/// fn answer() {
///     // Somewhere deep down, where nobody has the unit.
///     RequestHandleFinished::add(&ChatPart { tokens: 1_234 });
/// }
///
/// # fn main() -> Result<(), event_core::read::ReadError> {
/// let recorder = Recorder::new();
/// let scope = recorder.enter();
/// // What is emitted, marked incomplete, when the unit is dropped.
/// let unit = RequestHandleFinished::unit(|| RequestHandleFinished {
///     path: "/chat".into(),
///     code: 499,
///     duration_ms: elapsed(),
/// });
/// unit.add(&UserPart { user_id: "usr_7".into(), tier: Some("gold".into()) });
/// {
///     let _in = unit.enter();
///     answer();
/// }
/// unit.flush(RequestHandleFinished { path: "/chat".into(), code: 200, duration_ms: elapsed() });
/// drop(scope);
///
/// let records = recorder.records();
/// assert!(records[0].text().ends_with(r#""user_id":"usr_7","tier":"gold","tokens":1234}"#));
/// // Read back, the event has its own fields; its parts are read as the groups that they are.
/// assert_eq!(records[0].read::<RequestHandleFinished>()?.code, 200);
/// assert_eq!(records[0].read_part::<ChatPart>()?.map(|part| part.tokens), Some(1_234));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a wide event",
    label = "no unit of work gathers it",
    note = "list the groups that may be added to it: `#[event(.., wide(UserPart))]`",
    note = "an older version is read, not emitted: gather the newest, whose name has no version \
            in it"
)]
pub trait Wide: Emit {
    /// A unit of work: it is flushed once, by [`UnitOfWork::flush`]; or else, when it is dropped,
    /// with what `incomplete` gives, and `"incomplete":true`. Where that panics, nothing is
    /// emitted, and an [`Incident::CallbackPanicked`](crate::Incident::CallbackPanicked) is
    /// reported.
    fn unit<F: FnOnce() -> Self>(incomplete: F) -> UnitOfWork<Self, F> {
        let open = Open { incomplete, flush: flush_incomplete::<Self, F>, start: Start::now() };
        UnitOfWork { parts: Arc::new(Parts::new(Self::META)), open: Some(open), event: PhantomData }
    }

    /// Adds a group to the innermost unit of this event that is entered here, as
    /// [`UnitOfWork::add`] does. Says whether there is one, not flushed yet.
    fn add<P: PartOf<Self> + Group>(part: &P) -> bool {
        innermost::<Self>().is_some_and(|parts| parts.replace(P::PLACE, part))
    }

    /// Merges a group into the innermost unit of this event that is entered here, as
    /// [`UnitOfWork::merge`] does. Says whether there is one, not flushed yet.
    fn merge<P: PartOf<Self> + Group>(part: &P) -> bool {
        innermost::<Self>().is_some_and(|parts| parts.overlay(P::PLACE, part))
    }
}

/// A group that may be added to the wide event `E`, which lists it in `wide(..)`. `events!`
/// implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of the wide event `{E}`",
    label = "not listed in its `wide(..)`",
    note = "add it to the event's `wide(..)`: then its schema has the group's fields"
)]
pub trait PartOf<E> {
    /// Its place in `wide(..)`, from 0.
    #[doc(hidden)]
    const PLACE: usize;
}

/// A unit of work, of which one wide event will tell: made by [`Wide::unit`], gathered from groups,
/// flushed once. A second flush does not build.
///
/// Groups are added to it here, and where it is entered: on a thread ([`UnitOfWork::enter`]), in a
/// future ([`future.in_context(&unit)`](crate::InContext::in_context)), and wherever the context
/// goes from there. Several threads may add at once. What is added after the flush is not written
/// anywhere: a unit that has ended does not hide behind another one, so that nothing is told of the
/// wrong unit.
///
/// The event goes to the emitter, and carries the context, of the place where the unit was made,
/// wherever it is flushed or dropped.
#[must_use = "a unit of work that is dropped is flushed as incomplete: call `flush`"]
pub struct UnitOfWork<E, F> {
    parts: Arc<Parts>,
    /// There until it was flushed.
    open: Option<Open<F>>,
    event: PhantomData<fn() -> E>,
}

struct Open<F> {
    incomplete: F,
    /// Emits what `incomplete` gives. That this is the unit's event was known where it was made.
    flush: fn(F, &Parts, Duration),
    start: Start,
}

impl<E, F> UnitOfWork<E, F> {
    /// Adds a group. One that was added before is replaced, all of it.
    pub fn add<P: PartOf<E> + Group>(&self, part: &P) {
        self.parts.replace(P::PLACE, part);
    }

    /// Adds a group over one that was added before: what is `null` in this one, or left out of it,
    /// stays as it was.
    ///
    /// ```
    /// # use event_core::{Recorder, Wide, events};
    /// # events!(
    /// #     #[domain]
    /// #     pub enum Request {
    /// #         Handle,
    /// #     }
    /// #
    /// #     #[group]
    /// #     pub struct ChatPart {
    /// #         pub model: Option<String>,
    /// #         pub tokens: Option<u64>,
    /// #     }
    /// #
    /// #     #[event(info, wide(ChatPart))]
    /// #     pub struct RequestHandleFinished;
    /// # );
    /// #
    /// # fn main() {
    /// # let recorder = Recorder::new();
    /// # let scope = recorder.enter();
    /// let unit = RequestHandleFinished::unit(|| RequestHandleFinished);
    /// unit.merge(&ChatPart { model: Some("small".into()), tokens: Some(10) });
    /// unit.merge(&ChatPart { model: None, tokens: Some(25) });
    /// unit.flush(RequestHandleFinished);
    /// # drop(scope);
    /// assert!(recorder.lines()[0].ends_with(r#""model":"small","tokens":25}"#));
    /// # }
    /// ```
    pub fn merge<P: PartOf<E> + Group>(&self, part: &P) {
        self.parts.overlay(P::PLACE, part);
    }

    /// Makes it, on this thread and until the guard is dropped, the unit that [`Wide::add`] and
    /// [`Wide::merge`] add to.
    pub fn enter(&self) -> ContextGuard {
        self.binding().enter()
    }
}

impl<E: Wide, F> UnitOfWork<E, F> {
    /// Ends the unit with `event`, its `#[elapsed]` fields filled in, whatever they held: emits it
    /// with everything that was added.
    pub fn flush(mut self, event: E) {
        if let Some(open) = self.open.take() {
            let elapsed = open.start.elapsed();
            let _bound = open.start.enter();
            flush(event, &self.parts, elapsed, false);
        }
    }
}

fn innermost<E: Wide>() -> Option<Arc<Parts>> {
    // The part is encoded outside of the borrow: a value's own code may bind something.
    context::with_current(|context| context.unit(E::META).cloned())
}

fn flush_incomplete<E: Wide, F: FnOnce() -> E>(incomplete: F, parts: &Parts, elapsed: Duration) {
    flush(incomplete(), parts, elapsed, true);
}

fn flush<E: Wide>(mut event: E, parts: &Parts, elapsed: Duration, incomplete: bool) {
    let added = parts.close();
    // First the time: the level may follow from it.
    event.set_elapsed(elapsed);
    let (gate, level) = (E::gate(), event.level());
    if gate.may_pass(level) {
        emit::flush(
            gate,
            E::META,
            level,
            &Flushed { fields: &event, added: &added, elapsed, incomplete },
        );
    }
}

impl<E, F> Drop for UnitOfWork<E, F> {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            let elapsed = open.start.elapsed();
            let _bound = open.start.enter();
            emit::call_in_drop("Wide::unit", || {
                (open.flush)(open.incomplete, &self.parts, elapsed)
            });
        }
    }
}

impl<E, F> Bind for UnitOfWork<E, F> {
    fn binding(&self) -> Binding {
        Binding::of_unit(self.parts.clone())
    }
}

impl<E, F> fmt::Debug for UnitOfWork<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnitOfWork").field("event", &self.parts.type_name()).finish_non_exhaustive()
    }
}
