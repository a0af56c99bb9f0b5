//! The groups that a unit of work has collected. The members of a group are encoded when it is
//! added.

use crate::model::meta::EventMeta;
use crate::value::encode::{Fields, Preencoded, scan};
use std::sync::{Mutex, PoisonError};

/// The contributions of one unit of work. The unit shares them with the contexts that it is bound
/// in.
#[derive(Debug)]
pub(super) struct Contributions {
    pub(super) event: &'static EventMeta,
    /// By the index of the contribution in `wide(..)`: the last one that was added, or empty.
    /// `None` after the unit was flushed. The lock is held only to swap encoded members, never
    /// while something is encoded.
    added: Mutex<Option<Vec<Preencoded>>>,
}

impl Contributions {
    pub(super) fn new(event: &'static EventMeta) -> Self {
        let added = event.wide.iter().map(|_| Preencoded::default()).collect();
        Self { event, added: Mutex::new(Some(added)) }
    }

    /// Replaces the contribution at `place`. Returns whether the unit is still open.
    pub(super) fn replace(&self, place: usize, contribution: &dyn Fields) -> bool {
        let contribution = Preencoded::of(contribution);
        self.change(place, |added| std::mem::replace(added, contribution))
    }

    /// Merges `contribution` over the one at `place`. Returns whether the unit is still open.
    pub(super) fn overlay(&self, place: usize, contribution: &dyn Fields) -> bool {
        let contribution = Preencoded::of(contribution);
        self.change(place, |added| {
            let merged =
                added.replaced(overlaid(added.members(), contribution.members()), &contribution);
            std::mem::replace(added, merged)
        })
    }

    fn change(&self, place: usize, change: impl FnOnce(&mut Preencoded) -> Preencoded) -> bool {
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        let before = added.as_mut().and_then(|added| added.get_mut(place)).map(change);
        // The old members are freed by the thread that replaced them, outside the lock.
        drop(added);
        before.is_some()
    }

    /// Takes the contributions. No more can be added.
    pub(super) fn close(&self) -> Vec<Preencoded> {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }
}

/// The members of both. A member of `later` replaces the member of `earlier` with the same key,
/// unless it is `null`.
fn overlaid<'a>(earlier: &'a [u8], later: &'a [u8]) -> Box<[u8]> {
    let each = |members: &'a [u8]| scan::each(members.strip_prefix(b",").unwrap_or(members));
    let mut merged: Vec<(&[u8], &[u8])> = each(earlier).collect();
    for (key, value) in each(later) {
        match merged.iter_mut().find(|(known, _)| *known == key) {
            Some((_, earlier)) if value != b"null" => *earlier = value,
            Some(_) => {}
            None => merged.push((key, value)),
        }
    }
    let pieces: Vec<&[u8]> =
        merged.into_iter().flat_map(|(key, value)| [b",\"", key, b"\":", value]).collect();
    pieces.concat().into()
}

#[cfg(test)]
mod tests {
    use super::overlaid;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    fn members(map: &Map<String, Value>) -> Vec<u8> {
        let member =
            |(key, value): (&String, &Value)| format!(",{}:{value}", Value::from(key.as_str()));
        map.iter().map(member).collect::<String>().into_bytes()
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            prop::collection::vec(any::<String>(), 0..3).prop_map(Value::from),
            (any::<String>(), any::<bool>())
                .prop_map(|(key, value)| serde_json::json!({ key: [value, null] })),
        ]
    }

    fn map() -> impl Strategy<Value = Map<String, Value>> {
        // Few keys, so that they collide; difficult keys among them.
        let key = proptest::sample::select(vec!["a", "b", "c\"", "\\", ",\"d\":"]);
        prop::collection::btree_map(key, value(), 0..5)
            .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    proptest! {
        #[test]
        fn what_is_null_later_keeps_what_was(earlier in map(), later in map()) {
            let mut expected = earlier.clone();
            for (key, value) in &later {
                if !value.is_null() || !earlier.contains_key(key) {
                    expected.insert(key.clone(), value.clone());
                }
            }
            let merged = overlaid(&members(&earlier), &members(&later));
            let object = format!("{{{}}}", str::from_utf8(&merged).unwrap().trim_start_matches(','));
            prop_assert_eq!(serde_json::from_str::<Map<String, Value>>(&object).unwrap(), expected);
        }
    }
}
