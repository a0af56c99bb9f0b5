//! How much is read to find the alternative of an untagged enum. Each alternative may read the same
//! text again, and where the enum contains itself, each level of nesting does so for every
//! alternative of the one around it: without a limit, a short record could take hours.

use std::cell::Cell;

/// How often a record may be read again in search of alternatives. Ten levels of enums with ten
/// alternatives each take a hundred.
const TIMES: u64 = 256;

/// What a short record may take all the same, in bytes.
const LEAST: u64 = 1 << 16;

thread_local! {
    /// How many bytes the record that is being read may still take.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// A record of so many bytes is read from here on.
pub(super) fn begin(bytes: usize) {
    LEFT.set(TIMES.saturating_mul(bytes as u64).saturating_add(LEAST));
}

/// Lets one more alternative read a value of so many bytes; `false` when the record has been read
/// again too often.
pub(super) fn take(bytes: usize) -> bool {
    let left = LEFT.get().checked_sub(bytes as u64 + 1);
    LEFT.set(left.unwrap_or(0));
    left.is_some()
}
