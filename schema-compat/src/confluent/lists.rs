//! Lists. The items of a tuple are compared like the properties of an object.

use super::comparison::Comparison;
use super::content::{Content, of_places};
use super::kind::Kind;
use super::objects::rest;
use super::schemas::{Class, Id, Lists, Schema};

pub(super) fn compare(comparison: &mut Comparison<'_, '_>, original: &Lists, update: &Lists) {
    match (original.items, update.items) {
        (None, Some(_)) => comparison.differs(Kind::SchemaAdded, "items"),
        (Some(before), Some(after)) => comparison.inner(before, after),
        (_, None) => {}
    }
    tuple(comparison, original, update);
    let keyword = of_the_rest(comparison.update);
    let kinds = [Kind::AdditionalItemsRemoved, Kind::AdditionalItemsNarrowed];
    rest(comparison, (original.additional, update.additional), kinds, keyword);
    let kinds = [Kind::UnevaluatedItemsRemoved, Kind::UnevaluatedItemsNarrowed];
    rest(comparison, (original.unevaluated, update.unevaluated), kinds, "unevaluatedItems");
    let (before, after) = (original.contained, update.contained);
    comparison.minimum(
        before,
        after,
        [Kind::MinContainsAdded, Kind::MinContainsIncreased],
        "minContains",
    );
    comparison.maximum(
        before,
        after,
        [Kind::MaxContainsAdded, Kind::MaxContainsDecreased],
        "maxContains",
    );
    comparison.minimum(
        original.count,
        update.count,
        [Kind::MinItemsAdded, Kind::MinItemsIncreased],
        "minItems",
    );
    comparison.maximum(
        original.count,
        update.count,
        [Kind::MaxItemsAdded, Kind::MaxItemsDecreased],
        "maxItems",
    );
    if update.is_unique && !original.is_unique {
        comparison.differs(Kind::UniqueItemsAdded, "uniqueItems");
    }
}

fn tuple(comparison: &mut Comparison<'_, '_>, original: &Lists, update: &Lists) {
    for (before, after) in original.tuple.iter().zip(&update.tuple) {
        comparison.inner(*before, *after);
    }
    for (index, before) in original.tuple.iter().enumerate().skip(update.tuple.len()) {
        removed(comparison, update, *before, index);
    }
    for (index, after) in update.tuple.iter().enumerate().skip(original.tuple.len()) {
        added(comparison, original, *after, index);
    }
}

fn removed(comparison: &mut Comparison<'_, '_>, update: &Lists, before: Id, index: usize) {
    let was = comparison.original.entry(of_tuple(comparison.original), &index.to_string());
    match of_places(update, of_the_rest(comparison.update)) {
        Content::Covered(schema) => {
            if !comparison.is_covered(before, schema) {
                let kind = Kind::ItemRemovedNotCoveredByPartiallyOpenContentModel;
                comparison.differs_at(kind, was, comparison.schemas.get(schema).pointer.clone());
            }
        }
        Content::Closed(keyword) => {
            if !comparison.is(before, |class| matches!(class, Class::False)) {
                let kind = Kind::ItemRemovedFromClosedContentModel;
                comparison.differs_at(kind, was, comparison.update.place(keyword));
            }
        }
        Content::Open | Content::Unknown(_) => {}
    }
}

fn added(comparison: &mut Comparison<'_, '_>, original: &Lists, after: Id, index: usize) {
    let is_at = comparison.update.entry(of_tuple(comparison.update), &index.to_string());
    let keyword = of_the_rest(comparison.original);
    match of_places(original, keyword) {
        Content::Covered(schema) => {
            if !comparison.is_covered(schema, after) {
                let kind = Kind::ItemAddedNotCoveredByPartiallyOpenContentModel;
                comparison.differs_at(kind, comparison.schemas.get(schema).pointer.clone(), is_at);
            }
        }
        Content::Open => {
            if !comparison.is(after, |class| matches!(class, Class::Empty)) {
                let was = comparison.original.place(keyword);
                comparison.differs_at(Kind::ItemAddedToOpenContentModel, was, is_at);
            }
        }
        // The old list was closed, so the item was never written.
        Content::Closed(_) | Content::Unknown(_) => {}
    }
}

/// The keyword for the items of a tuple.
fn of_tuple(schema: &Schema<'_>) -> &'static str {
    if is_of_2020(schema) { "prefixItems" } else { "items" }
}

/// The keyword for the items after the tuple.
fn of_the_rest(schema: &Schema<'_>) -> &'static str {
    if is_of_2020(schema) { "items" } else { "additionalItems" }
}

fn is_of_2020(schema: &Schema<'_>) -> bool {
    schema.members.is_some_and(|members| members.contains_key("prefixItems"))
}
