//! The ids of the last events of a file.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

/// How much of the end of a file is searched for events that are written already, in bytes.
pub(super) const RECENT: u64 = 4 << 20;

/// The ids of the events in the last [`RECENT`] bytes of a file.
#[derive(Debug, Default)]
pub(super) struct Recent {
    ids: HashSet<Arc<str>>,
    /// The ids, the oldest first, with the lengths of their lines.
    order: VecDeque<(Arc<str>, u64)>,
    bytes: u64,
}

impl Recent {
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Adds the event of a line of this length, and forgets those that are too far back.
    pub(super) fn add(&mut self, id: &str, length: usize) {
        let (id, length) = (Arc::<str>::from(id), length as u64);
        if !self.ids.insert(Arc::clone(&id)) {
            return;
        }
        self.order.push_back((id, length));
        self.bytes += length;
        // The last one stays, however long its line is.
        while self.bytes > RECENT && self.order.len() > 1 {
            let Some((id, length)) = self.order.pop_front() else { break };
            self.ids.remove(&id);
            self.bytes -= length;
        }
    }
}
