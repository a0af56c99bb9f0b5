//! Reads a block, or the item of a derive: each item is parsed as the kind that its attribute
//! declares.

use super::derived::derived_words;
use super::field::{Owner, named_fields};
use super::item::{Item, StructBody, derived, item, starts_item};
use super::misplaced::{self, KINDS, On};
use super::refused::{refuse_derives, refuse_parameters};
use super::{domain, event, value, words_of};
use crate::ast::{Block, Domain, Event, Head, Value};
use crate::diag::Errors;
use event_grammar::suggest;
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Meta, Path};

/// Reads the body of `events!`.
pub(crate) fn block(tokens: TokenStream, errors: &Errors) -> Block {
    let mut block = Block::default();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let before = input.cursor();
            match item(input, errors) {
                Ok(item) => add(&mut block, item, errors),
                Err(error) => {
                    errors.push(error);
                    if input.cursor() == before {
                        let _ = input.parse::<TokenTree>();
                    }
                    skip(input);
                }
            }
        }
        Ok(())
    };
    // The parser always reads to the end.
    if let Err(error) = parser.parse2(tokens) {
        errors.push(error);
    }
    block
}

/// Skips to the probable start of the next item.
fn skip(input: ParseStream<'_>) {
    while !input.is_empty() && !starts_item(input) {
        let _ = input.parse::<TokenTree>();
    }
}

fn kind_of(attrs: &[Attribute]) -> Vec<Ident> {
    attrs
        .iter()
        .filter_map(|attr| attr.path().get_ident())
        .filter(|ident| KINDS.iter().any(|kind| *ident == kind))
        .cloned()
        .collect()
}

/// Takes the attribute that declares the item's kind. A second such attribute is reported and
/// removed.
fn take_kind(head: &mut Head, errors: &Errors) -> Option<Ident> {
    let kinds = kind_of(&head.attrs);
    let first = kinds.first()?.clone();
    if let Some(second) = kinds.iter().find(|kind| **kind != first) {
        errors.on(
            second,
            format!(
                "an item is one thing: `{}` is `#[{first}]` already\nhelp: keep one of them",
                head.ident
            ),
        );
        head.attrs.retain(|attr| {
            attr.path().is_ident(&first) || kind_of(std::slice::from_ref(attr)).is_empty()
        });
    }
    Some(first)
}

/// The probable kind of the item: from a misspelt attribute, or from a derive in place of one.
fn meant_kind(head: &mut Head, is_struct: bool, errors: &Errors) -> Option<Ident> {
    let kinds: &[&str] =
        if is_struct { &["event", "group", "value"] } else { &["domain", "statuses", "value"] };
    if !head.has_helpers {
        for attr in &mut head.attrs {
            let Some(written) = attr.path().get_ident().cloned() else { continue };
            let near = kinds.iter().find(|kind| suggest::distance(&written.to_string(), kind) <= 2);
            if let Some(near) = near.filter(|_| !misplaced::is_known(&written.to_string())) {
                errors
                    .on(&written, format!("unknown attribute `{written}`, did you mean `{near}`?"));
                let meant = Ident::new(near, written.span());
                match &mut attr.meta {
                    Meta::Path(path) => *path = meant.clone().into(),
                    Meta::List(list) => list.path = meant.clone().into(),
                    Meta::NameValue(pair) => pair.path = meant.clone().into(),
                }
                return Some(meant);
            }
        }
    }
    // The derive is reported with the item.
    let is_value = derived_words(&head.attrs).iter().any(|derived| derived == "EventValue");
    is_value.then(|| Ident::new("value", head.ident.span()))
}

