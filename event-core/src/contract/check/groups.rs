//! Checks that a group fits its host: no key twice, at most one entity, no unmasked sensitive field
//! in context.

use super::keys::{in_common, shared};
use super::text::Text;
use crate::model::meta::{EventMeta, FieldMeta, GroupMeta, Member, Role, Sensitivity};
use event_grammar::fields::{RESERVED_FOR_SAMPLED, RESERVED_FOR_UNITS};
use event_grammar::same;

/// The host of a group: an event, or another group.
#[derive(Clone, Copy)]
struct Host {
    kind: &'static str,
    name: &'static str,
    members: &'static [Member],
    context: &'static [&'static GroupMeta],
    /// The groups that a unit of work may add.
    wide: &'static [&'static GroupMeta],
}

/// Checks that the fields of a group do not repeat the event's own fields or the fields of earlier
/// groups, and that the sensitive fields of a context group are masked.
///
/// `place` is the group's index. It counts the event's groups first, then its context groups, then
/// the groups that a unit of work may add.
#[track_caller]
pub const fn assert_group_fits(event: &'static EventMeta, place: usize, group: &'static GroupMeta) {
    let host = Host {
        kind: "event",
        name: event.name.snake,
        members: event.members,
        context: event.context,
        wide: event.wide,
    };
    assert_leaves_the_records_keys(event, group);
    assert_all_fit(host, place, group, group.type_name);
}

/// Checks that the fields of a group within a group do not repeat the fields of the outer group or
/// of earlier groups within it.
#[track_caller]
pub const fn assert_inner_group_fits(
    outer: &'static GroupMeta,
    place: usize,
    group: &'static GroupMeta,
) {
    let host = Host {
        kind: "group",
        name: outer.type_name,
        members: outer.members,
        context: &[],
        wide: &[],
    };
    assert_all_fit(host, place, group, group.type_name);
}

/// Checks that an event, or a group of it, has an entity, because its domain requires one.
///
/// # Panics
///
/// If it has none, while compiling.
#[track_caller]
pub const fn assert_has_entity(event: &'static EventMeta) {
    if !has_entity(event.members) {
        let text = Text::new().and("event `").and(event.name.snake);
        let text = text.and("` does not say what it is about, which its domain requires");
        panic!(
            "{}",
            text.and("\nhelp: put `#[entity]` on the field that identifies it, here or in a group")
                .as_str()
        );
    }
}

/// Checks that a group has no field called as a key that only the records of wide or sampled events
/// have.
#[track_caller]
const fn assert_leaves_the_records_keys(event: &EventMeta, group: &GroupMeta) {
    let is_wide = !event.wide.is_empty();
    let mut taken = None;
    if is_wide || event.sample.is_some() {
        taken = first(RESERVED_FOR_SAMPLED, group.members);
    }
    if taken.is_none() && is_wide {
        taken = first(RESERVED_FOR_UNITS, group.members);
    }
    let Some(key) = taken else { return };
    let text = Text::new().and("group `").and(group.type_name).and("` has the field `").and(key);
    let text = text.and("`, which is reserved: the record of a ");
    let text = text.and(if is_wide { "wide" } else { "sampled" });
    panic!("{}", text.and(" event has it\nhelp: rename it, or leave the group out").as_str());
}

/// The first of `keys` that is a field of the members.
const fn first(keys: &[&'static str], members: &'static [Member]) -> Option<&'static str> {
    let mut at = 0;
    while at < keys.len() {
        if has(members, keys[at]) {
            return Some(keys[at]);
        }
        at += 1;
    }
    None
}

#[track_caller]
const fn assert_all_fit(host: Host, place: usize, group: &'static GroupMeta, outer: &str) {
    let mut at = 0;
    while at < group.members.len() {
        match &group.members[at] {
            Member::Field(field) => assert_fits(host, place, field, outer),
            Member::Group(inner) => assert_all_fit(host, place, inner, outer),
        }
        at += 1;
    }
}

