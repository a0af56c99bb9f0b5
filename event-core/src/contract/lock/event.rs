//! The breaks between a locked version and the event's current declaration.

use super::fields::{is_read_as, of_field, removed};
use super::fingerprint::levels;
use super::groups::has_group;
use super::members::Members;
use super::named::Types;
use super::path::Step;
use super::{Break, LockRule, Now, Path};
use crate::model::meta::{EventMeta, FieldMeta, Member};
use event_grammar::Level;
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, Kind, SPREAD};
use event_grammar::same;

/// A locked version, as read by the macro or the command.
#[derive(Clone, Copy, Debug)]
pub struct Locked<'a> {
    /// The event's name in log lines: `payment_process_failed`.
    pub event: &'a str,
    /// The version.
    pub version: u32,
    /// The event's type in envelopes: `payment.process.failed`.
    pub event_type: &'a str,
    /// The readers that are protected: [`BACKWARD`](super::BACKWARD), [`FORWARD`](super::FORWARD),
    /// both, or 0 for none.
    pub mode: u8,
    /// Legacy names that readers accept.
    pub aliases: &'a [&'a str],
    /// The revisions to compare with: all of them, or only the last.
    pub revisions: &'a [LockedRevision<'a>],
    /// The rule and the path of every accepted break.
    pub accepted: &'a [(&'a str, &'a str)],
    /// The command line that runs the catalog's command: `cargo run -p shop --`.
    pub command: &'a str,
}

impl Locked<'_> {
    /// Whether the lock accepts the break for this version.
    pub(super) const fn accepts(&self, found: &Break<'_>) -> bool {
        is_accepted(self.accepted, found)
    }
}

/// One state of a locked version.
#[derive(Clone, Copy, Debug)]
pub struct LockedRevision<'a> {
    /// The levels that the event can have, joined by `|`.
    pub level: &'a str,
    /// The forms of the fields: `name:form marks,name:form`. Generated code has only the fields
    /// that the event does not declare itself: removed fields and fields of groups.
    pub fields: &'a str,
    /// The paths of its groups and the use of each group. `fields` does not contain the groups'
    /// members.
    pub groups: &'a [(&'a str, Place)],
    /// The forms of the types and groups that the revision reaches.
    pub types: Types<'a>,
}

/// Whether a break is accepted, by its rule and its path.
pub(super) const fn is_accepted(accepted: &[(&str, &str)], found: &Break<'_>) -> bool {
    let mut at = 0;
    while at < accepted.len() {
        let (rule, path) = accepted[at];
        if same(rule, found.rule.id()) && is_path(&found.path, path.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_path(path: &Path<'_>, text: &[u8]) -> bool {
    const fn after<'t>(text: &'t [u8], with: &str) -> Option<&'t [u8]> {
        let with = with.as_bytes();
        if text.len() < with.len() || !form::equal(text.split_at(with.len()).0, with) {
            return None;
        }
        Some(text.split_at(with.len()).1)
    }
    let (mut rest, mut nth) = (text, 0);
    while let Some((point, step)) = path.part(nth) {
        let Some(after_point) = after(rest, point) else { return false };
        let Some(after_step) = after(after_point, step) else { return false };
        rest = after_step;
        nth += 1;
    }
    rest.is_empty()
}

/// The first break of a field that is not accepted, between the members of a revision and the
/// field.
pub(super) const fn field_break<'a>(
    locked: &Locked<'a>,
    members: &Members<'a>,
    types: Types<'a>,
    field: &'static FieldMeta,
    place: Place,
) -> Option<Break<'a>> {
    let mut nth = 0;
    loop {
        let mut skip = nth;
        match of_field(members, field, place, locked.mode, types, &mut skip) {
            None => return None,
            Some(found) if !locked.accepts(&found) => return Some(found),
            Some(_) => nth += 1,
        }
    }
}

/// The `nth` break of the event as a whole that is not accepted, over all compared revisions. A
/// break in several revisions counts once.
pub(super) const fn event_break<'a>(
    locked: &Locked<'a>,
    event: &'static EventMeta,
    nth: usize,
) -> Option<Break<'a>> {
    let (mut seen, mut at) = (0, 0);
    while at < locked.revisions.len() {
        let mut own = 0;
        while let Some(found) = of_event(locked, &locked.revisions[at], event, own) {
            if !locked.accepts(&found) && !is_known(locked, event, at, &found) {
                if seen == nth {
                    return Some(found);
                }
                seen += 1;
            }
            own += 1;
        }
        at += 1;
    }
    None
}

/// Whether an earlier revision has the same break.
const fn is_known(
    locked: &Locked<'_>,
    event: &'static EventMeta,
    before: usize,
    found: &Break<'_>,
) -> bool {
    let mut at = 0;
    while at < before {
        let mut nth = 0;
        while let Some(known) = of_event(locked, &locked.revisions[at], event, nth) {
            if known.rule as u8 == found.rule as u8 && known.path.is(&found.path) {
                return true;
            }
            nth += 1;
        }
        at += 1;
    }
    false
}

