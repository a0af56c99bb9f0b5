//! Which events may end an operation.

use crate::emit::Emit;
use std::time::Duration;

/// Ends what `B` begins: an event of the same domain and action whose status is not of class
/// `begin`. `events!` implements it.
///
/// Events with a `neutral` status are included. For a task that is `retrying`, the caller decides
/// whether the operation has ended, by calling [`Operation::finish`](super::Operation::finish).
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not end what `{B}` begins",
    label = "not an event of the same action",
    note = "an operation ends with an event of the same domain and action, declared in the same \
            `events!` block",
    note = "to end with one of two events, use `Either`"
)]
pub trait Ends<B>: End {}

/// Ends what `B` begins with success: its status is of class `ok`. `events!` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not complete what `{B}` begins",
    label = "not an event of the same action with a status of class `ok`",
    note = "use an event of the same domain and action with a status such as `completed`; to end \
            with one of two events, use `Either`"
)]
pub trait Completes<B>: Ends<B> {}

/// Ends what `B` begins without success: its status is of class `fault`, such as `failed` or
/// `cancelled`. `events!` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fail what `{B}` begins",
    label = "not an event of the same action with a status of class `fault`",
    note = "use an event of the same domain and action with a status such as `failed` or \
            `cancelled`; to end with one of two events, use `Either`"
)]
pub trait Fails<B>: Ends<B> {}

/// What is emitted when an operation ends: an event, or [`Either`] of two events.
pub trait End: Sized {
    /// Emits the event, with its elapsed time set.
    #[doc(hidden)]
    fn emit_after(self, elapsed: Duration);
}

#[diagnostic::do_not_recommend]
impl<E: Emit> End for E {
    fn emit_after(mut self, elapsed: Duration) {
        // The time is set first, because the level may depend on it.
        self.set_elapsed(elapsed);
        self.emit();
    }
}

/// One of two events that end an operation, for places that need a single type.
///
/// ```
/// use event_core::unit::{Either, Interrupted};
/// use event_core::{Begins, events};
///
/// events!(
///     #[domain]
///     pub enum Report {
///         Render,
///     }
///
///     #[event(info)]
///     pub struct ReportRenderStarted;
///     #[event(info)]
///     pub struct ReportRenderCompleted;
///     #[event(warning)]
///     pub struct ReportRenderCancelled;
///     #[event(error)]
///     pub struct ReportRenderFailed;
/// );
///
/// # fn main() {
/// # let recorder = event_core::Recorder::new();
/// # let scope = recorder.enter();
/// let operation = ReportRenderStarted.start(|interrupted| match interrupted {
///     Interrupted::Dropped => Either::Left(ReportRenderCancelled),
///     Interrupted::Panicked => Either::Right(ReportRenderFailed),
/// });
/// drop(operation);
/// # drop(scope);
/// assert!(recorder.lines()[1].contains("report_render_cancelled"));
/// # }
/// ```
#[derive(Debug)]
pub enum Either<L, R> {
    /// The first event type.
    Left(L),
    /// The second event type.
    Right(R),
}

impl<L: End, R: End> End for Either<L, R> {
    fn emit_after(self, elapsed: Duration) {
        match self {
            Self::Left(end) => end.emit_after(elapsed),
            Self::Right(end) => end.emit_after(elapsed),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<B, L: Ends<B>, R: Ends<B>> Ends<B> for Either<L, R> {}

#[diagnostic::do_not_recommend]
impl<B, L: Completes<B>, R: Completes<B>> Completes<B> for Either<L, R> {}

#[diagnostic::do_not_recommend]
impl<B, L: Fails<B>, R: Fails<B>> Fails<B> for Either<L, R> {}