#[track_caller]
const fn assert_fits(host: Host, place: usize, field: &FieldMeta, group: &str) {
    let is_entity = matches!(field.role, Role::Entity { .. });
    let mut at = 0;
    let mut groups = 0;
    while at < host.members.len() {
        match &host.members[at] {
            Member::Field(own) => {
                if let Some(key) = in_common(own, field) {
                    repeats(host, key, !same(own.name, field.name), "", group);
                }
                if is_entity && matches!(own.role, Role::Entity { .. }) {
                    second_entity(host, field.name, group);
                }
            }
            Member::Group(other) => {
                if groups < place {
                    assert_apart(host, field, is_entity, other, group);
                }
                groups += 1;
            }
        }
        at += 1;
    }
    let mut at = 0;
    while at < host.context.len() {
        if groups + at < place {
            assert_apart(host, field, is_entity, host.context[at], group);
        }
        at += 1;
    }
    let contexts = groups + host.context.len();
    let mut at = 0;
    while contexts + at < place {
        assert_apart(host, field, is_entity, host.wide[at], group);
        at += 1;
    }
    if place >= groups
        && place < contexts
        && let Some(Sensitivity::Clear { .. }) = field.sensitivity
    {
        let text = Text::new()
            .and("sensitive field `")
            .and(field.name)
            .and("` of the context group `")
            .and(group);
        let text = text.and("` is not masked: every event that declares the group carries it");
        panic!(
            "{}",
            text.and(
                "\nhelp: mask it in the group, with `#[sensitive(hash)]` for example, or remove it"
            )
            .as_str()
        );
    }
}

/// Compares a field of `group` with an earlier group.
#[track_caller]
const fn assert_apart(
    host: Host,
    field: &FieldMeta,
    is_entity: bool,
    before: &'static GroupMeta,
    group: &str,
) {
    if let Some(key) = shared(before.members, field) {
        repeats(host, key, !has(before.members, field.name), before.type_name, group);
    }
    if is_entity && has_entity(before.members) {
        second_entity(host, field.name, group);
    }
}

const fn has(members: &'static [Member], name: &str) -> bool {
    let mut at = 0;
    while at < members.len() {
        let found = match &members[at] {
            Member::Field(field) => same(field.name, name),
            Member::Group(inner) => has(inner.members, name),
        };
        if found {
            return true;
        }
        at += 1;
    }
    false
}

const fn has_entity(members: &'static [Member]) -> bool {
    let mut at = 0;
    while at < members.len() {
        let found = match &members[at] {
            Member::Field(field) => matches!(field.role, Role::Entity { .. }),
            Member::Group(inner) => has_entity(inner.members),
        };
        if found {
            return true;
        }
        at += 1;
    }
    false
}

/// `first` is the group that already has the field; empty if the host itself has it.
#[track_caller]
const fn repeats(host: Host, key: &str, by_alias: bool, first: &str, group: &str) -> ! {
    let what = if by_alias { "` has the key `" } else { "` has the field `" };
    let text = Text::new().and(host.kind).and(" `").and(host.name).and(what).and(key);
    let text = if first.is_empty() {
        text.and("` twice: its own and the one of the group `")
    } else {
        text.and("` twice: of the group `").and(first).and("` and of the group `")
    };
    let help = if by_alias {
        "rename one of them, or remove the alias"
    } else {
        "rename one of them, or leave one of the groups out"
    };
    panic!("{}", text.and(group).and("`\nhelp: ").and(help).as_str());
}

#[track_caller]
const fn second_entity(host: Host, field: &str, group: &str) -> ! {
    let text = Text::new()
        .and(host.kind)
        .and(" `")
        .and(host.name)
        .and("` has a second entity: `")
        .and(field);
    let text = text.and("` of the group `").and(group).and("`");
    panic!("{}", text.and("\nhelp: an event is about one entity: keep one `#[entity]`").as_str());
}
