//! The members of an object's form, by name.

use event_grammar::fingerprint::Place;
use event_grammar::form::{self, FormMember};

/// How many members are looked up by the hash of their names; those after them are searched for.
const INDEXED: usize = 256;

/// The members of an object's form.
pub(super) struct Members<'a> {
    pub(super) text: &'a [u8],
    /// Where an event had them from: as its own fields, whose marks say more, or by a group.
    pub(super) place: Place,
    /// The hash of each name, and where the member begins.
    index: [(u64, u32); INDEXED],
    len: usize,
    /// Where the members begin that have no place in the index.
    rest: usize,
}

impl<'a> Members<'a> {
    /// A few members, which are searched.
    pub(super) const fn few(text: &'a [u8], place: Place) -> Self {
        Self { text, place, index: [(0, 0); INDEXED], len: 0, rest: 0 }
    }

    /// Any number of members: looking each field up in the text would cost their square.
    pub(super) const fn indexed(text: &'a [u8], place: Place) -> Self {
        let mut members = Self::few(text, place);
        while members.len < INDEXED
            && let Some(member) = form::member(text, members.rest)
        {
            // A name in quotes may have escapes: from there on, members are searched for.
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

    /// The member of that name.
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
