//! The breaks between a locked group and its current declaration.

use super::Break;
use super::fields::{is_read_as, of_field, removed};
use super::members::Members;
use super::named::is_path_of_group;
use super::types::{LockedForm, Piece, Users};
use crate::model::meta::{GroupMeta, Member as GroupMember};
use event_grammar::form::{self, Kind, SPREAD};

impl LockedForm<'_> {
    /// The breaks of one part of the group.
    pub(super) const fn of_group<'a>(
        &'a self,
        group: &'static GroupMeta,
        part: Piece<'_>,
        users: &Users<'_>,
        skip: &mut usize,
    ) -> Option<Break<'a>> {
        let Kind::Group(list) = form::kind(self.form.as_bytes()) else { return None };
        if matches!(part, Piece::Field(..) | Piece::Everything) {
            let members = Members::few(list, users.place);
            let mut at = 0;
            while at < group.members.len() {
                if let GroupMember::Field(field) = &group.members[at]
                    && is_asked(part, field.name)
                    && let Some(found) =
                        of_field(&members, field, users.place, users.mode, self.types, skip)
                {
                    return Some(found);
                }
                at += 1;
            }
        }
        if matches!(part, Piece::Head | Piece::Everything) {
            let found = self.new_groups(list, group, users, skip);
            return if found.is_some() {
                found
            } else {
                self.gone_of_group(list, group, users, skip)
            };
        }
        None
    }

    /// The breaks of the fields in groups that were added to the group.
    const fn new_groups<'a>(
        &'a self,
        list: &'a [u8],
        group: &'static GroupMeta,
        users: &Users<'_>,
        skip: &mut usize,
    ) -> Option<Break<'a>> {
        let mut at = 0;
        while at < group.members.len() {
            if let GroupMember::Group(inner) = &group.members[at]
                && !had(list, self.types.lock, inner)
            {
                let mut place = 0;
                while place < inner.members.len() {
                    if let GroupMember::Field(field) = &inner.members[place]
                        && let Some(found) = of_field(
                            &Members::few(list, users.place),
                            field,
                            users.place,
                            users.mode,
                            self.types,
                            skip,
                        )
                    {
                        return Some(found);
                    }
                    place += 1;
                }
                let found = self.new_groups(list, inner, users, skip);
                if found.is_some() {
                    return found;
                }
            }
            at += 1;
        }
        None
    }

    /// The breaks of locked members that no field of the group reads any more.
    const fn gone_of_group<'a>(
        &'a self,
        list: &'a [u8],
        group: &'static GroupMeta,
        users: &Users<'_>,
        skip: &mut usize,
    ) -> Option<Break<'a>> {
        let mut at = 0;
        while let Some(member) = form::member(list, at) {
            at = member.next;
            if form::equal(member.name, SPREAD.as_bytes()) {
                if let Kind::Named(path) = form::kind(member.form)
                    && !has(group, self.types.lock, path)
                    && let Some(inner) = self.types.get(path)
                    && let Kind::Group(list) = form::kind(inner)
                    && let Some(found) = self.gone_of_group(list, group, users, skip)
                {
                    return Some(found);
                }
            } else if !reads(group, member.name)
                && let Some(found) = removed(member, users.place, users.mode, self.types, skip)
            {
                return Some(found);
            }
        }
        None
    }
}

/// Whether a list of members contains the group.
const fn had(list: &[u8], lock: u64, group: &'static GroupMeta) -> bool {
    let mut at = 0;
    while let Some(member) = form::member(list, at) {
        if form::equal(member.name, SPREAD.as_bytes())
            && let Kind::Named(path) = form::kind(member.form)
            && is_path_of_group(lock, path, group)
        {
            return true;
        }
        at = member.next;
    }
    false
}

/// Whether the group directly contains the group at `path`.
const fn has(group: &'static GroupMeta, lock: u64, path: &[u8]) -> bool {
    let mut at = 0;
    while at < group.members.len() {
        if let GroupMember::Group(inner) = &group.members[at]
            && is_path_of_group(lock, path, inner)
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_asked(part: Piece<'_>, name: &str) -> bool {
    match part {
        Piece::Field(asked, _) => form::equal(asked, name.as_bytes()),
        _ => true,
    }
}

/// Whether a field of the group, or of a group in it, reads the old name.
const fn reads(group: &'static GroupMeta, name: &[u8]) -> bool {
    let mut at = 0;
    while at < group.members.len() {
        let found = match &group.members[at] {
            GroupMember::Field(field) => is_read_as(name, field),
            GroupMember::Group(inner) => reads(inner, name),
        };
        if found {
            return true;
        }
        at += 1;
    }
    false
}
