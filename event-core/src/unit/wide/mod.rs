//! Wide events: one event for a whole unit of work, gathered from groups on the way, emitted once
//! at the end.

mod contributions;

use crate::context::{self, Bind, Binding, ContextGuard};
use crate::emit;
use crate::emit::{Emit, Flushed};
use crate::event::Group;
use crate::unit::start::Start;
use contributions::Contributions;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// An event that is gathered over a unit of work:
/// `#[event(.., wide(UserContribution, ChatContribution))]`. `events!` implements it.
///
/// Its line has the event's own fields, then those of the groups that were added, in the order of
/// `wide(..)`. Each group is encoded, and masked, when it is added. Emitted by its `emit_*`
/// function it is an event like any other, without contributions.
///
/// ```
/// use event_core::unit::elapsed;
/// use event_core::{Recorder, Str, Wide, events};
///
/// events!(
///     #[domain]
///     pub enum Request {
///         Handle,
///     }
///
///     #[group]
///     pub struct UserContribution<'a> {
///         #[entity(user)]
///         pub user_id: Str<'a>,
///         pub tier: Option<Str<'a>>,
///     }
///
///     #[group]
///     pub struct ChatContribution {
///         pub tokens: u64,
///     }
///
///     /// One for each request.
///     #[event(info, wide(UserContribution, ChatContribution))]
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
///     RequestHandleFinished::add(&ChatContribution { tokens: 1_234 });
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
/// unit.add(&UserContribution { user_id: "usr_7".into(), tier: Some("gold".into()) });
/// {
///     let _in = unit.enter();
///     answer();
/// }
/// unit.flush(RequestHandleFinished { path: "/chat".into(), code: 200, duration_ms: elapsed() });
/// drop(scope);
///
/// let records = recorder.records();
/// assert!(records[0].text().ends_with(r#""user_id":"usr_7","tier":"gold","tokens":1234}"#));
/// // Read back, the event has its own fields; its contributions are read as the groups that they are.
/// assert_eq!(records[0].read::<RequestHandleFinished>()?.code, 200);
/// assert_eq!(records[0].read_contribution::<ChatContribution>()?.map(|contribution| contribution.tokens), Some(1_234));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a wide event",
    label = "no unit of work gathers it",
    note = "list the groups that may be added to it: `#[event(.., wide(UserContribution))]`",
    note = "an older version is read, not emitted: gather the newest, whose name has no version \
            in it"
)]
pub trait Wide: Emit {
    /// A unit of work: it is flushed once, by [`UnitOfWork::flush`]; or else, when it is dropped,
    /// with what `incomplete` gives, and `"incomplete":true`. Where that panics, nothing is
    /// emitted, and an [`Incident::CallbackPanicked`](crate::emit::Incident::CallbackPanicked) is
    /// reported.
    fn unit<F: FnOnce() -> Self>(incomplete: F) -> UnitOfWork<Self, F> {
        let open = Open { incomplete, flush: flush_incomplete::<Self, F>, start: Start::now() };
        UnitOfWork {
            contributions: Arc::new(Contributions::new(Self::META)),
            open: Some(open),
            event: PhantomData,
        }
    }

    /// Adds a group to the innermost unit of this event that is entered here, as
    /// [`UnitOfWork::add`] does. Says whether there is one, not flushed yet.
    fn add<P: ContributionTo<Self> + Group>(contribution: &P) -> bool {
        innermost::<Self>()
            .is_some_and(|contributions| contributions.replace(P::PLACE, contribution))
    }

    /// Merges a group into the innermost unit of this event that is entered here, as
    /// [`UnitOfWork::merge`] does. Says whether there is one, not flushed yet.
    fn merge<P: ContributionTo<Self> + Group>(contribution: &P) -> bool {
        innermost::<Self>()
            .is_some_and(|contributions| contributions.overlay(P::PLACE, contribution))
    }
}

/// A group that may be added to the wide event `E`, which lists it in `wide(..)`. `events!`
/// implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a contribution of the wide event `{E}`",
    label = "not listed in its `wide(..)`",
    note = "add it to the event's `wide(..)`: then its schema has the group's fields"
)]
pub trait ContributionTo<E> {
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
    contributions: Arc<Contributions>,
    /// There until it was flushed.
    open: Option<Open<F>>,
    event: PhantomData<fn() -> E>,
}

struct Open<F> {
    incomplete: F,
    /// Emits what `incomplete` gives. That this is the unit's event was known where it was made.
    flush: fn(F, &Contributions, Duration),
    start: Start,
}

impl<E, F> UnitOfWork<E, F> {
    /// Adds a group. One that was added before is replaced, all of it.
    pub fn add<P: ContributionTo<E> + Group>(&self, contribution: &P) {
        self.contributions.replace(P::PLACE, contribution);
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
    /// #     pub struct ChatContribution {
    /// #         pub model: Option<String>,
    /// #         pub tokens: Option<u64>,
    /// #     }
    /// #
    /// #     #[event(info, wide(ChatContribution))]
    /// #     pub struct RequestHandleFinished;
    /// # );
    /// #
    /// # fn main() {
    /// # let recorder = Recorder::new();
    /// # let scope = recorder.enter();
    /// let unit = RequestHandleFinished::unit(|| RequestHandleFinished);
    /// unit.merge(&ChatContribution { model: Some("small".into()), tokens: Some(10) });
    /// unit.merge(&ChatContribution { model: None, tokens: Some(25) });
    /// unit.flush(RequestHandleFinished);
    /// # drop(scope);
    /// assert!(recorder.lines()[0].ends_with(r#""model":"small","tokens":25}"#));
    /// # }
    /// ```
    pub fn merge<P: ContributionTo<E> + Group>(&self, contribution: &P) {
        self.contributions.overlay(P::PLACE, contribution);
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
            flush(event, &self.contributions, elapsed, false);
        }
    }
}

fn innermost<E: Wide>() -> Option<Arc<Contributions>> {
    // The contribution is encoded outside of the borrow: a value's own code may bind something.
    context::with_current(|context| context.unit(E::META).cloned())?.downcast().ok()
}

fn flush_incomplete<E: Wide, F: FnOnce() -> E>(
    incomplete: F,
    contributions: &Contributions,
    elapsed: Duration,
) {
    flush(incomplete(), contributions, elapsed, true);
}

fn flush<E: Wide>(
    mut event: E,
    contributions: &Contributions,
    elapsed: Duration,
    incomplete: bool,
) {
    let added = contributions.close();
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
                (open.flush)(open.incomplete, &self.contributions, elapsed);
            });
        }
    }
}

impl<E, F> Bind for UnitOfWork<E, F> {
    fn binding(&self) -> Binding {
        Binding::of_unit(self.contributions.event, self.contributions.clone())
    }
}

impl<E, F> fmt::Debug for UnitOfWork<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnitOfWork")
            .field("event", &self.contributions.event.type_name)
            .finish_non_exhaustive()
    }
}
