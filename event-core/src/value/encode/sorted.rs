//! Maps in the order of their keys. Golden files need the same output in each run, but a hash map
//! has another order in each run.

use super::encoder::Encoder;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// One flag for the process, not for each emitter: context is encoded when it is bound, before its
/// emitter is known.
static IS_ON: AtomicBool = AtomicBool::new(false);

/// Whether maps are sorted; never in a program without a recorder.
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
    /// Sorts the serde output since `start`. Serde does not show which objects were maps, so all
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
