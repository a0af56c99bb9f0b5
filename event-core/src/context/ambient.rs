//! Binds and returns the ambient values, which every event carries without a declaration: the
//! actor, the trace, the correlation id and the causation id.

use super::binding::{Bind, Binding};
use super::bound_ambient::{CausationId, CorrelationId, Part, encoded};
use super::{Actor, ContextGuard, with_current};
use crate::context::trace::TraceContext;
use event_grammar::key_text;

impl Bind for Actor<'_> {
    fn binding(&self) -> Binding {
        Binding::of_ambient(Part::Actor(encoded(self.clone().into_owned(), Actor::encode_member)))
    }
}

impl Bind for TraceContext {
    fn binding(&self) -> Binding {
        Binding::of_ambient(Part::Trace(encoded(self.clone(), Self::encode_members)))
    }
}

impl Bind for CorrelationId<'_> {
    fn binding(&self) -> Binding {
        let id = CorrelationId(self.0.clone().into_owned());
        Binding::of_ambient(Part::Correlation(encoded(id, |id, out| {
            out.text_member(key_text!(CorrelationId in Line), &id.0);
        })))
    }
}

impl Bind for CausationId<'_> {
    fn binding(&self) -> Binding {
        let id = CausationId(self.0.clone().into_owned());
        Binding::of_ambient(Part::Causation(encoded(id, |id, out| {
            out.text_member(key_text!(CausationId in Line), &id.0);
        })))
    }
}

impl Actor<'static> {
    /// The actor that is bound in the current scope.
    ///
    /// ```
    /// use event_core::context::Actor;
    ///
    /// assert_eq!(Actor::current(), None);
    /// let _acting = Actor::user("usr_7").enter();
    /// assert_eq!(Actor::current(), Some(Actor::user("usr_7")));
    /// ```
    pub fn current() -> Option<Self> {
        with_current(|context| context.ambient()?.actor().cloned())
    }
}

impl TraceContext {
    /// The trace that is bound in the current scope; outgoing calls continue it. A trace from
    /// [`Builder::trace_source`](crate::emit::Builder::trace_source) is not bound, so it is not
    /// returned.
    ///
    /// ```
    /// use event_core::context::trace::TraceContext;
    ///
    /// let trace = TraceContext::new_root();
    /// let _bound = trace.enter();
    /// assert_eq!(TraceContext::current(), Some(trace));
    /// ```
    pub fn current() -> Option<Self> {
        with_current(|context| context.ambient()?.trace().cloned())
    }
}

impl CorrelationId<'static> {
    /// The id that is bound in the current scope.
    pub fn current() -> Option<Self> {
        with_current(|context| context.ambient()?.correlation().cloned())
    }
}

impl CausationId<'static> {
    /// The id that is bound in the current scope.
    pub fn current() -> Option<Self> {
        with_current(|context| context.ambient()?.causation().cloned())
    }
}

macro_rules! enter {
    ($($ty:ty,)*) => {$(
        impl $ty {
            /// Binds this value on the current thread until the guard is dropped. In an `async`
            /// function, write [`.in_context(..)`](crate::InContext::in_context) at the future
            /// instead: a guard that is held over an `.await` stays bound on the thread while the
            /// function waits.
            pub fn enter(&self) -> ContextGuard {
                self.binding().enter()
            }
        }
    )*};
}

enter! {
    Actor<'_>,
    TraceContext,
    CorrelationId<'_>,
    CausationId<'_>,
}
