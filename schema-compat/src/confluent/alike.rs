//! Which schemas are equal, and which are alike.
//!
//! *Equal* schemas have the same keywords with the same values: the registry collapses them in a
//! combination. *Alike* schemas differ at most in annotations, so their comparisons give the same
//! result. A result for one pair of schemas is reused for every alike pair, so repeated definitions
//! cost no more than one.

use super::schemas::{Class, Id, Schema, Schemas};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Collapses the equal schemas of each combination; returns, for each schema, the first alike
/// schema.
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
            // The order does not change the matching.
            parts.sort_unstable();
        }
        alike[id] = *alikes.entry((class, schema.is_bytes)).or_insert(id);
    }
    alike
}

/// Every schema after the schemas inside it. Inner schemas have longer pointers, except those that
/// the registry makes from keywords of the same schema: these have been read earlier, so the
/// reading order puts them first.
fn inner_first(all: &[Schema<'_>]) -> Vec<Id> {
    let mut ids: Vec<Id> = (0..all.len()).collect();
    ids.sort_by_key(|id| (Reverse(all[*id].pointer.len()), all[*id].is_written, *id));
    ids
}

/// The class, with each inner schema replaced by its representative. References stay, because they
/// may form a circle.
fn with_ids_of(class: &Class, representatives: &[Id]) -> Class {
    let mut class = class.clone();
    class.each_inner(&mut |id| *id = representatives[*id]);
    class
}
