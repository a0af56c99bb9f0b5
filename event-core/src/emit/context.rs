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
    members: Box<[u8]>,
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
    BOUND.with_borrow_mut(|bound| bound.push(Bound { id, group: G::META, members: out.bytes().into() }));
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
    if meta.context.is_empty() {
        return;
    }
    let _ = BOUND.try_with(|bound| {
        let bound = bound.borrow();
        for group in meta.context {
            if let Some(bound) = bound.iter().rev().find(|bound| same(bound.group, group)) {
                out.json_bytes(&bound.members);
            }
        }
    });
}

fn same(a: &GroupMeta, b: &GroupMeta) -> bool {
    std::ptr::eq(a, b) || (a.type_name == b.type_name && a.module == b.module)
}
