//! One binding: a group, an ambient value, an emitter or a unit of work.

use super::bound_ambient::Part;
use super::bound_group::BoundGroup;
use crate::model::meta::EventMeta;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A value that a higher room binds: an emitter, or the contributions to a unit of work. Context
/// carries the value and does not use it.
pub(crate) type Carried = Arc<dyn Any + Send + Sync>;

/// A value that can be bound, already encoded: events copy the encoded bytes.
///
/// [`Bind`] makes a binding from a group, an actor or a trace.
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

/// A value that can be bound for a scope: a context group, an [`Actor`](crate::context::Actor), a
/// [`TraceContext`](crate::context::trace::TraceContext), a correlation or causation id, a unit of
/// work, an emitter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be bound as context",
    label = "not a context group",
    note = "declare it with `#[group(context)]`"
)]
pub trait Bind {
    /// Encodes the value and makes a binding of it.
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
    /// Shows names, not values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Group(group) => f.write_str(group.type_name()),
            Self::Ambient(part) => f.write_str(part.name()),
            Self::Emitter(_) => f.write_str("Emitter"),
            Self::Unit(event, _) => f.write_str(event.type_name),
        }
    }
}
