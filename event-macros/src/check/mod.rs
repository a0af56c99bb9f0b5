//! Rules that need more than one attribute, field or item. Each rule is one function. A rule
//! removes or marks what it reports, so that no second error follows.

mod aliases;
mod by_tokens;
mod circles;
mod context;
mod deduplicate;
mod derives;
mod elapsed;
mod fields;
mod free;
mod governance;
mod kinds;
mod level;
mod lifecycle;
mod nameless;
mod names;
mod optional;
mod reserved;
mod retired;
mod sensitive;
mod transition;
mod types;
mod unreadable;
mod values;
mod versions;
mod wide;

pub(crate) use by_tokens::{
    inner_of_option, may_be_missing, option_of, own_segment, presence_of, state_of,
};
pub(crate) use types::instead;
pub(crate) use versions::families;

use crate::ast::{Block, Event, Field, Value, ValueBody, VariantBody};
use crate::diag::Errors;
use crate::lock::Contract;
use proc_macro2::Span;

/// Checks a block and sets the names of its events.
pub(crate) fn block(block: &mut Block, contract: &Contract, errors: &Errors) {
    self::contract(contract, errors);
    let is_empty = block.domain.is_none()
        && block.events.is_empty()
        && block.groups.is_empty()
        && block.values.is_empty()
        && block.statuses.is_empty();
    if is_empty && errors.count() == 0 {
        errors.at(
            Span::call_site(),
            "the block declares nothing\nhelp: begin with `#[domain] pub enum Payment { Process }`, then `#[event(info)] pub struct PaymentProcessStarted { .. }`",
        );
    }
    reserved::types(block, errors);
    names::statuses(block, errors);
    names::actions(block, errors);
    for event in &mut block.events {
        fields::free_only_words(event, errors);
    }
    types::lifetimes(block, errors);
    kinds::check(block, errors);
    circles::check(block, errors);
    names::resolve(block, errors);
    versions::check(block, errors);
    for event in &mut block.events {
        aliases::length(event, errors);
    }
    aliases::of_block(block, errors);
    wide::lifetimes(block);
    for event in &mut block.events {
        let require = block.domain.as_ref().map(|domain| domain.require).unwrap_or_default();
        let owner = block.domain.as_ref().and_then(|domain| domain.owner.clone());
        event_rules(event, &block.values, errors);
        fields::required(event, require, owner.is_some(), errors);
        retired::check(event, contract, errors);
    }
    for group in &mut block.groups {
        reserved::group(group, errors);
        fields::list(&mut group.head, &mut group.fields, errors);
        derives::check(&mut group.head, &group.fields, errors);
        sensitive::context_group(group, errors);
    }
    for value in &mut block.values {
        value_rules(value, errors);
    }
    lifecycle::check(block, errors);
}

/// Checks a free event, whose domain is declared elsewhere.
pub(crate) fn free_event(event: &mut Event, contract: &Contract, errors: &Errors) {
    self::contract(contract, errors);
    free::resolve(event, errors);
    aliases::length(event, errors);
    aliases::of_event(event, errors);
    event_rules(event, &[], errors);
    retired::check(event, contract, errors);
}

/// A lock that cannot be read belongs to no token: it is reported for each macro call that needs
/// it.
pub(crate) fn contract(contract: &Contract, errors: &Errors) {
    if let Some(error) = &contract.error {
        errors.at(Span::call_site(), error);
    }
}

/// Checks a value type.
pub(crate) fn free_value(value: &mut Value, errors: &Errors) {
    value_rules(value, errors);
}

fn event_rules(event: &mut Event, values: &[Value], errors: &Errors) {
    let before = errors.count();
    reserved::event(event, errors);
    fields::list(&mut event.head, &mut event.fields, errors);
    derives::check(&mut event.head, &event.fields, errors);
    fields::entity(event, errors);
    context::check(event, errors);
    wide::check(event, errors);
    fields::thinning(event, errors);
    level::check(event, values, errors);
    transition::check(event, values, errors);
    governance::check(event, errors);
    deduplicate::check(event, errors);
    event.poisoned |= errors.count() != before;
}

fn set_within(fields: &mut [Field], name: &str) {
    for field in fields {
        field.within = Some(name.to_owned());
    }
}

fn value_rules(value: &mut Value, errors: &Errors) {
    let head = &mut value.head;
    match &mut value.body {
        ValueBody::Struct(fields) => {
            let name = head.ident.to_string();
            set_within(fields, &name);
            fields::nested(head, fields, errors);
        }
        ValueBody::Newtype { ty, held, .. } => {
            let name = head.ident.clone();
            sensitive::held(head, &sensitive::Holder::Type(&name), held, ty, errors);
            fields::held(head, ty, errors);
            optional::within(head, ty, errors);
        }
        ValueBody::Enum(variants) => {
            for variant in variants {
                match &mut variant.body {
                    VariantBody::Unit => {}
                    VariantBody::Newtype(ty) => {
                        let holder = sensitive::Holder::Variant(&variant.ident, &variant.name);
                        sensitive::held(head, &holder, &mut variant.held, ty, errors);
                        fields::held(head, ty, errors);
                        optional::within(head, ty, errors);
                    }
                    VariantBody::Struct(fields) => {
                        let name = variant.ident.to_string();
                        set_within(fields, &name);
                        fields::nested(head, fields, errors);
                    }
                }
            }
        }
    }
    values::check(value, errors);
    derives::of_value(value, errors);
}
