//! A field's type must be a value type: not an event, not an enum of words, and a group only with
//! `#[group]`.

use super::by_tokens::leaf;
use super::types::held;
use crate::ast::{Block, Field, Head};
use crate::diag::Errors;
use std::collections::HashMap;
use syn::Type;

/// The types of a block that are not value types, each with its kind.
type Kinds = HashMap<String, &'static str>;

/// Checks the fields whose types the block declares.
pub(super) fn check(block: &mut Block, errors: &Errors) {
    let mut kinds = Kinds::new();
    kinds.extend(block.events.iter().map(|event| (event.head.ident.to_string(), "event")));
    kinds.extend(block.groups.iter().map(|group| (group.head.ident.to_string(), "group")));
    kinds.extend(
        block.statuses.iter().map(|statuses| (statuses.head.ident.to_string(), "statuses")),
    );
    kinds.extend(block.domain.iter().map(|domain| (domain.head.ident.to_string(), "domain")));
    for event in &mut block.events {
        fields(&mut event.head, &event.fields, &kinds, errors);
    }
    for group in &mut block.groups {
        fields(&mut group.head, &group.fields, &kinds, errors);
    }
    for value in &mut block.values {
        let count = errors.count();
        for (ty, field) in held(value) {
            if field.is_none_or(is_value) {
                one(ty, false, &kinds, errors);
            }
        }
        value.head.shell |= errors.count() != count;
    }
}

fn fields(head: &mut Head, list: &[Field], kinds: &Kinds, errors: &Errors) {
    let count = errors.count();
    for field in list.iter().filter(|field| is_value(field)) {
        one(&field.ty, true, kinds, errors);
    }
    head.shell |= errors.count() != count;
}

/// Whether `EventValue` writes the field's type.
fn is_value(field: &Field) -> bool {
    !field.is_flattened() && !field.opaque && !field.is_masked()
}

fn one(ty: &Type, may_have_groups: bool, kinds: &Kinds, errors: &Errors) {
    let Some(name) = leaf(ty) else { return };
    let Some(kind) = kinds.get(&name.to_string()) else { return };
    let message = match *kind {
        "group" if may_have_groups => format!(
            "`{name}` is a group of fields, not a value\nhelp: write `#[group]` above the field; to nest it under one key, declare `{name}` with `#[value]`"
        ),
        "group" => format!(
            "`{name}` is a group of fields, not a value\nhelp: declare it with `#[value]`: a value holds values only"
        ),
        "event" => format!(
            "`{name}` is an event, not a value\nhelp: move the fields that both need into a `#[group]` or a `#[value]`"
        ),
        "domain" => format!(
            "`{name}` is the domain's enum, not a value: its variants are the actions of names\nhelp: declare an enum of its own with `#[value]`"
        ),
        _ => format!(
            "`{name}` is an enum of statuses, not a value\nhelp: declare an enum of its own with `#[value]`"
        ),
    };
    errors.on(ty, message);
}
