//! What generated code asserts of an event that is locked. Each function is called at the token
//! that it is about.

use super::event::{Locked, event_break, field_break};
use super::groups::{group_break, had_group};
use super::members::Members;
use super::named;
use super::report::{report, report_type};
use super::types::{Declared, LockedForm, Piece, number_of};
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use crate::model::shape::Shape;
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
pub(crate) type Was = (u64, u64, &'static str);

/// A type of another package, and the forms with which it is locked.
pub(crate) type Foreign = &'static [LockedForm<'static>];

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

/// The same of a field whose type may have named types in it; whether the type is to be asked
/// itself, because the field was there and changed.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub(crate) const fn assert_field_kept_or_ask(
    kept: &Kept,
    name: &str,
    hint: usize,
    (words, number): (u64, u64),
    revisions: &[Was],
) -> bool {
    if kept.is_unchanged {
        return false;
    }
    assert_field_kept(kept, name, hint, (words, number), revisions);
    let (mut was_there, mut is_changed, mut at) = (false, false, 0);
    while at < revisions.len() {
        let (was, _, members) = revisions[at];
        was_there = was_there || !members.is_empty();
        is_changed = is_changed || was != number;
        at += 1;
    }
    was_there && is_changed
}

/// Types of other packages in a shape are still what they were.
#[track_caller]
pub(crate) const fn assert_foreign_kept(shape: &'static Shape, foreign: Foreign, command: &str) {
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

/// A group of the event is still what it was where a revision does not have it as a group; whether
/// it is to be asked itself, because one has it.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub(crate) const fn assert_group_kept_or_ask(
    kept: &Kept,
    group: &'static GroupMeta,
    place: Place,
) -> bool {
    if kept.is_unchanged {
        return false;
    }
    let (mut was_there, mut at) = (false, 0);
    while at < kept.locked.revisions.len() {
        let revision = &kept.locked.revisions[at];
        if had_group(revision, group, place) {
            was_there = true;
        } else if let Some(found) = group_break(&kept.locked, revision, group, place) {
            report(&kept.locked, kept.event, &found);
        }
        at += 1;
    }
    was_there || !group.is_named()
}

/// Groups of other packages are still what they were.
#[track_caller]
pub(crate) const fn assert_foreign_group_kept(
    group: &'static GroupMeta,
    foreign: Foreign,
    command: &str,
) {
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
