//! Lists. The places of a tuple are treated as the properties of an object are.

use super::compare::Comparison;
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
    comparison.minimum(original.count, update.count, [Kind::MinItemsAdded, Kind::MinItemsIncreased], "minItems");
    comparison.maximum(original.count, update.count, [Kind::MaxItemsAdded, Kind::MaxItemsDecreased], "maxItems");
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
    let kind = match update.additional.schema {
        Some(schema) if (comparison.ask)((before, schema)) => return,
        Some(_) => Kind::ItemRemovedNotCoveredByPartiallyOpenContentModel,
        None if update.additional.is_permitted || comparison.is(before, |class| matches!(class, Class::False)) => {
            return;
        }
        None => Kind::ItemRemovedFromClosedContentModel,
    };
    let was = comparison.original.entry(of_places(comparison.original), &index.to_string());
    comparison.differs_at(kind, was, comparison.update.place(of_the_rest(comparison.update)));
}

fn added(comparison: &mut Comparison<'_, '_>, original: &Lists, after: Id, index: usize) {
    let kind = match original.additional.schema {
        Some(schema) if (comparison.ask)((schema, after)) => return,
        Some(_) => Kind::ItemAddedNotCoveredByPartiallyOpenContentModel,
        // Nothing stood there where the list was closed.
        None if !original.additional.is_permitted || comparison.is(after, |class| matches!(class, Class::Empty)) => {
            return;
        }
        None => Kind::ItemAddedToOpenContentModel,
    };
    let is_at = comparison.update.entry(of_places(comparison.update), &index.to_string());
    comparison.differs_at(kind, comparison.original.place(of_the_rest(comparison.original)), is_at);
}

/// The keyword of the places of a tuple.
fn of_places(schema: &Schema<'_>) -> &'static str {
    if is_of_2020(schema) { "prefixItems" } else { "items" }
}

/// The keyword of the items after those.
fn of_the_rest(schema: &Schema<'_>) -> &'static str {
    if is_of_2020(schema) { "items" } else { "additionalItems" }
}

fn is_of_2020(schema: &Schema<'_>) -> bool {
    schema.members.is_some_and(|members| members.contains_key("prefixItems"))
}
