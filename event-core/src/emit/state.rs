//! What the process knows about each event that it has emitted.

use crate::model::meta::EventMeta;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// One version of an event, and its index among the events that this process has emitted.
#[derive(Debug)]
pub(crate) struct EventState {
    /// From 0, without gaps, because counters are kept in lists.
    pub(crate) index: usize,
    pub(crate) meta: &'static EventMeta,
}

/// By name and version, because the compiler may keep several copies of one descriptor.
type States = HashMap<(&'static str, u32), &'static EventState>;

static STATES: Mutex<Option<States>> = Mutex::new(None);

thread_local! {
    /// By the descriptor's address.
    static KNOWN: RefCell<HashMap<usize, &'static EventState>> = RefCell::new(HashMap::new());
}

/// The state of an event. It is made on the first call, and kept for the life of the process.
pub(crate) fn of(meta: &'static EventMeta) -> &'static EventState {
    let address = std::ptr::from_ref(meta).addr();
    let known = KNOWN.try_with(|known| known.borrow().get(&address).copied());
    if let Ok(Some(state)) = known {
        return state;
    }
    let state = find(meta);
    // A thread that is ending looks the state up again each time.
    let _ = KNOWN.try_with(|known| known.borrow_mut().insert(address, state));
    state
}

fn find(meta: &'static EventMeta) -> &'static EventState {
    let mut states = STATES.lock().unwrap_or_else(PoisonError::into_inner);
    let states = states.get_or_insert_with(HashMap::new);
    let index = states.len();
    // Leaked on purpose: one for each declared event that is emitted.
    states
        .entry((meta.name.snake, meta.version))
        .or_insert_with(|| Box::leak(Box::new(EventState { index, meta })))
}

/// Every event that this process has emitted, by its index.
pub(crate) fn all() -> Vec<&'static EventState> {
    let states = STATES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all: Vec<_> = states.iter().flat_map(HashMap::values).copied().collect();
    all.sort_unstable_by_key(|state| state.index);
    all
}
