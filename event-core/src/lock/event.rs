//! What breaks between a published version and the event as it is declared.

use super::fields::{Place, is_read_as, of_field, removed};
use super::fingerprint::levels;
use super::old;
use super::path::Step;
use super::render::placed;
use super::{Break, LockRule, Now, Path};
use crate::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use event_grammar::same;

/// A published version, as the macro or the command has read it.
#[derive(Clone, Copy, Debug)]
pub struct Locked<'a> {
    /// The event's name, as in log lines.
    pub event: &'a str,
    /// The version.
    pub version: u32,
    /// The event's name, as on the wire.
    pub event_type: &'a str,
    /// Who has to be able to read what: [`BACKWARD`](super::BACKWARD), [`FORWARD`](super::FORWARD), both or nobody.
    pub mode: u8,
    /// The fingerprint of the last revision.
    pub fingerprint: u64,
    /// Legacy names that readers accept.
    pub aliases: &'a [&'a str],
    /// The revisions that are asked: all of them, or the last.
    pub revisions: &'a [LockedRevision<'a>],
    /// The rule and the path of every break that was accepted.
    pub accepted: &'a [(&'a str, &'a str)],
    /// What runs the catalog's command: `cargo run -p shop --`.
    pub command: &'a str,
}

/// One state of a published version.
#[derive(Clone, Copy, Debug)]
pub struct LockedRevision<'a> {
    /// The levels that it can have, joined by `|`.
    pub level: &'a str,
    /// The forms of its fields: `name:form marks,name:form`. In generated code only of those that the event does not declare itself: of its groups, and gone.
    pub fields: &'a str,
}

/// Everything that breaks, each break once, those that were accepted left out.
pub fn breaks<'a>(locked: &Locked<'a>, event: &'static EventMeta) -> Vec<Break<'a>> {
    every(locked, event).filter(|found| !is_accepted(locked, found)).collect()
}

/// The breaks that were accepted: an acceptance that none of them uses is of no use.
pub fn accepted_breaks<'a>(locked: &Locked<'a>, event: &'static EventMeta) -> Vec<Break<'a>> {
    every(locked, event).filter(|found| is_accepted(locked, found)).collect()
}

fn every<'a>(locked: &Locked<'a>, event: &'static EventMeta) -> impl Iterator<Item = Break<'a>> {
    let mut all: Vec<Break<'a>> = Vec::new();
    let mut add = |found: Break<'a>| {
        let path = found.path.to_string();
        if !all.iter().any(|known| known.rule == found.rule && known.path.to_string() == path) {
            all.push(found);
        }
    };
    for revision in locked.revisions {
        for nth in 0.. {
            let Some(found) = of_event(locked, revision, event, nth) else { break };
            add(found);
        }
        for (field, place) in placed(event) {
            for nth in 0.. {
                let mut skip = nth;
                let Some(found) = of_field(revision.fields.as_bytes(), field, place, locked.mode, &mut skip) else {
                    break;
                };
                add(found);
            }
        }
    }
    all.into_iter()
}

