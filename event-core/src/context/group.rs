//! Context groups: binds them, reads them back, and writes them into events.

use super::binding::{Bind, Binding, Kind};
use super::bound_group::{BoundGroup, joined, pairs};
use super::frame::Context;
use super::stack::with_current;
use crate::event::Group;
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Sensitivity};
use crate::model::shape::{Shape, TextFormat};
use crate::value::encode::{Encoder, Preencoded, Refusal};
use crate::value::read::{Object, ReadError};
use std::fmt;

/// A group that can be bound as context: `#[group(context)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context group",
    label = "cannot be bound as context",
    note = "declare it with `#[group(context)]`"
)]
pub trait ContextGroup: Group {
    /// The descriptor of the group.
    const CONTEXT: &'static GroupMeta = Self::META;

    /// The group that is bound in the current scope, or `None`. The group is read back from its
    /// encoded form, so masked fields are masked.
    ///
    /// # Errors
    ///
    /// If a masked value does not fit its field's type.
    fn current() -> Option<Result<Self, ReadError>> {
        current()
    }

    /// Changes fields of the bound group. Every later event of the scope that bound the group has
    /// the change, also after the current scope ends.
    ///
    /// The innermost binding is changed in place. All scopes with this binding have the change from
    /// their next event on: captured contexts, their tasks and operations, and other scopes of the
    /// same [`Binding`]. Two threads may change two fields at once. If two threads change one
    /// field, the later change is kept. A field that `change` leaves alone keeps its written form,
    /// including its mask.
    ///
    /// ```
    /// use event_core::{ContextGroup, Recorder, Str, events};
    ///
    /// events!(
    ///     #[domain(optional(action))]
    ///     pub enum Request {}
    ///
    ///     #[event(info, context(Caller))]
    ///     pub struct RequestFinished;
    ///
    ///     #[group(context)]
    ///     pub struct Caller<'a> {
    ///         pub request_id: Str<'a>,
    ///         pub user_id: Option<Str<'a>>,
    ///     }
    /// );
    ///
    /// # fn main() -> Result<(), event_core::context::NotUpdated> {
    /// # let recorder = Recorder::new();
    /// # let recording = recorder.enter();
    /// let _bound = Caller { request_id: "req_1".into(), user_id: None }.enter();
    /// // .. in the layer that checks who calls ..
    /// Caller::update(|caller| caller.user_id = Some("usr_7".into()))?;
    /// // .. and in the outer one, when the request is done ..
    /// emit_request_finished(RequestFinished);
    /// # drop(recording);
    /// # assert!(recorder.lines()[0].ends_with(r#""request_id":"req_1","user_id":"usr_7"}"#));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the group is not bound, or cannot be read back: see [`ContextGroup::current`].
    fn update(change: impl FnOnce(&mut Self)) -> Result<(), NotUpdated> {
        update(change)
    }
}

#[diagnostic::do_not_recommend]
impl<G: ContextGroup> Bind for G {
    fn binding(&self) -> Binding {
        Binding::of_group(BoundGroup::new(self))
    }
}

/// The reason why a bound group was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotUpdated {
    /// The group is not bound in the current scope.
    NotBound,
    /// The bound group cannot be read back: a masked value does not fit the field's type.
    Unreadable(ReadError),
}

/// Writes the innermost binding of each context group that the event declares, or else the
/// emitter's constant. Returns whether a group that the event needs is neither.
pub(crate) fn write_groups(
    context: &Context,
    constants: &Context,
    meta: &'static EventMeta,
    out: &mut Encoder,
) -> bool {
    let mut missing = false;
    for (place, group) in meta.context.iter().enumerate() {
        match find(context, group).or_else(|| find(constants, group)) {
            Some(bound) => bound.with_members(|members| out.preencoded(members)),
            None => missing |= place < meta.needed_context && group.needed(),
        }
    }
    missing
}

/// Whether an ambient value is written as the field `name` of the event's context. It is if no
/// group with the field is bound and the field is plain text without a mask. It also is if the
/// event's context does not declare the field.
#[cold]
pub(crate) fn fills(
    context: &Context,
    constants: &Context,
    meta: &'static EventMeta,
    name: &str,
) -> bool {
    meta.context.iter().all(|group| {
        group.field(name).is_none_or(|field| {
            let is_shown = matches!(field.sensitivity, None | Some(Sensitivity::Clear { .. }));
            is_shown
                && matches!(field.shape.bare(), Shape::Text(TextFormat::Plain))
                && find(context, group).or_else(|| find(constants, group)).is_none()
        })
    })
}

/// The bound group, read back.
fn current<G: ContextGroup>() -> Option<Result<G, ReadError>> {
    bound(G::META)?.group()?.read().into()
}

/// Changes the bound group.
fn update<G: ContextGroup>(change: impl FnOnce(&mut G)) -> Result<(), NotUpdated> {
    let bound = bound(G::META).ok_or(NotUpdated::NotBound)?;
    bound.group().ok_or(NotUpdated::NotBound)?.update(change).map_err(NotUpdated::Unreadable)
}

/// The members of a bound group that may leave the process. Fields whose mask would change a masked
/// value again are left out. The error is the reason why no event may carry the group.
pub(super) fn carried(
    context: &Context,
    group: &'static GroupMeta,
) -> Option<Result<Encoder, Refusal>> {
    let carry = |members: &Preencoded| match members.refused() {
        Some(refusal) => Err(refusal),
        None => Ok(joined(pairs(members).filter(|(key, _)| {
            let field = str::from_utf8(key).ok().and_then(|key| group.field(key));
            field.is_none_or(is_carried)
        }))),
    };
    Some(find(context, group)?.with_members(carry))
}

/// Whether a field may be carried to another process. A field with the mask `hash` or `custom` may
/// not: masking a masked value again gives another value, and the writer of the text could choose a
/// pseudonym.
fn is_carried(field: &FieldMeta) -> bool {
    !matches!(field.sensitivity, Some(Sensitivity::Hash | Sensitivity::Custom { .. }))
}

/// Reads a carried group, without the fields that may not be carried.
pub(super) fn read_carried<G: ContextGroup>(object: &mut Object<'_>) -> Result<Binding, ReadError> {
    for field in G::META.fields().into_iter().filter(|field| !is_carried(field)) {
        object.take(field.name, field.aliases)?;
    }
    Ok(G::read(object)?.binding())
}

/// The innermost binding of a group. It is cloned out of the context, because the caller may bind
/// and emit.
fn bound(group: &'static GroupMeta) -> Option<Binding> {
    with_current(|context| {
        context
            .frames()
            .map(|frame| &frame.binding)
            .find(|binding| binding.group().is_some_and(|bound| bound.is(group)))
            .cloned()
    })
}

#[inline]
fn find<'c>(context: &'c Context, group: &'static GroupMeta) -> Option<&'c BoundGroup> {
    let mut next = context.innermost.as_deref();
    while let Some(frame) = next {
        match frame.binding.kind() {
            Kind::Group(bound) if bound.is(group) => return Some(bound),
            _ => next = frame.outer.innermost.as_deref(),
        }
    }
    None
}

impl fmt::Display for NotUpdated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBound => f.write_str("the group is not bound here"),
            Self::Unreadable(error) => {
                write!(f, "the bound group cannot be read back: {error}")
            }
        }
    }
}

impl std::error::Error for NotUpdated {}
