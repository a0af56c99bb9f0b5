//! Operations: one event begins an operation, and exactly one other event ends it.

mod elapsed;
mod end;
mod interrupted;

pub use elapsed::{Elapsed, elapsed};
pub use end::{Completes, Either, End, Ends, Fails};
pub use interrupted::Interrupted;

use crate::emit;
use crate::emit::Emit;
use crate::unit::start::Start;
use std::fmt;
use std::marker::PhantomData;
use std::thread;
use std::time::Duration;

/// An event that begins an operation: its status is of class `begin`, and its action has an event
/// with a status of class `fault`. `events!` implements it.
///
/// ```
/// use event_core::unit::elapsed;
/// use event_core::{Begins, Recorder, Str, events};
///
/// events!(
///     #[domain]
///     pub enum Payment {
///         Process,
///     }
///
///     #[event(info)]
///     pub struct PaymentProcessStarted<'a> {
///         pub order_id: Str<'a>,
///     }
///
///     #[event(info)]
///     pub struct PaymentProcessCompleted {
///         #[elapsed]
///         pub duration_ms: f64,
///     }
///
///     #[event(error)]
///     pub struct PaymentProcessFailed<'a> {
///         pub reason: Str<'a>,
///         #[elapsed]
///         pub duration_ms: f64,
///     }
/// );
///
/// fn charge(cents: u32) -> Result<u32, &'static str> {
///     if cents > 0 { Ok(cents) } else { Err("nothing to pay") }
/// }
///
/// # fn main() {
/// let recorder = Recorder::new();
/// let scope = recorder.enter();
/// let operation = PaymentProcessStarted { order_id: "ord_1".into() }
///     .start(|interrupted| PaymentProcessFailed { reason: interrupted.as_str().into(), duration_ms: elapsed() });
/// match charge(0) {
///     Ok(_) => operation.finish(PaymentProcessCompleted { duration_ms: elapsed() }),
///     Err(reason) => operation.finish(PaymentProcessFailed { reason: reason.into(), duration_ms: elapsed() }),
/// }
/// drop(scope);
///
/// let lines = recorder.lines();
/// assert_eq!(lines.len(), 2);
/// assert!(lines[0].contains("payment_process_started"));
/// assert!(lines[1].contains(r#""reason":"nothing to pay","duration_ms":0.0"#));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "no operation begins with `{Self}`",
    label = "not an event that begins",
    note = "an operation begins with an event of an `events!` block, its status of class `begin` \
            (`started`, `initiated`)",
    note = "its action also needs an event with a status of class `fault`, for when the operation \
            is dropped unfinished"
)]
pub trait Begins: Emit {
    /// The event type with every lifetime `'static`, so that the operation borrows nothing from the
    /// event.
    type Begun;

    /// Emits the event and returns the operation. The operation ends exactly once: by
    /// [`Operation::finish`], [`Operation::run`] or [`Operation::run_sync`], or, if it is dropped,
    /// with the event that `interrupted` returns. If `interrupted` panics, no end is emitted, and
    /// an [`Incident::CallbackPanicked`](crate::emit::Incident::CallbackPanicked) is reported.
    ///
    /// The end is emitted in the context that is bound at this call, wherever the operation ends.
    fn start<F, I>(self, interrupted: F) -> Operation<Self::Begun, F>
    where
        F: FnOnce(Interrupted) -> I,
        I: Fails<Self::Begun>,
    {
        self.emit();
        let open = Open {
            interrupted,
            emit: emit_interrupted::<F, I>,
            is_unwinding: thread::panicking(),
            start: Start::now(),
        };
        Operation { open: Some(open), begun: PhantomData }
    }
}

/// An operation that has begun and ends exactly once: a second end does not compile, and an
/// unfinished operation emits its end when it is dropped.
///
/// `B` is the event that began it. `F` returns the event to emit when it is dropped. The operation
/// borrows what `F` borrows, and can go wherever `F` can go: into a future, a struct or another
/// thread.
#[must_use = "an operation that is dropped has been interrupted: call `finish`, `run` or `run_sync`"]
pub struct Operation<B, F> {
    /// `None` after the end.
    open: Option<Open<F>>,
    begun: PhantomData<fn() -> B>,
}

struct Open<F> {
    interrupted: F,
    /// Emits the event of `interrupted`. `start` has checked that this event may end the operation.
    emit: fn(F, Interrupted, Duration),
    /// Whether a panic was unwinding the stack when the operation began. Such a panic did not
    /// interrupt it.
    is_unwinding: bool,
    start: Start,
}

