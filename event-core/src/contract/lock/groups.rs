//! The groups that an event has now, and those that it had when it was locked.

use super::Break;
use super::event::{Locked, LockedRevision, field_break};
use super::fields::is_read_as;
use super::members::Members;
use super::named::{Types, is_path_of_group};
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, Kind, SPREAD};

/// Whether an event still has a group at the same place.
pub(super) const fn has_group(
    locked: &Locked<'_>,
    event: &'static EventMeta,
    path: &str,
    place: Place,
) -> bool {
    let path = path.as_bytes();
    let lock = if locked.revisions.is_empty() { 0 } else { locked.revisions[0].types.lock };
    match place {
        Place::Payload => {
            let mut at = 0;
            while at < event.members.len() {
                if let Member::Group(group) = &event.members[at]
                    && is_path_of_group(lock, path, group)
                {
                    return true;
                }
                at += 1;
            }
            false
        }
        Place::Context => is_one_of(lock, path, event.context),
        Place::Wide => is_one_of(lock, path, event.wide),
    }
}

const fn is_one_of(lock: u64, path: &[u8], groups: &[&'static GroupMeta]) -> bool {
    let mut at = 0;
    while at < groups.len() {
        if is_path_of_group(lock, path, groups[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a revision has a group at the same place as the event.
pub(super) const fn had_group(
    revision: &LockedRevision<'_>,
    group: &'static GroupMeta,
    place: Place,
) -> bool {
    let mut at = 0;
    while at < revision.groups.len() {
        let (path, was) = revision.groups[at];
        if was as u8 == place as u8 && is_path_of_group(revision.types.lock, path.as_bytes(), group)
        {
            return true;
        }
        at += 1;
    }
    false
}

/// The first break in the fields of a group that the revision lacks. Each field is compared with
/// the revision's field of the same name.
pub(super) const fn group_break<'a>(
    locked: &Locked<'a>,
    revision: &LockedRevision<'a>,
    group: &'static GroupMeta,
    place: Place,
) -> Option<Break<'a>> {
    let mut at = 0;
    while at < group.members.len() {
        let found = match &group.members[at] {
            Member::Field(field) => {
                let held = holder(revision, field);
                field_break(
                    locked,
                    &Members::few(held.text, held.place),
                    revision.types,
                    field,
                    place,
                )
            }
            Member::Group(inner) => group_break(locked, revision, inner, place),
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}

/// The members that contain a field.
pub(super) struct Holder<'a> {
    pub(super) text: &'a [u8],
    pub(super) place: Place,
}

/// The members of a revision that contain a field under one of its names: the revision's own
/// fields, or the members of one of its groups. The revision's own fields if it lacks the field.
pub(super) const fn holder<'a>(
    revision: &LockedRevision<'a>,
    field: &'static FieldMeta,
) -> Holder<'a> {
    let fields = revision.fields.as_bytes();
    if !is_among(fields, field) {
        let mut at = 0;
        while at < revision.groups.len() {
            let (path, place) = revision.groups[at];
            if let Some(text) = holder_in(path.as_bytes(), revision.types, field) {
                return Holder { text, place };
            }
            at += 1;
        }
    }
    Holder { text: fields, place: Place::Payload }
}

const fn holder_in<'a>(
    path: &[u8],
    types: Types<'a>,
    field: &'static FieldMeta,
) -> Option<&'a [u8]> {
    let Some(written) = types.get(path) else { return None };
    let Kind::Group(members) = form::kind(written) else { return None };
    if is_among(members, field) {
        return Some(members);
    }
    let mut at = 0;
    while let Some(member) = form::member(members, at) {
        if form::equal(member.name, SPREAD.as_bytes())
            && let Kind::Named(inner) = form::kind(member.form)
            && let Some(found) = holder_in(inner, types, field)
        {
            return Some(found);
        }
        at = member.next;
    }
    None
}

const fn is_among(members: &[u8], field: &'static FieldMeta) -> bool {
    let mut at = 0;
    while let Some(member) = form::member(members, at) {
        if is_read_as(member.name, field) {
            return true;
        }
        at = member.next;
    }
    false
}