/// The `nth` break of the event as a whole: its name, its aliases, its level and removed fields.
pub(super) const fn of_event<'a>(
    locked: &Locked<'a>,
    revision: &LockedRevision<'a>,
    event: &'static EventMeta,
    nth: usize,
) -> Option<Break<'a>> {
    let mut skip = nth;
    if locked.mode != 0 && !same(locked.event_type, event.name.dotted) {
        let changed = Break::new(
            LockRule::NameChanged,
            locked.event_type.as_bytes(),
            Now::Word(event.name.dotted),
            locked.mode,
        );
        if let Some(found) = super::found(&mut skip, changed) {
            return Some(found);
        }
    }
    if let Some(found) = dropped_alias(locked, event, &mut skip) {
        return Some(found);
    }
    if locked.mode != 0 && attention(levels_of(revision.level)) != attention(levels(event.level)) {
        let changed =
            Break::new(LockRule::LevelChanged, revision.level.as_bytes(), level_word(event), 0);
        if let Some(found) = super::found(&mut skip, changed) {
            return Some(found);
        }
    }
    if let Some(found) = gone(
        revision.fields.as_bytes(),
        Place::Payload,
        locked.mode,
        revision.types,
        event,
        &mut skip,
    ) {
        return Some(found);
    }
    let mut at = 0;
    while at < revision.groups.len() {
        let (path, place) = revision.groups[at];
        // A field removed from a group that the event still has is reported by the group's own
        // assertion.
        if !has_group(locked, event, path, place)
            && let Some(found) =
                gone_of_group(path.as_bytes(), place, locked.mode, revision.types, event, &mut skip)
        {
            return Some(found);
        }
        at += 1;
    }
    None
}

/// The breaks of locked members that no field of the event reads any more.
const fn gone<'a>(
    members: &'a [u8],
    place: Place,
    mode: u8,
    types: Types<'a>,
    event: &'static EventMeta,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let mut at = 0;
    while let Some(member) = form::member(members, at) {
        at = member.next;
        let found = if form::equal(member.name, SPREAD.as_bytes()) {
            match form::kind(member.form) {
                Kind::Named(path) => gone_of_group(path, place, mode, types, event, skip),
                _ => None,
            }
        } else if has_reader(event, member.name) {
            None
        } else {
            removed(member, place, mode, types, skip)
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

const fn gone_of_group<'a>(
    path: &[u8],
    place: Place,
    mode: u8,
    types: Types<'a>,
    event: &'static EventMeta,
    skip: &mut usize,
) -> Option<Break<'a>> {
    match types.get(path) {
        Some(written) => match form::kind(written) {
            Kind::Group(members) => gone(members, place, mode, types, event, skip),
            _ => None,
        },
        None => None,
    }
}

const fn dropped_alias<'a>(
    locked: &Locked<'a>,
    event: &'static EventMeta,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if locked.mode & super::BACKWARD == 0 {
        return None;
    }
    let mut at = 0;
    while at < locked.aliases.len() {
        let alias = locked.aliases[at];
        let mut known = same(alias, event.name.snake) || same(alias, event.name.dotted);
        let mut own = 0;
        while own < event.aliases.len() {
            known = known || same(alias, event.aliases[own]);
            own += 1;
        }
        if !known {
            let dropped = Break::new(LockRule::AliasDropped, b"", Now::Gone, super::BACKWARD);
            let dropped = super::found(skip, dropped.below(Step::Name(alias.as_bytes())));
            if dropped.is_some() {
                return dropped;
            }
        }
        at += 1;
    }
    None
}

/// Whether two lists of levels (`info|error`) have the same classes of levels.
pub const fn ask_alike(levels: &str, others: &str) -> bool {
    attention(levels_of(levels)) == attention(levels_of(others))
}

/// The classes of the levels, one bit each: detail, info, warning, fault.
const fn attention(levels: u8) -> u8 {
    const DETAIL: u8 = 0b110;
    const INFO: u8 = 0b1000;
    const WARNING: u8 = 0b1_0000;
    const FAULT: u8 = 0b110_0000;
    (levels & DETAIL != 0) as u8
        | ((levels & INFO != 0) as u8) << 1
        | ((levels & WARNING != 0) as u8) << 2
        | ((levels & FAULT != 0) as u8) << 3
}

/// Parses `info|error` into one bit for each level.
const fn levels_of(text: &str) -> u8 {
    let text = text.as_bytes();
    let (mut bits, mut from, mut at) = (0, 0, 0);
    while at <= text.len() {
        if at == text.len() || text[at] == b'|' {
            let mut level = 0;
            while level < Level::ALL.len() {
                let known = Level::ALL[level];
                if form::equal(known.as_str().as_bytes(), form::part(text, from, at)) {
                    bits |= 1 << known as u8;
                }
                level += 1;
            }
            from = at + 1;
        }
        at += 1;
    }
    bits
}

const fn level_word(event: &'static EventMeta) -> Now {
    Now::Word(match event.level {
        crate::model::meta::LevelRule::Fixed(level) => level.as_str(),
        _ => "by a field",
    })
}

/// Whether a field of the event reads the old name.
const fn has_reader(event: &'static EventMeta, name: &[u8]) -> bool {
    if members_read(event.members, name) {
        return true;
    }
    let mut at = 0;
    while at < event.context.len() {
        if members_read(event.context[at].members, name) {
            return true;
        }
        at += 1;
    }
    let mut at = 0;
    while at < event.wide.len() {
        if members_read(event.wide[at].members, name) {
            return true;
        }
        at += 1;
    }
    false
}

const fn members_read(members: &'static [Member], name: &[u8]) -> bool {
    let mut at = 0;
    while at < members.len() {
        let reads = match &members[at] {
            Member::Field(field) => is_read_as(name, field),
            Member::Group(group) => members_read(group.members, name),
        };
        if reads {
            return true;
        }
        at += 1;
    }
    false
}