/// Whether somebody accepted a break: by its rule and its path.
pub(super) const fn is_accepted(locked: &Locked<'_>, found: &Break<'_>) -> bool {
    let mut at = 0;
    while at < locked.accepted.len() {
        let (rule, path) = locked.accepted[at];
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
        if text.len() < with.len() || !old::equal(text.split_at(with.len()).0, with) {
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

/// The first break of a field that nobody accepted, between the members of a revision and the field.
pub(super) const fn field_break<'a>(
    locked: &Locked<'a>,
    members: &'a str,
    field: &'static FieldMeta,
    place: Place,
) -> Option<Break<'a>> {
    let mut nth = 0;
    loop {
        let mut skip = nth;
        match of_field(members.as_bytes(), field, place, locked.mode, &mut skip) {
            None => return None,
            Some(found) if !is_accepted(locked, &found) => return Some(found),
            Some(_) => nth += 1,
        }
    }
}

/// The `nth` break of the event as a whole that nobody accepted, over the revisions that are asked; the same of several revisions counts once.
pub(super) const fn event_break<'a>(locked: &Locked<'a>, event: &'static EventMeta, nth: usize) -> Option<Break<'a>> {
    let (mut seen, mut at) = (0, 0);
    while at < locked.revisions.len() {
        let mut own = 0;
        while let Some(found) = of_event(locked, &locked.revisions[at], event, own) {
            if !is_accepted(locked, &found) && !is_known(locked, event, at, &found) {
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

/// Whether a revision before this one has the break too.
const fn is_known(locked: &Locked<'_>, event: &'static EventMeta, before: usize, found: &Break<'_>) -> bool {
    let mut at = 0;
    while at < before {
        let mut nth = 0;
        while let Some(known) = of_event(locked, &locked.revisions[at], event, nth) {
            if known.rule as u8 == found.rule as u8 && is_same_path(&known.path, &found.path) {
                return true;
            }
            nth += 1;
        }
        at += 1;
    }
    false
}

const fn is_same_path(a: &Path<'_>, b: &Path<'_>) -> bool {
    let mut nth = 0;
    loop {
        match (a.part(nth), b.part(nth)) {
            (None, None) => return true,
            (Some((_, a)), Some((_, b))) if same(a, b) => nth += 1,
            _ => return false,
        }
    }
}

/// The `nth` break of the event as a whole: its name, aliases and level, and fields that are gone.
const fn of_event<'a>(
    locked: &Locked<'a>,
    revision: &LockedRevision<'a>,
    event: &'static EventMeta,
    nth: usize,
) -> Option<Break<'a>> {
    let mut skip = nth;
    if locked.mode != 0 && !same(locked.event_type, event.name.dotted) {
        let changed =
            Break::new(LockRule::NameChanged, locked.event_type.as_bytes(), Now::Word(event.name.dotted), locked.mode);
        if let Some(found) = super::found(&mut skip, changed) {
            return Some(found);
        }
    }
    if let Some(found) = dropped_alias(locked, event, &mut skip) {
        return Some(found);
    }
    if locked.mode != 0 && attention(levels_of(revision.level)) != attention(levels(event.level)) {
        let changed = Break::new(LockRule::LevelChanged, revision.level.as_bytes(), level_word(event), 0);
        if let Some(found) = super::found(&mut skip, changed) {
            return Some(found);
        }
    }
    let fields = revision.fields.as_bytes();
    let mut at = 0;
    while let Some(member) = old::member(fields, at) {
        if !has_reader(event, member.name)
            && let Some(found) = removed(member, locked.mode, &mut skip)
        {
            return Some(found);
        }
        at = member.next;
    }
    None
}

const fn dropped_alias<'a>(locked: &Locked<'a>, event: &'static EventMeta, skip: &mut usize) -> Option<Break<'a>> {
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

/// Whether levels, as a lock has them (`info|error`), ask for the same kinds of attention.
pub const fn ask_alike(levels: &str, others: &str) -> bool {
    attention(levels_of(levels)) == attention(levels_of(others))
}

/// Which kinds of attention levels ask for, a bit for each: nobody's, one that is there anyway, a look, help.
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

/// `info|error`, a bit for each.
const fn levels_of(text: &str) -> u8 {
    const WORDS: &[(&[u8], u8)] =
        &[(b"trace", 1), (b"debug", 2), (b"info", 3), (b"warning", 4), (b"error", 5), (b"critical", 6)];
    let text = text.as_bytes();
    let (mut bits, mut from, mut at) = (0, 0, 0);
    while at <= text.len() {
        if at == text.len() || text[at] == b'|' {
            let mut word = 0;
            while word < WORDS.len() {
                if old::equal(WORDS[word].0, old::part(text, from, at)) {
                    bits |= 1 << WORDS[word].1;
                }
                word += 1;
            }
            from = at + 1;
        }
        at += 1;
    }
    bits
}

const fn level_word(event: &'static EventMeta) -> Now {
    Now::Word(match event.level {
        crate::meta::LevelRule::Fixed(level) => level.as_str(),
        _ => "by a field",
    })
}

/// Whether any field of the event reads an old name.
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

/// The first break of a group's fields.
pub(super) const fn group_break<'a>(locked: &Locked<'a>, group: &'static GroupMeta, place: Place) -> Option<Break<'a>> {
    let mut at = 0;
    while at < group.members.len() {
        let found = match &group.members[at] {
            Member::Field(field) => {
                let (mut found, mut revision) = (None, 0);
                while found.is_none() && revision < locked.revisions.len() {
                    found = field_break(locked, locked.revisions[revision].fields, field, place);
                    revision += 1;
                }
                found
            }
            Member::Group(inner) => group_break(locked, inner, place),
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}
