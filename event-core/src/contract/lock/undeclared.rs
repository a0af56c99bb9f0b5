//! The locked versions that no block of a catalog declares.

use super::report::undeclared_version;
use crate::model::catalog::BlockMeta;
use event_grammar::fingerprint::version;

/// A locked version: its key, its name and its number. The lookup uses the key, because comparing
/// names costs constant evaluation one step for each byte.
pub type LockedName = (u64, &'static str, u32);

/// Which of `locked` no block declares. `locked` is sorted by key.
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

/// Whether all values are true.
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

/// Binary search, because a catalog may have thousands of versions.
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

/// Checks that at most `nth` locked versions are not declared.
///
/// # Panics
///
/// If there are more. The message is about undeclared version number `nth`, counted from 0. The
/// panic is at compile time.
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
