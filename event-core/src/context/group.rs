//! Bound groups.

use super::{Context, Kind};
use crate::encode::{Encoder, Refusal};
use crate::event::ContextGroup;
use crate::meta::{EventMeta, GroupMeta};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A bound group, encoded when it was bound.
pub(super) struct BoundGroup {
    group: &'static GroupMeta,
    /// Where the event that was written last has the group's descriptor: the compiler may keep more than one copy of it.
    copy: AtomicUsize,
    members: Box<[u8]>,
    /// Why no event may carry it, if so.
    refused: Option<Refusal>,
}

impl BoundGroup {
    pub(super) fn new<G: ContextGroup>(group: &G) -> Self {
        let mut out = Encoder::new();
        group.encode_fields(&mut out);
        let copy = AtomicUsize::new(address(G::META));
        Self { group: G::META, copy, members: out.bytes().into(), refused: out.refusal() }
    }

    pub(super) const fn type_name(&self) -> &'static str {
        self.group.type_name
    }

    fn is(&self, group: &'static GroupMeta) -> bool {
        self.copy.load(Ordering::Relaxed) == address(group) || self.is_by_name(group)
    }

    #[cold]
    fn is_by_name(&self, group: &'static GroupMeta) -> bool {
        let same = self.group.type_name == group.type_name && self.group.module == group.module;
        if same {
            self.copy.store(address(group), Ordering::Relaxed);
        }
        same
    }
}

fn address(group: &'static GroupMeta) -> usize {
    std::ptr::from_ref(group).addr()
}

/// Writes the innermost binding of each context group that the event declares; says whether one that it needs is not bound.
pub(crate) fn write_groups(context: &Context, meta: &'static EventMeta, out: &mut Encoder) -> bool {
    let mut missing = false;
    for (place, group) in meta.context.iter().enumerate() {
        match find(context, group) {
            Some(bound) => {
                out.json_bytes(&bound.members);
                if let Some(refusal) = bound.refused {
                    out.refuse_as(refusal);
                }
            }
            None => missing |= place < meta.needed_context && group.needed(),
        }
    }
    missing
}

#[inline]
fn find<'c>(context: &'c Context, group: &'static GroupMeta) -> Option<&'c BoundGroup> {
    let mut next = context.innermost.as_deref();
    while let Some(frame) = next {
        match &*frame.binding.kind {
            Kind::Group(bound) if bound.is(group) => return Some(bound),
            _ => next = frame.outer.innermost.as_deref(),
        }
    }
    None
}
