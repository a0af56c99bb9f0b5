//! What the macros and the run time of an event catalog must agree on.
//!
//! A procedural macro cannot share a constant with the crate whose code it generates, and a copy of the status vocabulary in both would drift. So the
//! rules that both sides apply live here, without dependencies: how a name is read ([`name`]), the standard statuses ([`STATUSES`]), the levels ([`Level`]),
//! which field names are reserved or look sensitive ([`fields`]), "did you mean" ([`suggest`]), and where coverage is written and read ([`coverage`]).

pub mod coverage;
pub mod fields;
pub mod fingerprint;
mod level;
pub mod lock;
pub mod name;
mod status;
pub mod suggest;

pub use level::Level;
pub use status::{STATUSES, Status, StatusClass};

/// A 64-bit hash of a name, the same in a macro, in a constant and at run time. It reads eight bytes at a time: the compiler's interpreter pays by the step.
///
/// It finds equal names in tables that are built while compiling; it is no protection against somebody who makes collisions.
pub const fn hash(text: &str) -> u64 {
    const SEED: u64 = 0x517c_c1b7_2722_0a95;
    const fn mix(hash: u64, word: u64) -> u64 {
        (hash.rotate_left(5) ^ word).wrapping_mul(SEED)
    }
    let mut rest = text.as_bytes();
    let mut hash = mix(SEED, rest.len() as u64);
    while let Some((word, tail)) = rest.split_first_chunk() {
        hash = mix(hash, u64::from_le_bytes(*word));
        rest = tail;
    }
    while let [byte, tail @ ..] = rest {
        hash = mix(hash, *byte as u64);
        rest = tail;
    }
    hash
}

/// Whether two texts are equal, in a constant.
pub const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    while let (Some((x, a_tail)), Some((y, b_tail))) = (a.split_first_chunk(), b.split_first_chunk()) {
        if u64::from_le_bytes(*x) != u64::from_le_bytes(*y) {
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

    proptest! {
        #[test]
        fn same_is_equality(a in "[ab]{0,20}", b in "[ab]{0,20}") {
            prop_assert_eq!(same(&a, &b), a == b);
            prop_assert!(same(&a, &a.clone()));
            prop_assert!(a != b || hash(&a) == hash(&b));
        }
    }
}
