//! Which locked versions no block of a catalog declares.

use super::report::undeclared_version;
use crate::model::catalog::BlockMeta;
use event_grammar::fingerprint::version;

/// A locked version: its key, its name and its number. The key is what it is looked up by; a name
/// would cost the interpreter a step for each byte.
pub type LockedName = (u64, &'static str, u32);

/// Which of `locked`, which are sorted by key, no block declares.
pub const fn undeclared<const SIZE: usize>(
    blocks: &[&'static BlockMeta],
    locked: &[LockedName; SIZE],
) -> [bool; SIZE] {
    let mut missing = [true; SIZE];
    let mut block = 0;
    while block < blocks.len() {
        let mut at = 0;
        while at < blocks[block].events.len() {
            let event = blocks[block].events[at];
            if let Some(place) = find(locked, version(event.name.snake, event.version)) {
                missing[place] = false;
            }
            at += 1;
        }
        block += 1;
    }
    missing
}

/// Whether every one holds.
pub const fn all(hold: &[bool]) -> bool {
    let mut at = 0;
    while at < hold.len() {
        if !hold[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Binary search: a catalog may have thousands.
const fn find(locked: &[LockedName], key: u64) -> Option<usize> {
    let (mut low, mut high) = (0, locked.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let found = locked[middle].0;
        if found == key {
            return Some(middle);
        }
        if found < key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// Fewer than `nth + 1` locked versions are not declared.
///
/// # Panics
///
/// For the `nth` one, while compiling.
#[track_caller]
pub const fn assert_all_declared(
    missing: &[bool],
    locked: &[LockedName],
    nth: usize,
    command: &str,
) {
    let (mut seen, mut at) = (0, 0);
    while at < missing.len() {
        if missing[at] {
            if seen == nth {
                let (_, event, version) = locked[at];
                undeclared_version(event, version, command);
            }
            seen += 1;
        }
        at += 1;
    }
}
