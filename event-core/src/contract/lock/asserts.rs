//! The assertions of generated code about a locked event. Each function is called at the token that
//! it checks.

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

/// The data for all assertions about a locked version, in one constant.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Whether the fingerprint equals the locked one. Then no comparison is needed.
    pub is_unchanged: bool,
    /// The locked version.
    pub locked: Locked<'static>,
    /// The current declaration.
    pub event: &'static EventMeta,
}

/// The state of a field in a revision: the field's number, its number when a named type is
/// represented by its name, and the members that the field reads. The numbers are 0 if the field
/// was not in the revision under its own name alone.
pub(crate) type Was = (u64, u64, &'static str);

/// The locked forms of types of another package.
pub(crate) type Foreign = &'static [LockedForm<'static>];

/// Checks that one of the event's own fields keeps its form in each compared revision. `number` is
/// the field's current number, `words` the number of its words.
///
/// # Panics
///
/// If it does not, while compiling.
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

/// Does the same for a field whose type may contain named types. Returns whether the type must be
/// checked itself, because the field was there and changed.
///
/// # Panics
///
/// If the field does not keep its form, while compiling.
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

/// Checks that the types of other packages in a shape keep their forms.
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

/// Checks the fields of a group against the revisions that do not have it as a group. Returns
/// whether the group must be checked itself, because a revision has it as a group.
///
/// # Panics
///
/// If a field breaks a reader, while compiling.
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

/// Checks that the groups of other packages keep their forms.
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

/// Checks that the event as a whole has at most `nth` breaks: its name, its aliases, its level and
/// removed fields.
///
/// # Panics
///
/// If there are more. The message is about break number `nth`, counted from 0. The panic is at
/// compile time.
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
