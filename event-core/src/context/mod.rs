//! What is bound for a scope and goes with the events in it: groups, the actor, the trace, an
//! emitter.
//!
//! A scope is a future ([`InContext::in_context`]) or, in synchronous code, a guard on a thread
//! ([`ContextGuard`]). A guard must not be held over an `.await`. Of two bindings of one thing the
//! inner one holds, and what an event is given at the call is its own: context has other fields. A
//! new thread and a spawned task start with nothing bound; [`Context::current`] is what they are
//! handed.

mod actor;
mod ambient;
pub mod carry;
mod future;
mod group;
pub(crate) mod random;
mod stack;
pub mod trace;
mod trace_source;

pub use actor::{Actor, ActorKind};
pub use ambient::{CausationId, CorrelationId};
pub use future::{InContext, WithContext};
pub use stack::ContextGuard;

pub use group::{ContextGroup, NotUpdated};

pub(crate) use group::{fills, write_groups};
pub(crate) use stack::{bound_emitter, is_anything_bound, with_current};
pub(crate) use trace_source::{AskedTrace, TraceSource};

use crate::model::meta::EventMeta;
use ambient::Ambient;
use group::BoundGroup;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Everything that is bound at one place of a program: a value, to be kept, sent and entered
/// elsewhere.
///
/// ```
/// use event_core::{Actor, Context};
///
/// let _acting = Actor::user("usr_7").enter();
/// let context = Context::current();
/// std::thread::spawn(move || {
///     let _bound = context.enter();
///     // .. events emitted here say who acts ..
/// })
/// .join()
/// .unwrap();
/// ```
#[derive(Clone, Default)]
pub struct Context {
    innermost: Option<Arc<Frame>>,
}

/// What a room above binds: an emitter, the contributions to a unit of work. Context carries it and
/// does not look into it.
pub(crate) type Carried = Arc<dyn Any + Send + Sync>;

/// One binding, on those outside of it.
pub(crate) struct Frame {
    outer: Context,
    binding: Binding,
    /// Resolved when it is bound, so that an event looks in one place.
    ambient: Option<Arc<Ambient>>,
    emitter: Option<Carried>,
}

/// Something that can be bound, encoded once: events copy it.
///
/// What [`Bind`] makes of a group, an actor or a trace.
#[derive(Clone)]
pub struct Binding {
    kind: Arc<Kind>,
}

enum Kind {
    Group(BoundGroup),
    Ambient(ambient::Part),
    Emitter(Carried),
    Unit(&'static EventMeta, Carried),
}

/// What can be bound for a scope: a context group, an [`Actor`], a
/// [`TraceContext`](crate::trace::TraceContext), an id that ties events together, a unit of work,
/// an emitter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be bound as context",
    label = "not a context group",
    note = "declare it with `#[group(context)]`"
)]
pub trait Bind {
    /// It, encoded.
    fn binding(&self) -> Binding;
}

#[diagnostic::do_not_recommend]
impl<G: ContextGroup> Bind for G {
    fn binding(&self) -> Binding {
        Binding { kind: Arc::new(Kind::Group(BoundGroup::new(self))) }
    }
}

impl Bind for Binding {
    fn binding(&self) -> Binding {
        self.clone()
    }
}

impl Binding {
    pub(crate) fn of_emitter(emitter: Carried) -> Self {
        Self { kind: Arc::new(Kind::Emitter(emitter)) }
    }

    pub(crate) fn of_unit(event: &'static EventMeta, contributions: Carried) -> Self {
        Self { kind: Arc::new(Kind::Unit(event, contributions)) }
    }

    fn of_ambient(part: ambient::Part) -> Self {
        Self { kind: Arc::new(Kind::Ambient(part)) }
    }

    fn group(&self) -> Option<&BoundGroup> {
        match &*self.kind {
            Kind::Group(group) => Some(group),
            _ => None,
        }
    }

    /// Binds it on this thread, until the guard is dropped. In an `async` function,
    /// [`InContext::in_context`] binds it to a future instead.
    pub fn enter(&self) -> ContextGuard {
        stack::bind(self.clone())
    }
}

impl Context {
    /// Nothing bound: what a new thread has. To enter it is to leave everything that is bound
    /// outside.
    pub const fn empty() -> Self {
        Self { innermost: None }
    }

    /// What is bound on this thread now.
    pub fn current() -> Self {
        with_current(Self::clone)
    }

    /// This context and one thing more, which holds against what is bound here already.
    #[must_use]
    pub fn with(&self, bound: &impl Bind) -> Self {
        self.and(bound.binding())
    }

    /// Makes it, and nothing else, what is bound on this thread, until the guard is dropped. In an
    /// `async` function, [`InContext::within`] binds it to a future instead.
    pub fn enter(&self) -> ContextGuard {
        stack::replace(self.clone())
    }

    fn and(&self, binding: Binding) -> Self {
        let (mut ambient, mut emitter) = match &self.innermost {
            Some(frame) => (frame.ambient.clone(), frame.emitter.clone()),
            None => (None, None),
        };
        match &*binding.kind {
            Kind::Group(_) | Kind::Unit(..) => {}
            Kind::Ambient(part) => {
                ambient = Some(Arc::new(Ambient::with(ambient.as_deref(), part)))
            }
            Kind::Emitter(bound) => emitter = Some(bound.clone()),
        }
        Self { innermost: Some(Arc::new(Frame { outer: self.clone(), binding, ambient, emitter })) }
    }

    /// The actor, the trace and what ties events together.
    pub(crate) fn ambient(&self) -> Option<&Arc<Ambient>> {
        self.innermost.as_ref()?.ambient.as_ref()
    }

    /// What the innermost unit of work of this event has gathered.
    pub(crate) fn unit(&self, meta: &'static EventMeta) -> Option<&Carried> {
        self.bindings().find_map(|binding| match binding {
            Kind::Unit(event, contributions) if event.is(meta) => Some(contributions),
            _ => None,
        })
    }

    /// The bindings, innermost first.
    fn bindings(&self) -> impl Iterator<Item = &Kind> {
        self.frames().map(|frame| &*frame.binding.kind)
    }

    fn frames(&self) -> impl Iterator<Item = &Frame> {
        std::iter::successors(self.innermost.as_deref(), |frame| frame.outer.innermost.as_deref())
    }

    fn is(&self, other: &Self) -> bool {
        match (&self.innermost, &other.innermost) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Drop for Frame {
    /// One after the other: the frames of a deep context would be dropped each within the drop of
    /// the one on it.
    fn drop(&mut self) {
        let mut next = self.outer.innermost.take();
        while let Some(mut frame) = next.and_then(Arc::into_inner) {
            next = frame.outer.innermost.take();
        }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.bindings()).finish()
    }
}

impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Debug for Kind {
    /// Names, not values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(group) => f.write_str(group.type_name()),
            Self::Ambient(part) => f.write_str(part.name()),
            Self::Emitter(_) => f.write_str("Emitter"),
            Self::Unit(event, _) => f.write_str(event.type_name),
        }
    }
}
