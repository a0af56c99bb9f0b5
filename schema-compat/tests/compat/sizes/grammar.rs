//! Pairs of schemas from bytes: shapes and sizes, one or several in one document.

use super::shapes::{Pair, SHAPES, Shape};
use serde_json::{Map, Value};

/// Bytes of a shape: which one, its size, and how it is joined to what came before.
const EACH: usize = 4;
const MOST: usize = 4;

/// A pair; none for too few bytes.
pub(crate) fn pair(bytes: &[u8]) -> Option<Pair> {
    let mut shapes = shapes(bytes).map(|(shape, size, how)| (shape.pair(size), how));
    let (mut joined, _) = shapes.next()?;
    for (mut other, how) in shapes {
        joined = match how % 5 {
            // The new schema of another shape.
            0 => Pair { old: joined.old.take(), new: other.new.take() },
            how => Pair {
                old: join(how, joined.old.take(), other.old.take()),
                new: join(how, joined.new.take(), other.new.take()),
            },
        };
    }
    Some(joined)
}

/// Which shapes there are, and of which sizes.
pub(crate) fn described(bytes: &[u8]) -> String {
    shapes(bytes)
        .map(|(shape, size, how)| format!("{}: {size} ({how})", shape.name))
        .collect::<Vec<_>>()
        .join(", ")
}

fn shapes(bytes: &[u8]) -> impl Iterator<Item = (&'static Shape, usize, u8)> {
    bytes.chunks_exact(EACH).take(MOST).map(|bytes| {
        let shape = &SHAPES[usize::from(bytes[0]) % SHAPES.len()];
        (shape, size(shape, u16::from_le_bytes([bytes[1], bytes[2]])), bytes[3])
    })
}

/// Up to twice the largest that is measured.
fn size(shape: &Shape, of: u16) -> usize {
    let (largest, of, all) = (shape.sizes[2], usize::from(of), usize::from(u16::MAX) / 2);
    (largest / all).saturating_mul(of).saturating_add(largest % all * of / all)
}

/// One schema of two. Nothing here may recurse: a schema may be deep.
fn join(how: u8, mut left: Value, mut right: Value) -> Value {
    let mut root = Map::new();
    for part in [&mut left, &mut right] {
        hoist(part, &mut root);
    }
    match how {
        1 => {
            let members = Map::from_iter([("left".to_owned(), left), ("right".to_owned(), right)]);
            root.insert("properties".to_owned(), members.into());
        }
        how => {
            let keyword = ["anyOf", "allOf", "oneOf"][usize::from(how) % 3];
            root.insert(keyword.to_owned(), vec![left, right].into());
        }
    }
    root.into()
}

/// Definitions and the draft are the root's. Where both have a definition of one name, the later
/// one counts.
fn hoist(part: &mut Value, root: &mut Map<String, Value>) {
    let Some(members) = part.as_object_mut() else { return };
    if let Some(draft) = members.remove("$schema") {
        root.insert("$schema".to_owned(), draft);
    }
    if let Some(Value::Object(definitions)) = members.remove("$defs")
        && let Some(all) = root.entry("$defs").or_insert_with(|| Map::new().into()).as_object_mut()
    {
        all.extend(definitions);
    }
}
