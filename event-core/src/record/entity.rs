//! What a record is about, found by its descriptor.

use super::Record;
use crate::model::meta::{Member, Role};
use crate::value::encode::scan::value;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity<'a> {
    /// Its type: `order`.
    pub kind: &'static str,
    /// Its id, as JSON: a text or a number.
    pub id: &'a str,
    /// Its version, as JSON, for an event that says it.
    pub version: Option<&'a str>,
}

impl<'a> Record<'a> {
    /// What it is about: the value of its entity field, as JSON text, and the entity's type.
    /// Nothing where that is missing, `null`, or left out.
    pub fn entity(&self) -> Option<Entity<'a>> {
        entity(self)?.entity()
    }
}

/// What the record is about, as the encoder has written it.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a [u8],
    pub(super) version: Option<&'a [u8]>,
}

impl<'a> Written<'a> {
    /// For readers; the encoder copies text and ASCII only.
    pub(super) fn entity(self) -> Option<Entity<'a>> {
        let version = self.version.and_then(|version| str::from_utf8(version).ok());
        Some(Entity { kind: self.kind, id: str::from_utf8(self.id).ok()?, version })
    }
}

/// What the record is about.
pub(super) fn entity<'a>(record: &Record<'a>) -> Option<Written<'a>> {
    let meta = record.meta();
    let mut own = Fields::default();
    own.look_in(meta.members);
    for group in meta.wide {
        own.look_in(group.members);
    }
    let written = own.entity.and_then(|(kind, key)| Some((kind, value(record.payload(), key)?)));
    let (kind, id) = match written {
        Some(written) => written,
        None => {
            let mut bound = Fields::default();
            meta.context.iter().for_each(|group| bound.look_in(group.members));
            let (kind, key) = bound.entity?;
            (kind, value(record.context(), key)?)
        }
    };
    let is_id = matches!(id.first(), Some(b'"' | b'-' | b'0'..=b'9'));
    let version = own
        .version
        .and_then(|key| value(record.payload(), key))
        .filter(|version| *version != b"null");
    is_id.then_some(Written { kind, id, version })
}

/// The first fields, in groups too, that say what an event is about.
#[derive(Default)]
struct Fields {
    /// The entity's type, and the key of its id.
    entity: Option<(&'static str, &'static str)>,
    /// The key of its version.
    version: Option<&'static str>,
}

impl Fields {
    fn look_in(&mut self, members: &'static [Member]) {
        for member in members {
            match member {
                Member::Field(field) => match field.role {
                    Role::Entity { kind } if self.entity.is_none() => {
                        self.entity = Some((kind, field.name));
                    }
                    Role::EntityVersion if self.version.is_none() => {
                        self.version = Some(field.name);
                    }
                    _ => {}
                },
                Member::Group(group) => self.look_in(group.members),
            }
        }
    }
}
