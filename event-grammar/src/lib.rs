//! What the macros and the run time of an event catalog must agree on.
//!
//! A procedural macro cannot share a constant with the crate whose code it generates, and a copy of the status vocabulary in both would drift. So the
//! rules that both sides apply live here, without dependencies: how a name is read ([`name`]), the standard statuses ([`STATUSES`]), the levels ([`Level`]),
//! which field names are reserved or look sensitive ([`fields`]), and "did you mean" ([`suggest`]).

pub mod fields;
mod level;
pub mod name;
mod status;
pub mod suggest;

pub use level::Level;
pub use status::{STATUSES, Status, StatusClass};

/// A 64-bit FNV-1a hash, the same in a macro, in a constant and at run time.
///
/// It finds equal names in tables that are built while compiling; it is no protection against somebody who makes collisions.
pub const fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}