fn emit_interrupted<F: FnOnce(Interrupted) -> I, I: End>(
    give: F,
    interrupted: Interrupted,
    elapsed: Duration,
) {
    give(interrupted).emit_after(elapsed);
}

impl<B, F> Operation<B, F> {
    /// Ends the operation with `end`. Overwrites the `#[elapsed]` fields of `end`.
    pub fn finish<E: Ends<B>>(mut self, end: E) {
        if let Some(open) = self.open.take() {
            let elapsed = open.start.elapsed();
            let _bound = open.start.enter();
            end.emit_after(elapsed);
        }
    }

    /// Awaits `future`, ends the operation with the event that `completed` or `failed` makes of its
    /// result, and returns the result unchanged.
    ///
    /// The operation is interrupted if this future is dropped, before its first poll or later, or
    /// if the future or one of the closures panics. No async runtime is needed.
    ///
    /// The events that the closures return cannot borrow from the result. If an event must borrow,
    /// await the future, match on a reference to the result, and call [`finish`](Self::finish).
    ///
    /// ```
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
    ///     pub struct ReportRenderCompleted {
    ///         pub pages: u32,
    ///     }
    ///     #[event(error)]
    ///     pub struct ReportRenderFailed {
    ///         pub reason: String,
    ///     }
    /// );
    ///
    /// async fn render() -> Result<u32, String> {
    ///     Ok(3)
    /// }
    ///
    /// async fn report() -> Result<u32, String> {
    ///     ReportRenderStarted
    ///         .start(|interrupted| ReportRenderFailed { reason: interrupted.to_string() })
    ///         .run(
    ///             render(),
    ///             |pages| ReportRenderCompleted { pages: *pages },
    ///             |error| ReportRenderFailed { reason: error.clone() },
    ///         )
    ///         .await
    /// }
    ///
    /// # fn main() {
    /// # use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
    /// let mut report = pin!(report());
    /// assert_eq!(report.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(3)));
    /// # }
    /// ```
    pub async fn run<T, E, C: Completes<B>, N: Fails<B>>(
        self,
        future: impl Future<Output = Result<T, E>>,
        completed: impl FnOnce(&T) -> C,
        failed: impl FnOnce(&E) -> N,
    ) -> Result<T, E> {
        let result = future.await;
        self.finish_by(&result, completed, failed);
        result
    }

    /// Calls `work`, ends the operation with the event that `completed` or `failed` makes of its
    /// result, and returns the result unchanged. If one of the three closures panics, the operation
    /// is interrupted. The note on borrowing events at [`run`](Self::run) applies here too.
    ///
    /// ```
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
    ///     #[event(error)]
    ///     pub struct ReportRenderFailed;
    /// );
    ///
    /// # fn main() {
    /// let result: Result<u32, std::num::ParseIntError> = ReportRenderStarted
    ///     .start(|_| ReportRenderFailed)
    ///     .run_sync(|| "3".parse(), |_| ReportRenderCompleted, |_| ReportRenderFailed);
    /// assert_eq!(result, Ok(3));
    /// # }
    /// ```
    pub fn run_sync<T, E, C: Completes<B>, N: Fails<B>>(
        self,
        work: impl FnOnce() -> Result<T, E>,
        completed: impl FnOnce(&T) -> C,
        failed: impl FnOnce(&E) -> N,
    ) -> Result<T, E> {
        let result = work();
        self.finish_by(&result, completed, failed);
        result
    }

    fn finish_by<T, E, C: Completes<B>, N: Fails<B>>(
        self,
        result: &Result<T, E>,
        completed: impl FnOnce(&T) -> C,
        failed: impl FnOnce(&E) -> N,
    ) {
        match result {
            Ok(value) => {
                let end = completed(value);
                self.finish(end);
            }
            Err(error) => {
                let end = failed(error);
                self.finish(end);
            }
        }
    }
}

impl<B, F> Drop for Operation<B, F> {
    fn drop(&mut self) {
        let Some(open) = self.open.take() else { return };
        let is_panic = thread::panicking() && !open.is_unwinding;
        let interrupted = if is_panic { Interrupted::Panicked } else { Interrupted::Dropped };
        let elapsed = open.start.elapsed();
        let _bound = open.start.enter();
        emit::call_in_drop("Begins::start", || (open.emit)(open.interrupted, interrupted, elapsed));
    }
}

impl<B, F> fmt::Debug for Operation<B, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("begun", &std::any::type_name::<B>())
            .finish_non_exhaustive()
    }
}
