//! Wide events: one event for a whole unit of work, which collects groups on the way and is emitted
//! once at the end.

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

/// An event that is collected over a unit of work:
/// `#[event(.., wide(UserContribution, ChatContribution))]`. `events!` implements it.
///
/// Its line has the event's own fields, then the fields of the added groups, in the order of
/// `wide(..)`. Each group is encoded and masked when it is added. The event's `emit_*` function
/// emits it as an ordinary event, without contributions.
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
///     // Deep in the call stack, where the unit is not passed.
///     RequestHandleFinished::add(&ChatContribution { tokens: 1_234 });
/// }
///
/// # fn main() -> Result<(), event_core::read::ReadError> {
/// let recorder = Recorder::new();
/// let scope = recorder.enter();
/// // The closure gives the event that is emitted, marked incomplete, if the unit is dropped.
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
/// // `read` returns the event with its own fields. `read_contribution` reads the groups.
/// assert_eq!(records[0].read::<RequestHandleFinished>()?.code, 200);
/// assert_eq!(records[0].read_contribution::<ChatContribution>()?.map(|contribution| contribution.tokens), Some(1_234));
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a wide event",
    label = "no unit of work can be made of it",
    note = "list the groups that may be added to it: `#[event(.., wide(UserContribution))]`",
    note = "an older version is read, not emitted: use the newest, whose name has no version in \
            it"
)]
pub trait Wide: Emit {
    /// Makes a unit of work. It is flushed exactly once: by [`UnitOfWork::flush`], or, if it is
    /// dropped, with the event that `incomplete` returns and `"incomplete":true`. If `incomplete`
    /// panics, nothing is emitted, and an
    /// [`Incident::CallbackPanicked`](crate::emit::Incident::CallbackPanicked) is reported.
    fn unit<F: FnOnce() -> Self>(incomplete: F) -> UnitOfWork<Self, F> {
        let open = Open { incomplete, flush: flush_incomplete::<Self, F>, start: Start::now() };
        UnitOfWork {
            contributions: Arc::new(Contributions::new(Self::META)),
            open: Some(open),
            event: PhantomData,
        }
    }

    /// Adds a group to the innermost unit of this event that is entered here, as
    /// [`UnitOfWork::add`] does. Returns `false` if there is no such unit, or if it was flushed.
    fn add<P: ContributionTo<Self> + Group>(contribution: &P) -> bool {
        innermost::<Self>()
            .is_some_and(|contributions| contributions.replace(P::PLACE, contribution))
    }

    /// Merges a group into the innermost unit of this event that is entered here, as
    /// [`UnitOfWork::merge`] does. Returns `false` if there is no such unit, or if it was flushed.
    fn merge<P: ContributionTo<Self> + Group>(contribution: &P) -> bool {
        innermost::<Self>()
            .is_some_and(|contributions| contributions.overlay(P::PLACE, contribution))
    }
}

/// A group that may be added to the wide event `E`, because `E` lists it in `wide(..)`. `events!`
/// implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a contribution of the wide event `{E}`",
    label = "not listed in its `wide(..)`",
    note = "add it to the event's `wide(..)`: then its schema has the group's fields"
)]
pub trait ContributionTo<E> {
    /// The group's index in `wide(..)`, from 0.
    #[doc(hidden)]
    const PLACE: usize;
}

/// A unit of work, which becomes one wide event: [`Wide::unit`] makes it, groups are added to it,
/// and it is flushed once. A second flush does not compile.
///
/// Groups are added here, and wherever the unit is entered: on a thread ([`UnitOfWork::enter`]), in
/// a future ([`future.in_context(&unit)`](crate::InContext::in_context)), and wherever the context
/// is passed from there. Several threads may add at once. A group that is added after the flush is
/// not written: it is not added to an outer unit either, so that no group reaches the wrong unit.
///
/// The event goes to the emitter of the place where the unit was made, and has the context of that
/// place, wherever the unit is flushed or dropped.
#[must_use = "a unit of work that is dropped is flushed as incomplete: call `flush`"]
pub struct UnitOfWork<E, F> {
    contributions: Arc<Contributions>,
    /// `None` after the flush.
    open: Option<Open<F>>,
    event: PhantomData<fn() -> E>,
}

struct Open<F> {
    incomplete: F,
    /// Emits the event of `incomplete`. `Wide::unit` has checked that this is the unit's event.
    flush: fn(F, &Contributions, Duration),
    start: Start,
}

impl<E, F> UnitOfWork<E, F> {
    /// Adds a group. It replaces a group of the same type that was added before, completely.
    pub fn add<P: ContributionTo<E> + Group>(&self, contribution: &P) {
        self.contributions.replace(P::PLACE, contribution);
    }

    /// Merges a group into the one that was added before: members that are `null` or left out in
    /// this group keep their earlier value.
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

    /// Enters the unit on this thread until the guard is dropped: [`Wide::add`] and [`Wide::merge`]
    /// then add to it.
    pub fn enter(&self) -> ContextGuard {
        self.binding().enter()
    }
}

impl<E: Wide, F> UnitOfWork<E, F> {
    /// Ends the unit and emits `event` with all groups that were added. Overwrites the `#[elapsed]`
    /// fields of `event`.
    pub fn flush(mut self, event: E) {
        if let Some(open) = self.open.take() {
            let elapsed = open.start.elapsed();
            let _bound = open.start.enter();
            flush(event, &self.contributions, elapsed, false);
        }
    }
}

fn innermost<E: Wide>() -> Option<Arc<Contributions>> {
    // The contribution is encoded outside this borrow, because a value's own code may bind context.
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
    // The time is set first, because the level may depend on it.
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
