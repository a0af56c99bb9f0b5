//! What is bound on a thread.

use super::{Binding, Context};
use crate::emit::ScopedEmitter;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::Arc;

/// What entered.
enum Entered {
    /// One thing, on what was bound.
    Bound(Binding),
    /// A whole context, instead of what was bound.
    Replaced,
}

struct Entry {
    id: u64,
    entered: Entered,
    /// What is bound since.
    context: Context,
}

/// The entries of a thread, outermost first.
struct Entries {
    all: RefCell<Vec<Entry>>,
}

impl Drop for Entries {
    /// From here on nothing is bound, and nobody asks for what there was.
    fn drop(&mut self) {
        DEPTH.set(0);
    }
}

thread_local! {
    static ENTRIES: Entries = const { Entries { all: RefCell::new(Vec::new()) } };
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
    /// How many entries there are: to ask this is cheaper than to ask them.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Ends a scope when it is dropped, in whatever order guards are dropped.
#[must_use = "it is bound only as long as the guard lives: keep it in a variable"]
#[derive(Debug)]
pub struct ContextGuard {
    id: u64,
    /// What is bound belongs to this thread.
    _not_send: PhantomData<*const ()>,
}

/// Calls `ask` with what is bound on this thread; with nothing, where the thread is ending.
#[inline]
pub(crate) fn with_current<T>(ask: impl FnOnce(&Context) -> T) -> T {
    const NOTHING: &Context = &Context::empty();
    if !is_anything_bound() {
        return ask(NOTHING);
    }
    ENTRIES.with(|entries| ask(entries.all.borrow().last().map_or(NOTHING, |entry| &entry.context)))
}

/// Whether anything is bound on this thread.
#[inline]
pub(crate) fn is_anything_bound() -> bool {
    DEPTH.get() > 0
}

/// The emitter of this thread's innermost scope that has one.
pub(crate) fn bound_emitter() -> Option<Arc<ScopedEmitter>> {
    with_current(|context| context.innermost.as_ref()?.emitter.clone())
}

/// Binds one thing on what is bound.
pub(super) fn bind(binding: Binding) -> ContextGuard {
    let context = with_current(|current| current.and(binding.clone()));
    enter(Entered::Bound(binding), context)
}

/// As [`bind`], with what that makes of the context known already.
pub(super) fn bind_known(binding: Binding, context: Context) -> ContextGuard {
    enter(Entered::Bound(binding), context)
}

/// Binds a whole context instead of what is bound.
pub(super) fn replace(context: Context) -> ContextGuard {
    enter(Entered::Replaced, context)
}

fn enter(entered: Entered, context: Context) -> ContextGuard {
    let id = NEXT_ID.replace(NEXT_ID.get() + 1);
    // A thread that is ending binds nothing any more; what it drops then may still end an operation.
    let _ = ENTRIES.try_with(|entries| {
        let mut entries = entries.all.borrow_mut();
        entries.push(Entry { id, entered, context });
        DEPTH.set(entries.len());
    });
    ContextGuard { id, _not_send: PhantomData }
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        // A thread that is ending has nothing bound any more. What is taken out is dropped outside of the borrow: it may be an emitter, whose sinks emit.
        let _ended = ENTRIES.try_with(|entries| {
            let mut entries = entries.all.borrow_mut();
            let at = entries.iter().rposition(|entry| entry.id == self.id)?;
            let ended = entries.remove(at);
            DEPTH.set(entries.len());
            let rest = if at == entries.len() { Vec::new() } else { bind_again(&mut entries, at) };
            Some((ended, rest))
        });
    }
}

/// Binds what entered from `from` on again, because something outside of it has gone. Gives what that replaces.
fn bind_again(entries: &mut [Entry], from: usize) -> Vec<Context> {
    let (outside, inside) = entries.split_at_mut(from);
    let mut current = outside.last().map_or_else(Context::empty, |entry| entry.context.clone());
    let mut replaced = Vec::new();
    for entry in inside {
        match &entry.entered {
            Entered::Bound(binding) => {
                current = current.and(binding.clone());
                replaced.push(std::mem::replace(&mut entry.context, current.clone()));
            }
            // Nothing outside of it shows through.
            Entered::Replaced => break,
        }
    }
    replaced
}
