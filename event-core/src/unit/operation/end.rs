//! What may end an operation: which events, and one of two of them.

use crate::emit::Emit;
use std::time::Duration;

/// Ends what `B` begins: an event of the same domain and action that is not a beginning itself.
/// `events!` implements it.
///
/// Those with a `neutral` status are among them: whether a task that is `retrying` has ended is for
/// the caller to say, and [`Operation::finish`](super::Operation::finish) is where it is said.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not end what `{B}` begins",
    label = "not an event of the same action",
    note = "an operation ends with an event of the same domain and action, declared in the same \
            `events!` block",
    note = "where it is one of two events, end with an `Either` of them"
)]
pub trait Ends<B>: End {}

/// Ends what `B` begins as it was meant to end: its status is of class `ok`. `events!` implements
/// it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not complete what `{B}` begins",
    label = "not an event of the same action with a status of class `ok`",
    note = "give an event of the same domain and action, say with the status `completed`; where \
            it is one of two events, give an `Either` of them"
)]
pub trait Completes<B>: Ends<B> {}

/// Ends what `B` begins otherwise than it was meant to end: its status is of class `fault`,
/// `cancelled` among them. `events!` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say that what `{B}` begins has failed",
    label = "not an event of the same action with a status of class `fault`",
    note = "give an event of the same domain and action, say with the status `failed` or \
            `cancelled`; where it is one of two events, give an `Either` of them"
)]
pub trait Fails<B>: Ends<B> {}

/// What is emitted when an operation ends: an event, or [`Either`] of two.
pub trait End: Sized {
    /// Emits it, with the elapsed time filled in.
    #[doc(hidden)]
    fn emit_after(self, elapsed: Duration);
}

#[diagnostic::do_not_recommend]
impl<E: Emit> End for E {
    fn emit_after(mut self, elapsed: Duration) {
        // First the time: the level may follow from it.
        self.set_elapsed(elapsed);
        self.emit();
    }
}

/// One of two events that an operation ends with, where one type is wanted.
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
    /// The one.
    Left(L),
    /// The other.
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
