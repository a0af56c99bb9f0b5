//! One thing that is bound: a group, something ambient, an emitter, a unit of work.

use super::bound_ambient::Part;
use super::bound_group::BoundGroup;
use crate::model::meta::EventMeta;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// What a room above binds: an emitter, the contributions to a unit of work. Context carries it and
/// does not look into it.
pub(crate) type Carried = Arc<dyn Any + Send + Sync>;

/// Something that can be bound, encoded once: events copy it.
///
/// What [`Bind`] makes of a group, an actor or a trace.
#[derive(Clone)]
pub struct Binding {
    kind: Arc<Kind>,
}

pub(super) enum Kind {
    Group(BoundGroup),
    Ambient(Part),
    Emitter(Carried),
    Unit(&'static EventMeta, Carried),
}

/// What can be bound for a scope: a context group, an [`Actor`](crate::context::Actor), a
/// [`TraceContext`](crate::context::trace::TraceContext), an id that ties events together, a unit of work,
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

    pub(super) fn of_group(group: BoundGroup) -> Self {
        Self { kind: Arc::new(Kind::Group(group)) }
    }

    pub(super) fn of_ambient(part: Part) -> Self {
        Self { kind: Arc::new(Kind::Ambient(part)) }
    }

    #[inline]
    pub(super) fn kind(&self) -> &Kind {
        &self.kind
    }

    pub(super) fn group(&self) -> Option<&BoundGroup> {
        match &*self.kind {
            Kind::Group(group) => Some(group),
            _ => None,
        }
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
