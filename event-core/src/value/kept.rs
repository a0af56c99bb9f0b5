//! What generated code asserts of the types of a locked event's fields: each is asked in a constant
//! of its own.

use super::EventValue;
use crate::contract::lock::generated::{Kept, TypeKept, assert_member_kept};
use crate::contract::lock::{Foreign, Was, assert_field_kept_or_ask, assert_foreign_kept};

/// A type that a locked event has keeps what is locked of it. A failure is reported where the type
/// is declared: rustc adds one note, which points here.
pub const fn kept<T: EventValue>() {
    let () = T::KEPT; // rustc notes this line; what broke is in the error above, at the declaration of the type
}

/// The same of a field whose type may have named types in it: those that are still the ones are
/// asked themselves, and those of other packages for which this field speaks are compared here.
///
/// # Panics
///
/// When it is not, while compiling.
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

/// The same of a field whose type may have named types in it.
///
/// # Panics
///
/// When it, or a type of another package in it, is not what it was, while compiling.
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

/// The type of a member is asked itself, where the member was there, and so are those of other
/// packages for which it speaks.
///
/// # Panics
///
/// When one of another package is not what it was, while compiling.
#[track_caller]
pub const fn assert_within_kept<T: EventValue>(kept: &TypeKept, nth: usize, foreign: Foreign) {
    if kept.asks(nth) {
        self::kept::<T>();
        assert_foreign_kept(T::SHAPE, foreign, kept.command);
    }
}
