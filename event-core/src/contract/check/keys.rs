//! Keys that two fields would be read from.

use crate::model::meta::{FieldMeta, Member};
use event_grammar::fields::RESERVED_FOR_CONTEXT;
use event_grammar::same;

/// A key that both fields have, as a name or as an alias.
pub(super) const fn in_common(one: &FieldMeta, other: &FieldMeta) -> Option<&'static str> {
    if same(one.name, other.name) {
        return Some(one.name);
    }
    if one.aliases.is_empty() && other.aliases.is_empty() {
        return None;
    }
    match alias_of(one, other) {
        Some(key) => Some(key),
        None => alias_of(other, one),
    }
}

/// An alias of `one` that is a name or an alias of `other`.
const fn alias_of(one: &FieldMeta, other: &FieldMeta) -> Option<&'static str> {
    let mut at = 0;
    while at < one.aliases.len() {
        let alias = one.aliases[at];
        let mut found = same(alias, other.name) && !is_of_context(alias);
        let mut place = 0;
        while place < other.aliases.len() {
            found = found || same(alias, other.aliases[place]);
            place += 1;
        }
        if found {
            return Some(alias);
        }
        at += 1;
    }
    None
}

/// Whether only bound context has this name. No alias is read from such a key in a line, and an
/// envelope does not have the key in its payload.
const fn is_of_context(key: &str) -> bool {
    let mut at = 0;
    while at < RESERVED_FOR_CONTEXT.len() {
        if same(RESERVED_FOR_CONTEXT[at], key) {
            return true;
        }
        at += 1;
    }
    false
}

/// A key that the field shares with one of the members.
pub(super) const fn shared(members: &'static [Member], field: &FieldMeta) -> Option<&'static str> {
    let mut at = 0;
    while at < members.len() {
        let found = match &members[at] {
            Member::Field(own) => in_common(own, field),
            Member::Group(inner) => shared(inner.members, field),
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}