fn add(block: &mut Block, mut item: Item, errors: &Errors) {
    let (head, is_struct) = match &mut item {
        Item::Other(tokens) => return block.others.push(std::mem::take(tokens)),
        Item::Struct { head, .. } => (head, true),
        Item::Enum { head, .. } => (head, false),
    };
    let kind = take_kind(head, errors).or_else(|| meant_kind(head, is_struct, errors));
    misplaced::refuse(
        &mut head.attrs,
        if is_struct { On::Struct } else { On::Enum },
        head.has_helpers,
        errors,
    );
    let word = kind.as_ref().map(Ident::to_string);
    match (word.as_deref(), item) {
        (Some("event"), Item::Struct { head, body }) => {
            if let Some(event) = event_of(head, body, &mut block.krate, errors) {
                block.events.push(event);
            }
        }
        (Some("group"), Item::Struct { head, body }) => {
            if let Some(fields) = named_fields(&head, body, Owner::Group, "a group", errors) {
                block.groups.push(words_of::group(head, fields, &mut block.krate, errors));
            }
        }
        (Some("value"), Item::Struct { head, body }) => {
            block.values.extend(value::structure(head, body, &mut block.krate, errors));
        }
        (Some("value"), Item::Enum { head, variants }) => {
            block.values.push(value::enumeration(head, variants, &mut block.krate, errors));
        }
        (Some("domain"), Item::Enum { head, variants }) => {
            let declared = domain::domain(head, variants, &mut block.krate, errors);
            add_domain(block, declared, errors);
        }
        (Some("statuses"), Item::Enum { head, variants }) => {
            block.statuses.push(domain::statuses(head, variants, errors));
        }
        (_, Item::Struct { head, .. } | Item::Enum { head, .. }) => {
            undeclared(&head.ident, is_struct, kind.as_ref(), errors);
        }
        (_, Item::Other(_)) => {}
    }
}

/// A block has one domain; a second is reported.
fn add_domain(block: &mut Block, domain: Domain, errors: &Errors) {
    if let Some(first) = &block.domain {
        let message =
            "a block has one domain\nhelp: give each domain an `events!` block of its own";
        errors.on(&domain.head.ident, message);
        errors.on(&first.head.ident, "the first domain of the block is declared here");
    } else {
        block.domain = Some(domain);
    }
}

/// Reports an item without a kind, or with a kind that it cannot have.
fn undeclared(ident: &Ident, is_struct: bool, kind: Option<&Ident>, errors: &Errors) {
    let Some(kind) = kind else {
        let (keyword, attributes) = if is_struct {
            ("struct", "`#[event(info)]`, `#[group]` or `#[value]`")
        } else {
            ("enum", "`#[domain]`, `#[statuses]` or `#[value]`")
        };
        errors.on(
            ident,
            format!(
                "{keyword} `{ident}` is not declared as anything\nhelp: put {attributes} on it, or move it out of the block"
            ),
        );
        return;
    };
    let (is, wanted) = if is_struct { ("a struct", "an enum") } else { ("an enum", "a struct") };
    let help = match kind.to_string().as_str() {
        "event" => "an event is one struct with named fields; write one struct for each status",
        "group" => "a group is one struct with named fields; an enum can be a `#[value]`",
        _ => "write an `enum` of words",
    };
    errors.on(kind, format!("`#[{kind}]` goes on {wanted}, but `{ident}` is {is}\nhelp: {help}"));
}

fn event_of(
    mut head: Head,
    body: StructBody,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Option<Event> {
    let unit = matches!(body, StructBody::Unit);
    refuse_parameters(&mut head, "an event", errors);
    let fields = named_fields(&head, body, Owner::Event, "an event", errors)?;
    refuse_derives(&mut head, errors);
    Some(event::event(head, fields, unit, krate, errors))
}

/// The item under `#[derive(DomainEvent)]`.
pub(crate) fn free_event(tokens: TokenStream, errors: &Errors) -> (Option<Event>, Option<Path>) {
    let mut krate = None;
    let event = match derived(tokens, errors) {
        Some(Item::Struct { head, body }) => event_of(head, body, &mut krate, errors),
        Some(Item::Enum { head, .. }) => {
            errors.on(
                &head.ident,
                "an event is one struct with named fields\nhelp: write one struct for each status",
            );
            None
        }
        _ => None,
    };
    (event, krate)
}

/// The item under `#[derive(EventValue)]`.
pub(crate) fn free_value(tokens: TokenStream, errors: &Errors) -> (Option<Value>, Option<Path>) {
    let mut krate = None;
    let value = match derived(tokens, errors) {
        Some(Item::Struct { mut head, body }) => {
            // `#[event]` may belong to a derived event.
            misplaced::refuse_kinds(&mut head.attrs, &["group"], errors);
            value::structure(head, body, &mut krate, errors)
        }
        Some(Item::Enum { mut head, variants }) => {
            misplaced::refuse_kinds(&mut head.attrs, &["event", "group"], errors);
            Some(value::enumeration(head, variants, &mut krate, errors))
        }
        _ => None,
    };
    (value, krate)
}
