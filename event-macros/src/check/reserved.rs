//! Keys that a line uses itself: a field must not have such a name.

use crate::ast::{Block, Event, Field, Group, Head, Role};
use crate::diag::Errors;
use event_grammar::fields::{
    RESERVED, RESERVED_FOR_CONTEXT, RESERVED_FOR_SAMPLED, RESERVED_FOR_UNITS,
};
use event_grammar::name;
use syn::LitStr;
use syn::ext::IdentExt;

/// A block's domain generates an enum of its newest events. rustc would report a second type of
/// that name as well, so that type is removed.
pub(super) fn types(block: &mut Block, errors: &Errors) {
    let Some(domain) = &block.domain else { return };
    let taken = domain.event_enum();
    let is_free = |head: &Head| {
        let is_taken = head.ident == taken;
        if is_taken {
            errors.on(
                &head.ident,
                format!(
                    "`{taken}` is the name of the generated enum over the block's newest events\nhelp: rename this type"
                ),
            );
        }
        !is_taken
    };
    block.events.retain(|event| is_free(&event.head));
    block.groups.retain(|group| is_free(&group.head));
    block.values.retain(|value| is_free(&value.head));
    block.statuses.retain(|statuses| is_free(&statuses.head));
}

/// The keys that each line of the event has.
pub(super) fn event(event: &Event, errors: &Errors) {
    for field in event.fields.iter().filter(|field| !field.is_flattened()) {
        line(field, &event.name.domain, errors);
        context(field, errors);
        sampled(event, field, errors);
        states(event, field, errors);
    }
}

/// A group's fields become keys of lines; context groups may have fields that have a place of their
/// own there.
pub(super) fn group(group: &Group, errors: &Errors) {
    let stem = name::words(&group.head.ident.unraw().to_string()).swap_remove(0);
    for field in group.fields.iter().filter(|field| !field.is_flattened()) {
        line(field, &stem, errors);
        if !group.context {
            context(field, errors);
        }
    }
}

fn line(field: &Field, stem: &str, errors: &Errors) {
    let name = field.name.as_str();
    if RESERVED.contains(&name) {
        errors.on(
            &field.ident,
            format!("the field name `{name}` is reserved: every line has that key itself\nhelp: name it `{stem}_{name}`, for example; `#[field(alias(\"{name}\"))]` reads the key of another system's payload"),
        );
    }
}

fn context(field: &Field, errors: &Errors) {
    let name = field.name.as_str();
    if RESERVED_FOR_CONTEXT.contains(&name) {
        errors.on(
            &field.ident,
            format!("the field name `{name}` is reserved for context\nhelp: move it to a `#[group(context)]` that the event names in `context(..)`"),
        );
    }
}

/// The record of a sampled event or of a unit of work has keys about the sampling.
fn sampled(event: &Event, field: &Field, errors: &Errors) {
    let (what, writer) = match (&event.sample, &event.wide) {
        (Some(_), None) => ("sampled", "`sample = ..`"),
        (_, Some(_)) => ("wide", "the unit of work"),
        (None, None) => return,
    };
    let mut keys =
        std::iter::once(field.name.clone()).chain(field.aliases.iter().map(LitStr::value));
    let is_reserved = |key: &String| {
        let key = key.as_str();
        RESERVED_FOR_SAMPLED.contains(&key)
            || event.wide.is_some() && RESERVED_FOR_UNITS.contains(&key)
    };
    if let Some(key) = keys.find(is_reserved) {
        errors.on(
            &field.ident,
            format!("the key `{key}` is reserved: the record of a {what} event has it\nhelp: give the field another one; {writer} writes it"),
        );
    }
}

/// A transition is written as the fields `before` and `after`.
fn states(event: &Event, field: &Field, errors: &Errors) {
    let transition = event.fields.iter().find(|field| matches!(field.role, Role::Transition(_)));
    if let Some(transition) = transition
        && ["before", "after"].contains(&field.name.as_str())
    {
        errors.on(
            &field.ident,
            format!("the field name `{}` is that of a state of the transition `{}`\nhelp: rename the field, or remove `#[transition]`", field.name, transition.ident),
        );
    }
}
