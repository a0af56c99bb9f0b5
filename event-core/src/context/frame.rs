//! A context: the bindings of one place, each on those outside of it.

use super::binding::{Bind, Binding, Carried, Kind};
use super::bound_ambient::Ambient;
use crate::model::meta::EventMeta;
use std::fmt;
use std::sync::Arc;

/// Everything that is bound at one place of a program: a value, to be kept, sent and entered
/// elsewhere.
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

/// One binding, on those outside of it.
pub(crate) struct Frame {
    pub(super) outer: Context,
    pub(super) binding: Binding,
    /// Resolved when it is bound, so that an event looks in one place.
    ambient: Option<Arc<Ambient>>,
    pub(super) emitter: Option<Carried>,
}

impl Context {
    /// Nothing bound: what a new thread has. To enter it is to leave everything that is bound
    /// outside.
    pub const fn empty() -> Self {
        Self { innermost: None }
    }

    /// This context and one thing more, which holds against what is bound here already.
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
