//! Assertions of generated code about the field types of a locked event. Each assertion is in its
//! own constant.

use super::EventValue;
use crate::contract::lock::generated::{Kept, TypeKept, assert_member_kept};
use crate::contract::lock::{Foreign, Was, assert_field_kept_or_ask, assert_foreign_kept};

/// Asserts that a type of a locked event keeps its locked form. A failure is reported where the
/// type is declared; rustc adds one note, which points here.
pub const fn kept<T: EventValue>() {
    let () = T::KEPT; // rustc notes this line; what broke is in the error above, at the declaration of the type
}

/// Asserts that a field whose type may contain named types keeps its locked form. Named types that
/// are still the locked types have their own assertions. Types of other packages that this field
/// covers are compared here.
///
/// # Panics
///
/// Panics at compile time if the field breaks the lock.
#[track_caller]
pub const fn assert_value_kept<T: EventValue>(
    kept: &Kept,
    name: &str,
    hint: usize,
    (words, number): (u64, u64),
    revisions: &[Was],
    foreign: Foreign,
) {
    if assert_field_kept_or_ask(kept, name, hint, (words, number), revisions) {
        self::kept::<T>();
        assert_foreign_kept(T::SHAPE, foreign, kept.locked.command);
    }
}

/// Asserts that a member whose type may contain named types keeps its locked form.
///
/// # Panics
///
/// Panics at compile time if the member, or a type of another package in it, breaks the lock.
#[track_caller]
pub const fn assert_value_member_kept<T: EventValue>(
    kept: &TypeKept,
    name: &str,
    nth: usize,
    foreign: Foreign,
) {
    assert_member_kept(kept, name, nth);
    assert_within_kept::<T>(kept, nth, foreign);
}

/// Asserts the type of a member, if the locked form has the member, and the types of other packages
/// that the member covers.
///
/// # Panics
///
/// Panics at compile time if a type of another package breaks the lock.
#[track_caller]
pub const fn assert_within_kept<T: EventValue>(kept: &TypeKept, nth: usize, foreign: Foreign) {
    if kept.asks(nth) {
        self::kept::<T>();
        assert_foreign_kept(T::SHAPE, foreign, kept.command);
    }
}
