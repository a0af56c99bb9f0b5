//! Groups that are bound for a scope and carried by the events that declare them.

use crate::encode::Encoder;
use crate::event::ContextGroup;
use crate::meta::{EventMeta, GroupMeta};
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

/// A bound group, encoded when it was bound: an event copies it.
struct Bound {
    id: u64,
    group: &'static GroupMeta,
    /// Where the event that was written last has the group's descriptor: the compiler may keep more than one copy of it.
    copy: Cell<&'static GroupMeta>,
    members: Box<[u8]>,
}

impl Bound {
    fn is(&self, group: &'static GroupMeta) -> bool {
        let known = std::ptr::eq(self.copy.get(), group);
        known || self.is_by_name(group)
    }

    #[cold]
    fn is_by_name(&self, group: &'static GroupMeta) -> bool {
        let same = self.group.type_name == group.type_name && self.group.module == group.module;
        if same {
            self.copy.set(group);
        }
        same
    }
}

thread_local! {
    static BOUND: RefCell<Vec<Bound>> = const { RefCell::new(Vec::new()) };
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
}

/// Ends the scope of a bound group when it is dropped, in whatever order guards are dropped.
#[must_use = "the group is bound only as long as the guard lives: keep it in a variable"]
#[derive(Debug)]
pub struct ContextGuard {
    id: u64,
    /// The binding belongs to this thread.
    _not_send: PhantomData<*const ()>,
}

/// Binds a group for this thread, until the guard is dropped.
pub fn enter<G: ContextGroup>(group: &G) -> ContextGuard {
    let mut out = Encoder::new();
    group.encode_fields(&mut out);
    let id = NEXT_ID.replace(NEXT_ID.get() + 1);
    let bound = Bound { id, group: G::META, copy: Cell::new(G::META), members: out.bytes().into() };
    BOUND.with_borrow_mut(|all| all.push(bound));
    ContextGuard { id, _not_send: PhantomData }
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        // A thread that is ending has no bindings any more.
        let _ = BOUND.try_with(|bound| bound.borrow_mut().retain(|bound| bound.id != self.id));
    }
}

/// Writes the innermost binding of each context group that the event declares. A group that is not bound is left out.
pub(super) fn write(meta: &'static EventMeta, out: &mut Encoder) {
    let _ = BOUND.try_with(|bound| {
        let bound = bound.borrow();
        for group in meta.context {
            if let Some(bound) = bound.iter().rev().find(|bound| bound.is(group)) {
                out.json_bytes(&bound.members);
            }
        }
    });
}
