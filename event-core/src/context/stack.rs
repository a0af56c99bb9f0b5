//! What is bound on a thread.

use super::binding::{Binding, Carried};
use super::frame::Context;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

/// What entered.
enum Entered {
    /// One thing, on what was bound.
    Bound(Binding),
    /// A whole context, instead of what was bound.
    Replaced,
}

pub(super) struct Entry {
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
    /// Guards that were dropped while their entries were with a future that waits.
    static ENDED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// How many entries there are: to ask this is cheaper than to ask them.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// How many ids a thread takes at once.
const BLOCK: u64 = 1 << 32;
/// Where the next thread's ids begin. An entry may go with its future to another thread, so an id
/// is of one guard in the whole process.
static NEXT_BLOCK: AtomicU64 = AtomicU64::new(0);

/// Ends a scope when it is dropped, in whatever order guards are dropped.
///
/// Hold it in synchronous code only. In an `async` function use
/// [`InContext::in_context`](crate::InContext::in_context): a guard that is held over an `.await`
/// is bound on the thread while the function waits, for whatever else runs there. Only a future
/// that itself runs in a context takes its guards off the thread when it waits. Clippy finds such
/// guards with this in `clippy.toml`:
///
/// ```toml
/// await-holding-invalid-types = [
///     { path = "event_core::context::ContextGuard", reason = "use `.in_context(..)`: the guard stays bound on the thread while the future waits" },
/// ]
/// ```
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
pub(crate) fn bound_emitter() -> Option<Carried> {
    with_current(|context| context.innermost.as_ref()?.emitter.clone())
}

/// Binds one thing on what is bound.
fn bind(binding: Binding) -> ContextGuard {
    let context = with_current(|current| current.and(binding.clone()));
    enter(Entered::Bound(binding), context)
}

/// As [`bind`], with what that makes of the context known already.
pub(super) fn bind_known(binding: Binding, context: Context) -> ContextGuard {
    enter(Entered::Bound(binding), context)
}

/// Binds a whole context instead of what is bound.
fn replace(context: Context) -> ContextGuard {
    enter(Entered::Replaced, context)
}

impl Context {
    /// What is bound on this thread now.
    pub fn current() -> Self {
        with_current(Self::clone)
    }

    /// Makes it, and nothing else, what is bound on this thread, until the guard is dropped. In an
    /// `async` function, [`InContext::within`](crate::InContext::within) binds it to a future
    /// instead.
    pub fn enter(&self) -> ContextGuard {
        replace(self.clone())
    }
}

impl Binding {
    /// Binds it on this thread, until the guard is dropped. In an `async` function,
    /// [`InContext::in_context`](crate::InContext::in_context) binds it to a future instead.
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
    // A thread that is ending binds nothing any more; what it drops then may still end an
    // operation.
    let _ = ENTRIES.try_with(|entries| {
        let mut entries = entries.all.borrow_mut();
        entries.push(entry);
        DEPTH.set(entries.len());
    });
}

/// Binds again what a future had bound when it waited, on what is bound now.
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
    /// Ends the scope of a future that waits, and takes off the thread what the future has bound
    /// and not ended: a guard that it holds over an `.await`.
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
        // What was bound is dropped outside of the borrow: it may be an emitter, whose sinks emit.
        taken.ok().flatten().map(|(_own, inner)| inner).unwrap_or_default()
    }
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        // A thread that is ending has nothing bound any more. What is taken out is dropped outside
        // of the borrow: it may be an emitter, whose sinks emit.
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

/// Binds what entered from `from` on again, because something outside of it has gone. Gives what
/// that replaces.
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
