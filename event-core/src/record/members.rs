//! Finding members in what the encoder has written.

use super::{Entity, Record};
use crate::meta::{FieldMeta, Member, Role};

/// What the record is about.
pub(super) fn entity<'a>(record: &Record<'a>) -> Option<Entity<'a>> {
    let (own, wide) = (record.meta().members, record.meta().wide);
    let added = || wide.iter().find_map(|group| find(group.members, entity_kind));
    let (kind, id) = match find(own, entity_kind).or_else(added) {
        Some((kind, field)) => (kind, value(record.payload(), field.name)?),
        None => {
            let (kind, field) = record.meta().context.iter().find_map(|group| find(group.members, entity_kind))?;
            (kind, value(record.context(), field.name)?)
        }
    };
    let is_id = matches!(id.as_bytes().first(), Some(b'"' | b'-' | b'0'..=b'9'));
    let added = || wide.iter().find_map(|group| find(group.members, entity_version));
    let version = find(own, entity_version).or_else(added).and_then(|((), field)| value(record.payload(), field.name));
    is_id.then_some(Entity { kind, id, version: version.filter(|version| *version != "null") })
}

fn entity_kind(field: &'static FieldMeta) -> Option<&'static str> {
    match field.role {
        Role::Entity { kind } => Some(kind),
        _ => None,
    }
}

fn entity_version(field: &'static FieldMeta) -> Option<()> {
    matches!(field.role, Role::EntityVersion).then_some(())
}

/// The first field, in groups too, for which `ask` has an answer.
fn find<T>(members: &'static [Member], ask: fn(&'static FieldMeta) -> Option<T>) -> Option<(T, &'static FieldMeta)> {
    members.iter().find_map(|member| match member {
        Member::Field(field) => ask(field).map(|answer| (answer, field)),
        Member::Group(group) => find(group.members, ask),
    })
}

/// The value of one of `members`, which the encoder has written: `"key":value,"key":value`.
fn value<'a>(members: &'a [u8], key: &str) -> Option<&'a str> {
    let (_, value) = each(members).find(|(name, _)| *name == key.as_bytes())?;
    str::from_utf8(value).ok()
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
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
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
        assert_eq!(value(members, "id"), Some("\"yes\""));
        assert_eq!(value(members, "n"), Some("-7"));
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
            let found = value(out.bytes(), &format!("k{at}")).map(|json| serde_json::from_str::<[String; 2]>(json).unwrap());
            prop_assert_eq!(found, texts.get(at).map(|text| [text.clone(), text.clone()]));
        }
    }
}
