//! What generated code asserts of an event that is locked. Each function is called at the token
//! that it is about.

use super::event::{Locked, event_break, field_break};
use super::groups::{group_break, had_group};
use super::members::Members;
use super::named;
use super::report::{report, report_type};
use super::types::{Declared, LockedForm, Piece, number_of};
use crate::event::Group;
use crate::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use crate::shape::Shape;
use crate::value::EventValue;
use event_grammar::fingerprint::Place;
use event_grammar::same;

/// What is asked of every part of a locked version: one constant, which each assertion is given.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Whether the fingerprint is the locked one: then nothing need be compared.
    pub is_unchanged: bool,
    /// What is locked.
    pub locked: Locked<'static>,
    /// What is declared.
    pub event: &'static EventMeta,
}

/// What a revision had that a field reads; the field's number, and the one in which a named type is
/// its name; 0 where it was not there under its own name alone.
type Was = (u64, u64, &'static str);

/// A type of another package, and the forms with which it is locked.
pub(super) type Foreign = &'static [LockedForm<'static>];

/// A type that a locked event has keeps what is locked of it. A failure is reported where the type
/// is declared: rustc adds one note, which points here.
pub const fn kept<T: EventValue>() {
    let () = T::KEPT; // rustc notes this line; what broke is in the error above, at the declaration of the type
}

/// The same of a group.
pub const fn kept_group<G: Group>() {
    let () = G::KEPT; // rustc notes this line; what broke is in the error above, at the declaration of the group
}

/// One of the event's own fields is still what it was: in each revision that is asked, the members
/// that it reads. `number` is the field's now, `words` is what is said of it.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub const fn assert_field_kept(
    kept: &Kept,
    name: &str,
    hint: usize,
    (words, number): (u64, u64),
    revisions: &[Was],
) {
    if kept.is_unchanged {
        return;
    }
    let Kept { locked, event, .. } = kept;
    let mut revision = 0;
    while revision < revisions.len() {
        let (was, was_own, members) = revisions[revision];
        if was != number
            && let Some(field) = own_field(event, name, hint)
            && was_own != number_of(field, words)
        {
            let members = Members::few(members.as_bytes(), Place::Payload);
            let types = locked.revisions[revision].types;
            if let Some(found) = field_break(locked, &members, types, field, Place::Payload) {
                report(locked, event, &found);
            }
        }
        revision += 1;
    }
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
    if kept.is_unchanged {
        return;
    }
    assert_field_kept(kept, name, hint, (words, number), revisions);
    let (mut was_there, mut is_changed, mut at) = (false, false, 0);
    while at < revisions.len() {
        let (was, _, members) = revisions[at];
        was_there = was_there || !members.is_empty();
        is_changed = is_changed || was != number;
        at += 1;
    }
    if was_there && is_changed {
        self::kept::<T>();
        assert_foreign_kept(T::SHAPE, foreign, kept.locked.command);
    }
}

/// Types of other packages in a shape are still what they were.
#[track_caller]
pub(super) const fn assert_foreign_kept(shape: &'static Shape, foreign: Foreign, command: &str) {
    let mut at = 0;
    while at < foreign.len() {
        let form = &foreign[at];
        if let Some(found) = named::foreign(form.types.lock, form.path.as_bytes(), shape) {
            let declared = Declared::Type(found);
            if let Some(found) = form.break_of(declared, Piece::Everything) {
                report_type(foreign, declared, Piece::Everything, &found, command);
            }
        }
        at += 1;
    }
}

const fn own_field(
    event: &'static EventMeta,
    name: &str,
    hint: usize,
) -> Option<&'static FieldMeta> {
    if hint < event.members.len()
        && let Member::Field(field) = &event.members[hint]
        && same(field.name, name)
    {
        return Some(field);
    }
    let mut at = 0;
    while at < event.members.len() {
        if let Member::Field(field) = &event.members[at]
            && same(field.name, name)
        {
            return Some(field);
        }
        at += 1;
    }
    None
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
    if kept.is_unchanged {
        return;
    }
    let (mut was_there, mut at) = (false, 0);
    while at < kept.locked.revisions.len() {
        let revision = &kept.locked.revisions[at];
        if had_group(revision, G::META, place) {
            was_there = true;
        } else if let Some(found) = group_break(&kept.locked, revision, G::META, place) {
            report(&kept.locked, kept.event, &found);
        }
        at += 1;
    }
    if was_there || !G::META.is_named() {
        kept_group::<G>();
        assert_foreign_group_kept(G::META, foreign, kept.locked.command);
    }
}

#[track_caller]
const fn assert_foreign_group_kept(group: &'static GroupMeta, foreign: Foreign, command: &str) {
    let mut at = 0;
    while at < foreign.len() {
        let form = &foreign[at];
        if named::is_foreign_group(form.types.lock, form.path.as_bytes(), group) {
            let declared = Declared::Group(group);
            if let Some(found) = form.break_of(declared, Piece::Everything) {
                report_type(foreign, declared, Piece::Everything, &found, command);
            }
        }
        at += 1;
    }
    let mut at = 0;
    while at < group.members.len() {
        match &group.members[at] {
            Member::Field(field) => assert_foreign_kept(field.shape, foreign, command),
            Member::Group(inner) => assert_foreign_group_kept(inner, foreign, command),
        }
        at += 1;
    }
}

/// The event as a whole breaks in fewer than `nth + 1` ways: by its name, aliases and level, and by
/// fields that are gone.
///
/// # Panics
///
/// For the `nth` way, while compiling.
#[track_caller]
pub const fn assert_event_kept(kept: &Kept, nth: usize) {
    if kept.is_unchanged {
        return;
    }
    let Kept { locked, event, .. } = kept;
    if let Some(found) = event_break(locked, event, nth) {
        report(locked, event, &found);
    }
}
