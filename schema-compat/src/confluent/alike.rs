//! Which schemas are equal, and which are alike.
//!
//! *Equal* schemas say the same in every keyword: the registry collapses them in a combination.
//! *Alike* schemas are compared alike, because they differ in annotations at most: what is known of
//! a pair of schemas is known of every pair that is alike, so that definitions that repeat each
//! other cost no more than one.

use super::schemas::{Class, Id, Schema, Schemas};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Collapses equal schemas of each combination; gives each schema's first one that is alike.
pub(super) fn collapse(schemas: &mut Schemas<'_>) -> Vec<Id> {
    let (mut equals, mut alikes) = (HashMap::new(), HashMap::new());
    let everyone: Vec<Id> = (0..schemas.all().len()).collect();
    let (mut equal, mut alike) = (everyone.clone(), everyone);
    for id in inner_first(schemas.all()) {
        if let Class::Combined(_, parts) = schemas.class_mut(id) {
            let mut met = HashSet::new();
            parts.retain(|part| met.insert(equal[*part]));
        }
        let schema = schemas.get(id);
        let key = (with_ids_of(&schema.class, &equal), schema.beside.clone());
        equal[id] = *equals.entry(key).or_insert(id);
        let mut class = with_ids_of(&schema.class, &alike);
        if let Class::Combined(_, parts) = &mut class {
            // In which order they are does not change what they are matched with.
            parts.sort_unstable();
        }
        alike[id] = *alikes.entry((class, schema.is_bytes)).or_insert(id);
    }
    alike
}

/// Every schema after those that it is made of. The pointers of those are longer, unless no keyword
/// of their own has been written for them: then they come before it in the order in which they have
/// been read.
fn inner_first(all: &[Schema<'_>]) -> Vec<Id> {
    let mut ids: Vec<Id> = (0..all.len()).collect();
    ids.sort_by_key(|id| (Reverse(all[*id].pointer.len()), all[*id].is_written, *id));
    ids
}

/// The class, with each inner schema's representative in its place. References stay: they may lead
/// back.
fn with_ids_of(class: &Class, representatives: &[Id]) -> Class {
    let mut class = class.clone();
    class.each_inner(&mut |id| *id = representatives[*id]);
    class
}
