//! Counters by the name of an event, with a limit: a series in Prometheus costs memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{PoisonError, RwLock};

/// The most names that have a counter of their own. A catalog has fewer; a relay that sends events
/// unchecked may meet any number.
const MOST: usize = 1_000;

/// The most bytes of such a name. A declared name has 63 at most.
const LONGEST: usize = 128;

/// The label of all other names.
const OTHER: &str = "other";

/// Counters by the name of an event.
#[derive(Debug, Default)]
pub(super) struct ByName(RwLock<BTreeMap<Box<str>, AtomicU64>>);

impl ByName {
    pub(super) fn add(&self, name: &str, count: u64) {
        let name = if name.len() > LONGEST { OTHER } else { name };
        let counters = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(counter) = counters.get(name) {
            counter.fetch_add(count, Relaxed);
            return;
        }
        drop(counters);
        let mut counters = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_new = !counters.contains_key(name);
        let name = if is_new && counters.len() >= MOST { OTHER } else { name };
        counters.entry(name.into()).or_default().fetch_add(count, Relaxed);
    }

    pub(super) fn each(&self, mut show: impl FnMut(&str, u64)) {
        let counters = self.0.read().unwrap_or_else(PoisonError::into_inner);
        counters.iter().for_each(|(name, counter)| show(name, counter.load(Relaxed)));
    }
}

#[cfg(test)]
mod tests {
    use super::{ByName, LONGEST, MOST};

    #[test]
    fn names_are_limited_and_no_event_is_lost() {
        let names = ByName::default();
        for at in 0..MOST + 500 {
            names.add(&format!("a.b.n{at}"), 2);
        }
        names.add("a.b.n7", 1);
        names.add(&"x".repeat(LONGEST + 1), 1);
        let (mut series, mut sum, mut other) = (0, 0, 0);
        names.each(|name, count| {
            series += 1;
            sum += count;
            if name == "other" {
                other = count;
            }
        });
        assert_eq!((series, sum, other), (MOST + 1, 2 * (MOST as u64 + 500) + 2, 1_001));
    }
}
