//! Finding members in what the encoder has written.

use super::{Entity, Record};
use crate::buffer::plain_len;
use crate::meta::{Member, Role};

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
    let version = own.version.and_then(|key| value(record.payload(), key)).filter(|version| *version != b"null");
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
                    Role::Entity { kind } if self.entity.is_none() => self.entity = Some((kind, field.name)),
                    Role::EntityVersion if self.version.is_none() => self.version = Some(field.name),
                    _ => {}
                },
                Member::Group(group) => self.look_in(group.members),
            }
        }
    }
}

/// The value of one of `members`, which the encoder has written: `"key":value,"key":value`.
fn value<'a>(members: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let mut rest = members;
    while let Some(quoted) = rest.strip_prefix(b"\"") {
        if let Some(value) = quoted.strip_prefix(key.as_bytes()).and_then(|rest| rest.strip_prefix(b"\":")) {
            return Some(&value[..value_end(value)]);
        }
        let value = quoted[string_end(quoted)?..].strip_prefix(b":")?;
        rest = value[value_end(value)..].strip_prefix(b",").unwrap_or_default();
    }
    None
}

/// The keys, as escaped as they are written, and the values of `members`, which the encoder has written: `"key":value,"key":value`.
pub(crate) fn each(members: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = members;
    std::iter::from_fn(move || {
        let quoted = rest.strip_prefix(b"\"")?;
        let colon = string_end(quoted)?;
        let (name, value) = (&quoted[..colon - 1], quoted[colon..].strip_prefix(b":")?);
        let (value, behind) = value.split_at(value_end(value));
        rest = behind.strip_prefix(b",").unwrap_or_default();
        Some((name, value))
    })
}

/// Where a text ends, behind its closing quote; it begins behind the opening one.
fn string_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += plain_len(text.get(at..)?);
        match text.get(at)? {
            b'"' => return Some(at + 1),
            // And what is escaped.
            _ => at += 2,
        }
    }
}

/// Where a value ends: at the comma behind it, or at the end.
fn value_end(value: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = value.get(at) {
        match byte {
            b'"' => at += string_end(&value[at + 1..]).unwrap_or_default(),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::value;
    use crate::encode::Encoder;
    use proptest::prelude::*;

    #[test]
    fn a_member_is_found_behind_others() {
        let members = br#""a":{"id":"no","b":["]",{}]},"b\"":"x,\"id\":1","id":"yes","n":-7"#;
        assert_eq!(value(members, "id"), Some(&b"\"yes\""[..]));
        assert_eq!(value(members, "n"), Some(&b"-7"[..]));
        assert_eq!(value(members, "b"), None);
        assert_eq!(value(b"", "id"), None);
    }

    proptest! {
        #[test]
        fn it_finds_what_serde_finds(texts in prop::collection::vec(any::<String>(), 1..6), at in 0..6_usize) {
            let mut out = Encoder::new();
            for (place, text) in texts.iter().enumerate() {
                out.json(if place == 0 { "\"k" } else { ",\"k" });
                out.integer(place);
                out.json("\":");
                out.list([text, text]);
            }
            let found = value(out.bytes(), &format!("k{at}")).map(|json| serde_json::from_slice::<[String; 2]>(json).unwrap());
            prop_assert_eq!(found, texts.get(at).map(|text| [text.clone(), text.clone()]));
        }
    }
}
