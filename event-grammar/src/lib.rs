//! The rules that the macros and the run time of an event catalog share.
//!
//! A procedural macro cannot share a constant with the crate whose code it generates, and two
//! copies of the status vocabulary would drift apart. So the rules that both sides apply are in
//! this crate, which has no dependencies: how a name is read ([`name`]), the standard statuses
//! ([`STATUSES`]), the levels ([`Level`]), the keys of a record ([`record`]), the masks
//! ([`Sensitivity`]), the units of time ([`TimeUnit`]), how stable an event is ([`Stability`]) and
//! how long its records are kept ([`retention_days`]), which field names are reserved or look sensitive ([`fields`]), "did you mean" ([`suggest`]), the
//! place of test coverage ([`coverage`]), untrusted text in messages ([`harmless`]), the text of
//! `events.lock` ([`lock`], [`form`], [`fingerprint`]), and the marks of events in a binary
//! ([`mark`]).

pub mod coverage;
pub mod fields;
pub mod fingerprint;
pub mod form;
mod harmless;
mod level;
pub mod lock;
pub mod mark;
pub mod name;
pub mod record;
mod retention;
pub mod sensitivity;
mod stability;
mod status;
pub mod suggest;
mod suspicious;
mod unit;

pub use harmless::{harmless, is_hostile};
pub use level::Level;
pub use retention::retention_days;
pub use sensitivity::Sensitivity;
pub use stability::Stability;
pub use status::{STATUSES, Status, StatusClass};
pub use unit::TimeUnit;

/// A 64-bit hash of a name; it is the same in a macro, in a constant and at run time. It reads
/// eight bytes at a time, because the compiler's interpreter costs time per step.
///
/// It finds equal names in tables that are built at compile time. It does not resist deliberate
/// collisions.
pub const fn hash(text: &str) -> u64 {
    hash_bytes(text.as_bytes())
}

/// [`hash`] of a text as bytes.
#[allow(clippy::cast_possible_truncation, reason = "a wrapping product drops the same bits")]
#[allow(clippy::manual_rotate, reason = "a call, see below")]
pub const fn hash_bytes(text: &[u8]) -> u64 {
    // Patterns and wide products instead of shorter method calls: for the interpreter a call costs
    // as much as dozens of steps.
    const SEED: u64 = 0x517c_c1b7_2722_0a95;
    const FACTOR: u128 = SEED as u128;
    let mut rest = text;
    let mut hash = (((SEED << 5 | SEED >> 59) ^ text.len() as u64) as u128 * FACTOR) as u64;
    while let [a, b, c, d, e, f, g, h, tail @ ..] = rest {
        let low = *a as u64 | (*b as u64) << 8 | (*c as u64) << 16 | (*d as u64) << 24;
        let high = *e as u64 | (*f as u64) << 8 | (*g as u64) << 16 | (*h as u64) << 24;
        hash = (((hash << 5 | hash >> 59) ^ (low | high << 32)) as u128 * FACTOR) as u64;
        rest = tail;
    }
    while let [byte, tail @ ..] = rest {
        hash = (((hash << 5 | hash >> 59) ^ *byte as u64) as u128 * FACTOR) as u64;
        rest = tail;
    }
    hash
}

/// Whether two texts are equal, in a constant.
pub const fn same(a: &str, b: &str) -> bool {
    same_bytes(a.as_bytes(), b.as_bytes())
}

const fn same_bytes(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    // As in `hash`: for the compiler's interpreter, patterns cost less than calls.
    while let (
        [a0, a1, a2, a3, a4, a5, a6, a7, a_tail @ ..],
        [b0, b1, b2, b3, b4, b5, b6, b7, b_tail @ ..],
    ) = (a, b)
    {
        if *a0 != *b0
            || *a1 != *b1
            || *a2 != *b2
            || *a3 != *b3
            || *a4 != *b4
            || *a5 != *b5
            || *a6 != *b6
            || *a7 != *b7
        {
            return false;
        }
        (a, b) = (a_tail, b_tail);
    }
    while let ([x, a_tail @ ..], [y, b_tail @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_tail, b_tail);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{hash, same};
    use proptest::prelude::*;

    /// The same hash, written as run-time code: locks hold sums of it.
    fn by_chunks(text: &str) -> u64 {
        let mix =
            |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        let (words, rest) = text.as_bytes().as_chunks();
        let hash = mix(0x517c_c1b7_2722_0a95, text.len() as u64);
        let hash = words.iter().fold(hash, |hash, word| mix(hash, u64::from_le_bytes(*word)));
        rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte)))
    }

    proptest! {
        #[test]
        fn same_is_equality(a in "[ab]{0,20}", b in "[ab]{0,20}") {
            prop_assert_eq!(same(&a, &b), a == b);
            prop_assert!(same(&a, &a.clone()));
            prop_assert!(a != b || hash(&a) == hash(&b));
            prop_assert_eq!(hash(&a), by_chunks(&a));
        }
    }
}
