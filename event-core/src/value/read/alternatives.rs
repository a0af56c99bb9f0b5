//! A limit for the search in untagged enums. Each alternative may read the same text again, and if
//! the enum contains itself, each level of nesting repeats that for every alternative of the level
//! above. Without a limit, a short record could take hours.

use std::cell::Cell;

/// How often a record may be read again in search of alternatives. Ten levels of enums with ten
/// alternatives each need a hundred.
const TIMES: u64 = 256;

/// The bytes that even a short record may take.
const LEAST: u64 = 1 << 16;

thread_local! {
    /// How many bytes the current record may still take.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Begins a record of this many bytes.
pub(super) fn begin(bytes: usize) {
    LEFT.set(TIMES.saturating_mul(bytes as u64).saturating_add(LEAST));
}

/// Lets one more alternative read a value of this many bytes. Returns `false` if the record was
/// read again too often.
pub(super) fn take(bytes: usize) -> bool {
    let left = LEFT.get().checked_sub(bytes as u64 + 1);
    LEFT.set(left.unwrap_or(0));
    left.is_some()
}
