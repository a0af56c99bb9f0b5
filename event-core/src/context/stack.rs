//! The bindings of a thread.

use super::binding::{Binding, Carried};
use super::frame::Context;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

/// The kind of a scope.
enum Entered {
    /// One binding in addition to the outer bindings.
    Bound(Binding),
    /// A whole context in place of the outer bindings.
    Replaced,
}

pub(super) struct Entry {
    id: u64,
    entered: Entered,
    /// The context in this scope.
    context: Context,
}

/// The entries of a thread, outermost first.
struct Entries {
    all: RefCell<Vec<Entry>>,
}

impl Drop for Entries {
    /// The thread is ending: from now on it has no context.
    fn drop(&mut self) {
        DEPTH.set(0);
    }
}

thread_local! {
    static ENTRIES: Entries = const { Entries { all: RefCell::new(Vec::new()) } };
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
    /// The ids of guards that were dropped while a waiting future held their entries.
    static ENDED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// The number of entries. Reading this number is cheaper than reading the entries.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// The number of ids that a thread reserves at once.
const BLOCK: u64 = 1 << 32;
/// The first id of the next thread. An entry may move with its future to another thread, so an id
/// must be unique in the process.
static NEXT_BLOCK: AtomicU64 = AtomicU64::new(0);

/// Ends a scope when it is dropped. Guards may be dropped in any order.
///
/// Hold a guard in synchronous code only. In an `async` function use
/// [`InContext::in_context`](crate::InContext::in_context). A guard that is held over an `.await`
/// stays bound on the thread while the function waits, and other code that runs on the thread gets
/// its context. Only a future that itself runs in a context removes its guards from the thread when
/// it waits. Clippy finds such guards with this in `clippy.toml`:
///
/// ```toml
/// await-holding-invalid-types = [
///     { path = "event_core::context::ContextGuard", reason = "use `.in_context(..)`: the guard stays bound on the thread while the future waits" },
/// ]
/// ```
#[must_use = "the scope ends when the guard is dropped: keep the guard in a variable"]
#[derive(Debug)]
pub struct ContextGuard {
    id: u64,
    /// A guard belongs to its thread.
    _not_send: PhantomData<*const ()>,
}

/// Calls `ask` with the context of this thread. The context is empty if the thread is ending.
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
pub(crate) fn bound_emitter() -> Option<Carried> {
    with_current(|context| context.innermost.as_ref()?.emitter.clone())
}

/// Binds a value in addition to the current bindings.
fn bind(binding: Binding) -> ContextGuard {
    let context = with_current(|current| current.and(binding.clone()));
    enter(Entered::Bound(binding), context)
}

/// Does the same as [`bind`] with a context that was computed before.
pub(super) fn bind_known(binding: Binding, context: Context) -> ContextGuard {
    enter(Entered::Bound(binding), context)
}

/// Binds a whole context in place of the current bindings.
fn replace(context: Context) -> ContextGuard {
    enter(Entered::Replaced, context)
}

impl Context {
    /// The context that is bound on this thread.
    pub fn current() -> Self {
        with_current(Self::clone)
    }

    /// Replaces the context of this thread until the guard is dropped. In an `async` function, bind
    /// the context to a future with [`InContext::within`](crate::InContext::within) instead.
    pub fn enter(&self) -> ContextGuard {
        replace(self.clone())
    }
}

impl Binding {
    /// Binds this value on the current thread until the guard is dropped. In an `async` function,
    /// bind it to a future with [`InContext::in_context`](crate::InContext::in_context) instead.
    pub fn enter(&self) -> ContextGuard {
        bind(self.clone())
    }
}

fn enter(entered: Entered, context: Context) -> ContextGuard {
    let id = next_id();
    push(Entry { id, entered, context });
    ContextGuard { id, _not_send: PhantomData }
}

fn next_id() -> u64 {
    let mut id = NEXT_ID.get();
    if id.is_multiple_of(BLOCK) {
        id = NEXT_BLOCK.fetch_add(BLOCK, Ordering::Relaxed) + 1;
    }
    NEXT_ID.set(id + 1);
    id
}

fn push(entry: Entry) {
    // An ending thread binds nothing. A destructor on it may still end an operation.
    let _ = ENTRIES.try_with(|entries| {
        let mut entries = entries.all.borrow_mut();
        entries.push(entry);
        DEPTH.set(entries.len());
    });
}

/// Binds the entries of a future that waited on the current bindings.
#[cold]
pub(super) fn resume(waited: Vec<Entry>) {
    for entry in waited {
        let is_ended = ENDED.try_with(|ended| {
            let mut ended = ended.borrow_mut();
            let at = ended.iter().position(|id| *id == entry.id);
            at.map(|at| ended.swap_remove(at)).is_some()
        });
        if is_ended == Ok(false) {
            let context = match &entry.entered {
                Entered::Bound(binding) => with_current(|current| current.and(binding.clone())),
                Entered::Replaced => entry.context.clone(),
            };
            push(Entry { context, ..entry });
        }
    }
}

impl ContextGuard {
    /// Ends the scope of a future that waits. Returns the entries of the guards that the future
    /// holds over its `.await`, and removes them from the thread.
    pub(super) fn wait(self) -> Vec<Entry> {
        let taken = ENTRIES.try_with(|entries| {
            let mut entries = entries.all.borrow_mut();
            let at = entries.iter().rposition(|entry| entry.id == self.id)?;
            let inner =
                if at + 1 == entries.len() { Vec::new() } else { entries.split_off(at + 1) };
            let own = entries.pop();
            DEPTH.set(entries.len());
            Some((own, inner))
        });
        std::mem::forget(self);
        // The binding is dropped outside of the borrow, because it may be an emitter whose sinks
        // emit.
        taken.ok().flatten().map(|(_own, inner)| inner).unwrap_or_default()
    }
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        // An ending thread has no entries. The binding is dropped outside of the borrow, because it
        // may be an emitter whose sinks emit.
        let _ended = ENTRIES.try_with(|entries| {
            let mut entries = entries.all.borrow_mut();
            let Some(at) = entries.iter().rposition(|entry| entry.id == self.id) else {
                let _ = ENDED.try_with(|ended| ended.borrow_mut().push(self.id));
                return None;
            };
            let ended = entries.remove(at);
            DEPTH.set(entries.len());
            let rest = if at == entries.len() { Vec::new() } else { bind_again(&mut entries, at) };
            Some((ended, rest))
        });
    }
}

/// Computes the contexts of the entries from `from` on again, because an outer entry was removed.
/// Returns the replaced contexts.
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
            // Outer bindings have no effect within this entry.
            Entered::Replaced => break,
        }
    }
    replaced
}
