//! Objects, whose content model is open, closed, or partially open.

use super::compare::{Comparison, Step};
use super::kind::Kind;
use super::schemas::{Class, Id, Objects, Rest};
use crate::compat::pattern::language_of;
use std::collections::{BTreeMap, BTreeSet};

/// What an object says of a property that it does not name.
enum Unnamed {
    /// Nothing.
    Open,
    /// It has to fit a schema.
    Covered(Id),
    /// It may not be there: the keyword that says so.
    Closed(&'static str),
    /// A pattern that cannot be matched.
    Unknown(String),
}

impl Objects {
    fn unnamed(&self, name: &str) -> Unnamed {
        if self.patterns.is_empty() && self.additional.is_anything() && self.unevaluated.is_anything() {
            return Unnamed::Open;
        }
        for (pattern, schema) in &self.patterns {
            match language_of(pattern).and_then(|language| language.has(name)) {
                Some(true) => return Unnamed::Covered(*schema),
                Some(false) => {}
                None => return Unnamed::Unknown(pattern.clone()),
            }
        }
        match self.additional.schema.or(self.unevaluated.schema) {
            Some(schema) => Unnamed::Covered(schema),
            None if !self.additional.is_permitted => Unnamed::Closed("additionalProperties"),
            None if !self.unevaluated.is_permitted => Unnamed::Closed("unevaluatedProperties"),
            // Beside patterns that do not fit, the registry takes an object for closed that is not.
            None => Unnamed::Closed("patternProperties"),
        }
    }
}

pub(super) fn compare(comparison: &mut Comparison<'_, '_>, original: &Objects, update: &Objects) {
    required(comparison, original, update);
    properties(comparison, original, update);
    needed_names(comparison, &original.needs_names, &update.needs_names);
    needed_schemas(comparison, &original.needs_schemas, &update.needs_schemas);
    let kinds = [Kind::AdditionalPropertiesRemoved, Kind::AdditionalPropertiesNarrowed];
    rest(comparison, (original.additional, update.additional), kinds, "additionalProperties");
    let kinds = [Kind::UnevaluatedPropertiesRemoved, Kind::UnevaluatedPropertiesNarrowed];
    rest(comparison, (original.unevaluated, update.unevaluated), kinds, "unevaluatedProperties");
    let kinds = [Kind::MinPropertiesAdded, Kind::MinPropertiesIncreased];
    comparison.minimum(original.count, update.count, kinds, "minProperties");
    let kinds = [Kind::MaxPropertiesAdded, Kind::MaxPropertiesDecreased];
    comparison.maximum(original.count, update.count, kinds, "maxProperties");
}

/// Only of properties that both name: one that is added or removed is another matter.
fn required(comparison: &mut Comparison<'_, '_>, original: &Objects, update: &Objects) {
    for (name, property) in &update.properties {
        let is_new = update.required.contains(name) && !original.required.contains(name);
        if is_new && original.properties.contains_key(name) && !property.has_default {
            let was = comparison.original.place("required");
            comparison.differs_at(Kind::RequiredAttributeAdded, was, comparison.update.listed("required", name));
        }
    }
}

fn properties(comparison: &mut Comparison<'_, '_>, original: &Objects, update: &Objects) {
    for (name, before) in &original.properties {
        match update.properties.get(name) {
            Some(after) => comparison.inner(before.schema, after.schema),
            None => removed(comparison, update, name, before.schema),
        }
    }
    for name in update.properties.keys().filter(|name| !original.properties.contains_key(*name)) {
        added(comparison, original, update, name);
    }
}

fn removed(comparison: &mut Comparison<'_, '_>, update: &Objects, name: &str, before: Id) {
    let was = comparison.original.entry("properties", name);
    match update.unnamed(name) {
        Unnamed::Open => {}
        Unnamed::Covered(schema) => {
            if !(comparison.ask)((before, schema)) {
                let kind = Kind::PropertyRemovedNotCoveredByPartiallyOpenContentModel;
                comparison.differs_at(kind, was, comparison.schemas.get(schema).pointer.clone());
            }
        }
        Unnamed::Closed(keyword) => {
            if !comparison.is(before, |class| matches!(class, Class::False)) {
                let kind = Kind::PropertyRemovedFromClosedContentModel;
                comparison.differs_at(kind, was, comparison.update.place(keyword));
            }
        }
        Unnamed::Unknown(pattern) => comparison.steps.push(unknown(&pattern)),
    }
}

fn added(comparison: &mut Comparison<'_, '_>, original: &Objects, update: &Objects, name: &str) {
    let after = &update.properties[name];
    let model = original.unnamed(name);
    let is_at = comparison.update.entry("properties", name);
    match &model {
        Unnamed::Covered(schema) => {
            if !(comparison.ask)((*schema, after.schema)) {
                let kind = Kind::PropertyAddedNotCoveredByPartiallyOpenContentModel;
                comparison.differs_at(kind, comparison.schemas.get(*schema).pointer.clone(), is_at.clone());
            }
        }
        Unnamed::Unknown(pattern) => comparison.steps.push(unknown(pattern)),
        Unnamed::Open | Unnamed::Closed(_) => {}
    }
    let (is_open, is_required) = (matches!(model, Unnamed::Open), update.required.contains(name));
    if is_required && !after.has_default {
        let kind = if is_open {
            Kind::RequiredPropertyAddedToOpenContentModel
        } else {
            Kind::RequiredPropertyAddedToUnopenContentModel
        };
        let was = comparison.original.place("required");
        comparison.differs_at(kind, was, comparison.update.listed("required", name));
    } else if is_open && !comparison.is(after.schema, |class| matches!(class, Class::Empty)) {
        let kind = if is_required {
            Kind::RequiredPropertyWithDefaultAddedToOpenContentModel
        } else {
            Kind::OptionalPropertyAddedToOpenContentModel
        };
        comparison.differs_at(kind, comparison.original.place("properties"), is_at);
    }
}

fn unknown(pattern: &str) -> Step {
    Step::Open(format!("whether the pattern `{pattern}` fits a name"))
}

fn needed_names(
    comparison: &mut Comparison<'_, '_>,
    original: &BTreeMap<String, BTreeSet<String>>,
    update: &BTreeMap<String, BTreeSet<String>>,
) {
    for (name, after) in update {
        let kind = match original.get(name) {
            None => Kind::DependencyArrayAdded,
            Some(before) if after.is_subset(before) => continue,
            Some(before) if before.is_subset(after) => Kind::DependencyArrayExtended,
            Some(_) => Kind::DependencyArrayChanged,
        };
        comparison.entry_differs(kind, dependency_keyword(comparison, "dependentRequired"), name);
    }
}

fn needed_schemas(comparison: &mut Comparison<'_, '_>, original: &BTreeMap<String, Id>, update: &BTreeMap<String, Id>) {
    for (name, after) in update {
        match original.get(name) {
            Some(before) => comparison.inner(*before, *after),
            None => {
                let keyword = dependency_keyword(comparison, "dependentSchemas");
                comparison.entry_differs(Kind::DependencySchemaAdded, keyword, name);
            }
        }
    }
}

/// The keyword that dependencies stand behind in this draft.
fn dependency_keyword(comparison: &Comparison<'_, '_>, since_2019: &'static str) -> &'static str {
    let has = comparison.update.members.is_some_and(|members| members.contains_key(since_2019));
    if has { since_2019 } else { "dependencies" }
}

/// What is said of the rest: that it is closed now, and that it is narrower.
pub(super) fn rest(
    comparison: &mut Comparison<'_, '_>,
    (original, update): (Rest, Rest),
    [removed, narrowed]: [Kind; 2],
    keyword: &str,
) {
    match (original.schema, update.schema) {
        _ if !update.is_permitted => {
            if original.is_permitted {
                comparison.differs(removed, keyword);
            }
        }
        // Nothing was there that could be too much.
        _ if !original.is_permitted => {}
        (None, Some(_)) => comparison.differs(narrowed, keyword),
        (Some(before), Some(after)) => comparison.inner(before, after),
        (_, None) => {}
    }
}
