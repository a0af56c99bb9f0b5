//! Objects: their content model is open, closed, or partially open.

use super::comparison::{Comparison, Step};
use super::content::{ByName, Content};
use super::kind::Kind;
use super::schemas::{Class, Id, Objects, Property, Rest};
use std::collections::{BTreeMap, BTreeSet};

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

/// Compares only properties of both versions; added and removed ones are compared elsewhere.
fn required(comparison: &mut Comparison<'_, '_>, original: &Objects, update: &Objects) {
    for (name, property) in &update.properties {
        let is_new = update.required.contains(name) && !original.required.contains(name);
        if is_new && original.properties.contains_key(name) && !property.has_default {
            required_differs(comparison, Kind::RequiredAttributeAdded, name);
        }
    }
}

fn properties(comparison: &mut Comparison<'_, '_>, original: &Objects, update: &Objects) {
    let (mut before_by_name, mut after_by_name) = (ByName::new(original), ByName::new(update));
    for (name, before) in &original.properties {
        match update.properties.get(name) {
            Some(after) => comparison.inner(before.schema, after.schema),
            None => removed(comparison, after_by_name.of(name), name, before.schema),
        }
    }
    for (name, after) in
        update.properties.iter().filter(|(name, _)| !original.properties.contains_key(*name))
    {
        added(comparison, before_by_name.of(name), name, after, update.required.contains(name));
    }
    comparison.work += before_by_name.work() + after_by_name.work();
}

fn removed(comparison: &mut Comparison<'_, '_>, content: Content, name: &str, before: Id) {
    let was = comparison.original.entry("properties", name);
    match content {
        Content::Open => {}
        Content::Covered(schema) => {
            if !comparison.is_covered(before, schema) {
                let kind = Kind::PropertyRemovedNotCoveredByPartiallyOpenContentModel;
                comparison.differs_at(kind, was, comparison.schemas.get(schema).pointer.clone());
            }
        }
        Content::Closed(keyword) => {
            if !comparison.is(before, |class| matches!(class, Class::False)) {
                let kind = Kind::PropertyRemovedFromClosedContentModel;
                comparison.differs_at(kind, was, comparison.update.place(keyword));
            }
        }
        Content::Unknown(pattern) => comparison.steps.push(unknown(&pattern)),
    }
}

fn added(
    comparison: &mut Comparison<'_, '_>,
    content: Content,
    name: &str,
    after: &Property,
    is_required: bool,
) {
    let is_at = comparison.update.entry("properties", name);
    match content {
        Content::Open => return added_to_open(comparison, name, after, is_required),
        Content::Covered(schema) => {
            if !comparison.is_covered(schema, after.schema) {
                let kind = Kind::PropertyAddedNotCoveredByPartiallyOpenContentModel;
                comparison.differs_at(kind, comparison.schemas.get(schema).pointer.clone(), is_at);
            }
        }
        Content::Unknown(pattern) => comparison.steps.push(unknown(&pattern)),
        Content::Closed(_) => {}
    }
    if is_required && !after.has_default {
        required_differs(comparison, Kind::RequiredPropertyAddedToUnopenContentModel, name);
    }
}

/// The empty schema is checked first: the registry lets it pass even if it is required.
fn added_to_open(
    comparison: &mut Comparison<'_, '_>,
    name: &str,
    after: &Property,
    is_required: bool,
) {
    if comparison.is(after.schema, |class| matches!(class, Class::Empty)) {
        return;
    }
    let kind = match (is_required, after.has_default) {
        (true, false) => {
            return required_differs(
                comparison,
                Kind::RequiredPropertyAddedToOpenContentModel,
                name,
            );
        }
        (true, true) => Kind::RequiredPropertyWithDefaultAddedToOpenContentModel,
        (false, _) => Kind::OptionalPropertyAddedToOpenContentModel,
    };
    let (was, is_at) =
        (comparison.original.place("properties"), comparison.update.entry("properties", name));
    comparison.differs_at(kind, was, is_at);
}

/// Reports a new name in the list of required properties.
fn required_differs(comparison: &mut Comparison<'_, '_>, kind: Kind, name: &str) {
    comparison.differs_at(
        kind,
        comparison.original.place("required"),
        comparison.update.listed("required", name),
    );
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

fn needed_schemas(
    comparison: &mut Comparison<'_, '_>,
    original: &BTreeMap<String, Id>,
    update: &BTreeMap<String, Id>,
) {
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

/// The keyword for dependencies in this draft.
fn dependency_keyword(comparison: &Comparison<'_, '_>, since_2019: &'static str) -> &'static str {
    let has = comparison.update.members.is_some_and(|members| members.contains_key(since_2019));
    if has { since_2019 } else { "dependencies" }
}

/// Compares the rule for the rest: whether it is closed now, and whether it is narrower.
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
        // The old object was closed, so nothing more was written.
        _ if !original.is_permitted => {}
        (None, Some(_)) => comparison.differs(narrowed, keyword),
        (Some(before), Some(after)) => comparison.inner(before, after),
        (_, None) => {}
    }
}
