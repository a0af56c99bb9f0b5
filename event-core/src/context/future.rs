//! The context of a future. It is bound on the polling thread at each poll, and while the future is
//! dropped.

use super::stack::{self, Entry};
use super::{Bind, Binding, Context, ContextGuard};
use pin_project_lite::pin_project;
use std::fmt;
use std::pin::Pin;
use std::task::{self, Poll};

/// Futures that run in a context.
pub trait InContext: Future + Sized {
    /// Binds a value while the future runs, in addition to the bindings of the polling thread.
    ///
    /// ```
    /// use event_core::context::Actor;
    /// use event_core::InContext;
    ///
    /// async fn sweep() { /* .. events here say who acts .. */ }
    ///
    /// let sweeping = sweep().in_context(&Actor::system("sweeper"));
    /// # let _ = sweeping;
    /// ```
    fn in_context(self, bound: &impl Bind) -> WithContext<Self> {
        WithContext::new(self, Entered::Bound { binding: bound.binding(), last: None })
    }

    /// Runs the future in the current context instead of the polling thread's: for a task that is
    /// spawned.
    fn in_current_context(self) -> WithContext<Self> {
        self.within(Context::current())
    }

    /// Runs the future in `context` instead of the polling thread's context.
    fn within(self, context: Context) -> WithContext<Self> {
        WithContext::new(self, Entered::Whole(context))
    }
}

impl<F: Future> InContext for F {}

/// The context that a future enters.
enum Entered {
    Bound {
        binding: Binding,
        /// The context around the future at the last poll, and that context with the binding added.
        last: Option<(Context, Context)>,
    },
    Whole(Context),
}

pin_project! {
    /// A future that runs in a context.
    #[must_use = "a future does nothing until it is polled"]
    pub struct WithContext<F> {
        // `None` after the future was dropped within its context.
        #[pin]
        future: Option<F>,
        entered: Entered,
        // The entries of guards that the future holds over an `.await`, while it waits.
        inner: Vec<Entry>,
    }

    impl<F> PinnedDrop for WithContext<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _bound = enter(this.entered, this.inner);
            this.future.set(None);
        }
    }
}

impl<F> WithContext<F> {
    const fn new(future: F, entered: Entered) -> Self {
        Self { future: Some(future), entered, inner: Vec::new() }
    }
}

impl Entered {
    fn enter(&mut self) -> ContextGuard {
        match self {
            Self::Whole(context) => context.enter(),
            Self::Bound { binding, last } => {
                let around = Context::current();
                let context = match last {
                    Some((known, context)) if known.is(&around) => context.clone(),
                    _ => {
                        let context = around.and(binding.clone());
                        *last = Some((around, context.clone()));
                        context
                    }
                };
                stack::bind_known(binding.clone(), context)
            }
        }
    }
}

impl<F: Future> Future for WithContext<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        // Only `drop` leaves `None`.
        let Some(future) = this.future.as_pin_mut() else { return Poll::Pending };
        let bound = enter(this.entered, this.inner);
        let polled = future.poll(cx);
        if polled.is_pending() {
            *this.inner = bound.wait();
        }
        polled
    }
}

/// Binds the future's context, and then the entries of the future's own guards.
fn enter(entered: &mut Entered, inner: &mut Vec<Entry>) -> ContextGuard {
    let bound = entered.enter();
    if !inner.is_empty() {
        stack::resume(std::mem::take(inner));
    }
    bound
}

impl<F> fmt::Debug for WithContext<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithContext").finish_non_exhaustive()
    }
}
