//! The assertions of generated code about the groups of a locked event. Each group is checked in a
//! constant of its own.

use super::Group;
use crate::contract::lock::generated::{Kept, TypeKept};
use crate::contract::lock::{Foreign, Place, assert_foreign_group_kept, assert_group_kept_or_ask};

/// Checks that a group of a locked event keeps its locked form. An error is reported where the
/// group is declared; rustc adds a note that points here.
const fn kept_group<G: Group>() {
    let () = G::KEPT; // rustc notes this line; what broke is in the error above, at the declaration of the group
}

/// Checks that a group of the event keeps its form. A group that the locked revisions have is
/// checked by its own constant; a group of another package is also compared here, if this event is
/// the place for its comparison. Otherwise, the group's fields are compared one by one.
///
/// # Panics
///
/// If the group breaks, while compiling.
#[track_caller]
pub const fn assert_group_kept<G: Group>(kept: &Kept, place: Place, foreign: Foreign) {
    if assert_group_kept_or_ask(kept, G::META, place) {
        kept_group::<G>();
        assert_foreign_group_kept(G::META, foreign, kept.locked.command);
    }
}

/// Checks a group within a group by its own constant.
pub const fn ask_group<G: Group>(kept: &TypeKept) {
    if kept.is_changed {
        kept_group::<G>();
    }
}
