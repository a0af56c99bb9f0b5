//! What any event carries, without declaring it: who acts, in which trace, and what ties it to others.

use super::{Actor, Bind, Binding, ContextGuard, with_current};
use crate::encode::Encoder;
use crate::record::EventId;
use crate::trace::TraceContext;
use crate::value::Str;

/// All of it, encoded as members when it was bound.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ambient {
    pub(crate) actor: Box<[u8]>,
    pub(crate) trace: Box<[u8]>,
    pub(crate) correlation: Box<[u8]>,
    pub(crate) causation: Box<[u8]>,
    /// By whose id samples are taken, and which goes out with calls.
    pub(crate) context: Option<TraceContext>,
}

/// One thing of it.
pub(super) enum Part {
    Actor(Box<[u8]>),
    Trace(TraceContext, Box<[u8]>),
    Correlation(Box<[u8]>),
    Causation(Box<[u8]>),
}

/// Ties together what serves one purpose, over several services and over time: an order's number, a saga's.
///
/// An event that declares a context field `correlation_id` carries that one instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrelationId<'a>(pub Str<'a>);

/// The event that made this one happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CausationId<'a>(pub Str<'a>);

impl From<EventId> for CausationId<'static> {
    fn from(id: EventId) -> Self {
        Self(id.to_string().into())
    }
}

impl Ambient {
    /// What is bound outside, and one part of it bound anew.
    pub(super) fn with(outer: Option<&Self>, part: &Part) -> Self {
        let mut ambient = outer.cloned().unwrap_or_default();
        match part {
            Part::Actor(member) => ambient.actor.clone_from(member),
            Part::Trace(context, members) => {
                ambient.context = Some(context.clone());
                ambient.trace.clone_from(members);
            }
            Part::Correlation(member) => ambient.correlation.clone_from(member),
            Part::Causation(member) => ambient.causation.clone_from(member),
        }
        ambient
    }
}

impl Part {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Actor(_) => "Actor",
            Self::Trace(..) => "Trace",
            Self::Correlation(_) => "CorrelationId",
            Self::Causation(_) => "CausationId",
        }
    }
}

fn encoded(encode: impl FnOnce(&mut Encoder)) -> Box<[u8]> {
    let mut out = Encoder::new();
    encode(&mut out);
    out.bytes().into()
}

impl Bind for Actor<'_> {
    fn binding(&self) -> Binding {
        Binding::of_ambient(Part::Actor(encoded(|out| self.encode_member(out))))
    }
}

impl Bind for TraceContext {
    fn binding(&self) -> Binding {
        let members = encoded(|out| {
            out.json(",\"trace_id\":");
            self.trace_id().encode_text(out);
            out.json(",\"span_id\":");
            self.span_id().encode_text(out);
            if let Some(parent) = self.parent_span_id() {
                out.json(",\"parent_span_id\":");
                parent.encode_text(out);
            }
        });
        Binding::of_ambient(Part::Trace(self.clone(), members))
    }
}

impl TraceContext {
    /// The one that is bound here and now: what an outgoing call carries on.
    ///
    /// ```
    /// use event_core::trace::TraceContext;
    ///
    /// let trace = TraceContext::new_root();
    /// let _bound = trace.enter();
    /// assert_eq!(TraceContext::current(), Some(trace));
    /// ```
    pub fn current() -> Option<Self> {
        with_current(|context| context.ambient()?.context.clone())
    }
}

impl Bind for CorrelationId<'_> {
    fn binding(&self) -> Binding {
        Binding::of_ambient(Part::Correlation(encoded(|out| out.text_member(",\"correlation_id\":", &self.0))))
    }
}

impl Bind for CausationId<'_> {
    fn binding(&self) -> Binding {
        Binding::of_ambient(Part::Causation(encoded(|out| out.text_member(",\"causation_id\":", &self.0))))
    }
}

macro_rules! enter {
    ($($ty:ty,)*) => {$(
        impl $ty {
            /// Binds it on this thread, until the guard is dropped.
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
