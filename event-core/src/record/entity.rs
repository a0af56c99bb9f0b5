//! Finds the entity of a record by its descriptor.

use super::Record;
use crate::model::meta::{Member, Role};
use crate::value::encode::scan::value;

/// The entity that an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity<'a> {
    /// The type of the entity: `order`.
    pub kind: &'static str,
    /// The id as JSON: a text or a number.
    pub id: &'a str,
    /// The version as JSON, if the event has one.
    pub version: Option<&'a str>,
}

impl<'a> Record<'a> {
    /// The entity: the entity's type, and the value of the entity field as JSON. `None` if the
    /// field is missing, `null` or left out.
    pub fn entity(&self) -> Option<Entity<'a>> {
        entity(self)?.entity()
    }
}

/// The entity as the encoder has written it.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a [u8],
    pub(super) version: Option<&'a [u8]>,
}

impl<'a> Written<'a> {
    /// Converts to text. The encoder writes only valid UTF-8.
    pub(super) fn entity(self) -> Option<Entity<'a>> {
        let version = self.version.and_then(|version| str::from_utf8(version).ok());
        Some(Entity { kind: self.kind, id: str::from_utf8(self.id).ok()?, version })
    }
}

/// Finds the entity of the record.
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

/// The first fields with a role of the entity, also in groups.
#[derive(Default)]
struct Fields {
    /// The entity's type, and the key of the entity's id.
    entity: Option<(&'static str, &'static str)>,
    /// The key of the entity's version.
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
