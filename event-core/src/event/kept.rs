//! What generated code asserts of the groups of a locked event: each is asked in a constant of its
//! own.

use super::Group;
use crate::contract::lock::generated::{Kept, TypeKept};
use crate::contract::lock::{Foreign, Place, assert_foreign_group_kept, assert_group_kept_or_ask};

/// A group that a locked event has keeps what is locked of it. A failure is reported where the group
/// is declared: rustc adds one note, which points here.
const fn kept_group<G: Group>() {
    let () = G::KEPT; // rustc notes this line; what broke is in the error above, at the declaration of the group
}

/// A group of the event is still what it was: one that each revision has is asked itself, or
/// compared here where it is of another package and this event speaks for it; else its fields are
/// compared one by one.
///
/// # Panics
///
/// When one is not, while compiling.
#[track_caller]
pub const fn assert_group_kept<G: Group>(kept: &Kept, place: Place, foreign: Foreign) {
    if assert_group_kept_or_ask(kept, G::META, place) {
        kept_group::<G>();
        assert_foreign_group_kept(G::META, foreign, kept.locked.command);
    }
}

/// A group within a group is asked itself.
pub const fn ask_group<G: Group>(kept: &TypeKept) {
    if kept.is_changed {
        kept_group::<G>();
    }
}
