//! Types of other packages that are no longer compared at a field. Such a type is compared at the
//! first field that has it in the lock. If that field now has another type or was removed, the
//! catalog compares the type, for all events that still have it.

use super::named;
use super::report::report_type;
use super::types::{Declared, LockedForm, Piece};
use crate::model::catalog::BlockMeta;
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use crate::model::shape::Shape;
use event_grammar::fingerprint::version;
use event_grammar::same;

/// A type of another package, and the field at which it is compared.
#[derive(Clone, Copy, Debug)]
pub struct Spoken {
    /// The locked forms of the type.
    pub forms: &'static [LockedForm<'static>],
    /// The key of the event that has the field. 0 if a type has the field.
    pub event: u64,
    /// The path of the type that has the field.
    pub ty: &'static str,
    /// The field. Empty for a group of the event.
    pub member: &'static str,
}

/// Checks that every type of another package keeps its form, unless the type's field still has it
/// and compares it.
///
/// # Panics
///
/// If a type does not keep its form, while compiling.
#[track_caller]
pub const fn assert_spoken(blocks: &[&'static BlockMeta], spoken: &[Spoken], command: &str) {
    let mut at = 0;
    while at < spoken.len() {
        let forms = spoken[at].forms;
        if !forms.is_empty()
            && !is_spoken(blocks, &spoken[at])
            && let Some(shape) = anywhere(blocks, &forms[0])
        {
            let declared = Declared::Type(shape);
            let mut form = 0;
            while form < forms.len() {
                if let Some(found) = forms[form].break_of(declared, Piece::Everything) {
                    report_type(forms, declared, Piece::Everything, &found, command);
                }
                form += 1;
            }
        }
        at += 1;
    }
}

/// Whether the field at which a type is compared still has the type.
const fn is_spoken(blocks: &[&'static BlockMeta], spoken: &Spoken) -> bool {
    let form = &spoken.forms[0];
    let mut block = 0;
    while block < blocks.len() {
        let mut at = 0;
        while at < blocks[block].events.len() {
            let event = blocks[block].events[at];
            at += 1;
            if spoken.event != 0 {
                if version(event.name.snake, event.version) == spoken.event {
                    return has(event, spoken.member, form);
                }
            } else if let Some(found) = in_members(event.members, form.types.lock, spoken.ty, true)
            {
                return match found {
                    Shape::Struct(shape) => {
                        match super::types::named(shape.fields, spoken.member.as_bytes(), 0) {
                            Some(field) => holds(field.shape, form),
                            None => false,
                        }
                    }
                    other => holds(other, form),
                };
            }
        }
        block += 1;
    }
    false
}

/// Whether an event's field has a type. An empty `name` stands for the event's groups.
const fn has(event: &'static EventMeta, name: &str, form: &LockedForm<'_>) -> bool {
    let mut at = 0;
    while at < event.members.len() {
        match &event.members[at] {
            Member::Field(field) if same(field.name, name) => return holds(field.shape, form),
            Member::Group(group) if name.is_empty() && group_has(group, form) => return true,
            _ => {}
        }
        at += 1;
    }
    name.is_empty() && (groups_have(event.context, form) || groups_have(event.wide, form))
}

const fn groups_have(groups: &[&'static GroupMeta], form: &LockedForm<'_>) -> bool {
    let mut at = 0;
    while at < groups.len() {
        if group_has(groups[at], form) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a group is the locked one, or has a field of the type.
const fn group_has(group: &'static GroupMeta, form: &LockedForm<'_>) -> bool {
    if named::is_path_of_group(form.types.lock, form.path.as_bytes(), group) {
        return true;
    }
    let mut at = 0;
    while at < group.members.len() {
        let found = match &group.members[at] {
            Member::Field(field) => holds(field.shape, form),
            Member::Group(inner) => group_has(inner, form),
        };
        if found {
            return true;
        }
        at += 1;
    }
    false
}

const fn holds(shape: &'static Shape, form: &LockedForm<'_>) -> bool {
    named::foreign(form.types.lock, form.path.as_bytes(), shape).is_some()
}

/// The type in any event that has it.
const fn anywhere(blocks: &[&'static BlockMeta], form: &LockedForm<'_>) -> Option<&'static Shape> {
    let mut block = 0;
    while block < blocks.len() {
        let mut at = 0;
        while at < blocks[block].events.len() {
            let found =
                in_members(blocks[block].events[at].members, form.types.lock, form.path, false);
            if found.is_some() {
                return found;
            }
            at += 1;
        }
        block += 1;
    }
    None
}

const fn in_members(
    members: &'static [Member],
    lock: u64,
    path: &str,
    is_held: bool,
) -> Option<&'static Shape> {
    let mut at = 0;
    while at < members.len() {
        let found = match &members[at] {
            Member::Field(field) => in_field(field, lock, path, is_held),
            Member::Group(group) => in_members(group.members, lock, path, is_held),
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}

const fn in_field(
    field: &'static FieldMeta,
    lock: u64,
    path: &str,
    is_held: bool,
) -> Option<&'static Shape> {
    match named::find(lock, path.as_bytes(), field.shape) {
        Some(found) if is_held || !named::is_held(lock, found) => Some(found),
        _ => None,
    }
}
