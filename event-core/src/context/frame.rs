//! A context: a chain of bindings.

use super::binding::{Bind, Binding, Carried, Kind};
use super::bound_ambient::Ambient;
use crate::model::meta::EventMeta;
use std::fmt;
use std::sync::Arc;

/// Everything that is bound at one place of a program. A context is a value: keep it, send it to
/// another thread, enter it there.
///
/// ```
/// use event_core::context::Actor;
/// use event_core::Context;
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
    pub(super) innermost: Option<Arc<Frame>>,
}

/// One binding, in addition to the outer bindings.
pub(crate) struct Frame {
    pub(super) outer: Context,
    pub(super) binding: Binding,
    /// Resolved when it is bound, so that an event need not search the outer frames.
    ambient: Option<Arc<Ambient>>,
    pub(super) emitter: Option<Carried>,
}

impl Context {
    /// A context without bindings, as a new thread has. Entering it hides all outer bindings.
    pub const fn empty() -> Self {
        Self { innermost: None }
    }

    /// A copy of this context with one more binding, which replaces an outer binding of the same
    /// kind.
    #[must_use]
    pub fn with(&self, bound: &impl Bind) -> Self {
        self.and(bound.binding())
    }

    pub(super) fn and(&self, binding: Binding) -> Self {
        let (mut ambient, mut emitter) = match &self.innermost {
            Some(frame) => (frame.ambient.clone(), frame.emitter.clone()),
            None => (None, None),
        };
        match binding.kind() {
            Kind::Group(_) | Kind::Unit(..) => {}
            Kind::Ambient(part) => {
                ambient = Some(Arc::new(Ambient::with(ambient.as_deref(), part)));
            }
            Kind::Emitter(bound) => emitter = Some(bound.clone()),
        }
        Self { innermost: Some(Arc::new(Frame { outer: self.clone(), binding, ambient, emitter })) }
    }

    /// The ambient values: the actor, the trace, the correlation id and the causation id.
    pub(crate) fn ambient(&self) -> Option<&Arc<Ambient>> {
        self.innermost.as_ref()?.ambient.as_ref()
    }

    /// The contributions to the innermost unit of work of this event.
    pub(crate) fn unit(&self, meta: &'static EventMeta) -> Option<&Carried> {
        self.bindings().find_map(|binding| match binding {
            Kind::Unit(event, contributions) if event.is(meta) => Some(contributions),
            _ => None,
        })
    }

    /// The bindings, innermost first.
    fn bindings(&self) -> impl Iterator<Item = &Kind> {
        self.frames().map(|frame| frame.binding.kind())
    }

    pub(super) fn frames(&self) -> impl Iterator<Item = &Frame> {
        std::iter::successors(self.innermost.as_deref(), |frame| frame.outer.innermost.as_deref())
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        match (&self.innermost, &other.innermost) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Drop for Frame {
    /// Drops the frames in a loop. A recursive drop of a deep context could overflow the stack.
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
