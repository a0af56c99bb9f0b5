//! The members of an object's form, by name.

use event_grammar::fingerprint::Place;
use event_grammar::form::{self, FormMember};

/// The number of members in the hash index. Further members are found by a linear search.
const INDEXED: usize = 256;

/// The members of an object's form.
pub(super) struct Members<'a> {
    pub(super) text: &'a [u8],
    /// Whether the event had the members as its own fields, which have more marks, or by a group.
    pub(super) place: Place,
    /// The hash of each name, and the member's offset in the text.
    index: [(u64, u32); INDEXED],
    len: usize,
    /// The offset of the first member that is not in the index.
    rest: usize,
}

impl<'a> Members<'a> {
    /// A few members without an index.
    pub(super) const fn few(text: &'a [u8], place: Place) -> Self {
        Self { text, place, index: [(0, 0); INDEXED], len: 0, rest: 0 }
    }

    /// Any number of members, with an index: a linear search for each field would be quadratic.
    pub(super) const fn indexed(text: &'a [u8], place: Place) -> Self {
        let mut members = Self::few(text, place);
        while members.len < INDEXED
            && let Some(member) = form::member(text, members.rest)
        {
            // A quoted name may have escapes, so this member and all later ones are not indexed.
            let [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-', ..] = member.name else {
                break;
            };
            #[expect(clippy::cast_possible_truncation, reason = "a form is far shorter than 4 GB")]
            let place = members.rest as u32;
            members.index[members.len] = (event_grammar::hash_bytes(member.name), place);
            members.len += 1;
            members.rest = member.next;
        }
        members
    }

    /// The member called `name`.
    pub(super) const fn find(&self, name: &str) -> Option<FormMember<'a>> {
        let wanted = if self.len == 0 { 0 } else { event_grammar::hash(name) };
        let mut at = 0;
        while at < self.len {
            let (hash, place) = self.index[at];
            if hash == wanted
                && let Some(member) = form::member(self.text, place as usize)
                && form::is_named(member.name, name)
            {
                return Some(member);
            }
            at += 1;
        }
        let mut at = self.rest;
        while let Some(member) = form::member(self.text, at) {
            if form::is_named(member.name, name) {
                return Some(member);
            }
            at = member.next;
        }
        None
    }
}
