//! Maps in the order of their keys: what is compared with golden files must be the same in each
//! run, and a hash map has another order in each.

use super::encoder::Encoder;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Of the process, not of an emitter: what is bound is encoded before it is known which emitter it
/// goes to.
static IS_ON: AtomicBool = AtomicBool::new(false);

/// Whether maps are to be sorted; never in a program that has no recorder.
#[inline]
pub(crate) fn is_on() -> bool {
    cfg!(feature = "test-util") && IS_ON.load(Ordering::Relaxed)
}

/// Sorts maps from now on.
#[cfg(feature = "test-util")]
pub(crate) fn turn_on() {
    IS_ON.store(true, Ordering::Relaxed);
}

impl Encoder {
    /// Sorts what serde has written since `start`. It does not say which objects were maps, so all
    /// are sorted.
    #[cold]
    pub(super) fn sort_since(&mut self, start: usize) {
        let json = String::from_utf8_lossy(&self.bytes()[start..]).into_owned();
        self.truncate(start);
        self.write_sorted(&json);
    }

    fn write_sorted(&mut self, json: &str) {
        if let Ok(entries) = serde_json::from_str::<BTreeMap<String, &RawValue>>(json) {
            self.enclosed(b'{', b'}', |out| {
                for (key, value) in entries {
                    out.json(",");
                    out.text(&key);
                    out.json(":");
                    out.write_sorted(value.get());
                }
            });
        } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json) {
            self.enclosed(b'[', b']', |out| {
                for item in items {
                    out.json(",");
                    out.write_sorted(item.get());
                }
            });
        } else {
            self.json(json);
        }
    }
}
