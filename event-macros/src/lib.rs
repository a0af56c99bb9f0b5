//! The macros of an event catalog: parse, check, expand.
//!
//! event-core re-exports and documents them; use them through event-core.

#[cfg(test)]
mod any_input;
mod ast;
mod check;
mod dependency;
mod depth;
mod diag;
#[cfg(test)]
mod editor;
mod expand;
mod foreign_words;
#[cfg(test)]
mod half_typed;
mod lock;
mod parse;
mod rename;
#[cfg(test)]
mod snapshots;
mod words;

use diag::Errors;
use lock::Contract;
use proc_macro2::TokenStream;
use quote::quote;

/// A block of a catalog. See `event_core::events`.
#[proc_macro]
pub fn events(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    guarded("events!", input, expand_events)
}

/// Joins blocks into a catalog. See `event_core::catalog`.
#[proc_macro]
pub fn catalog(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    guarded("catalog!", input, expand_catalog)
}

/// Declares one event outside of a block. See `event_core::DomainEvent`.
// Attributes that the macros refuse are registered too, so that the macros report them with a help
// text, instead of rustc as unknown.
#[proc_macro_derive(
    DomainEvent,
    attributes(
        event, field, sensitive, entity, elapsed, group, transition, value, serde, schemars
    )
)]
pub fn derive_domain_event(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    guarded("derive(DomainEvent)", input, expand_domain_event)
}

/// Makes a type the value of an event's field. See `event_core::EventValue`.
#[proc_macro_derive(
    EventValue,
    attributes(
        value, field, sensitive, entity, elapsed, group, transition, event, serde, schemars
    )
)]
pub fn derive_event_value(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    guarded("derive(EventValue)", input, expand_event_value)
}

/// A panic is a defect of the macro, but the user still gets a message and a place.
fn guarded(
    name: &str,
    input: proc_macro::TokenStream,
    expand: fn(TokenStream) -> (TokenStream, Errors),
) -> proc_macro::TokenStream {
    let input = TokenStream::from(input);
    if let Some((span, mistake)) = depth::mistake(&input) {
        let errors = Errors::new();
        errors.at(span, mistake);
        return errors.into_tokens().into();
    }
    let expanded = std::panic::catch_unwind(|| {
        let (tokens, errors) = expand(input);
        let errors = errors.into_tokens();
        quote!(#tokens #errors)
    });
    let tokens = expanded.unwrap_or_else(|_| {
        let message = format!("`{name}` failed on this input: a defect of event-macros\nhelp: please report it together with the declaration");
        quote!(::core::compile_error!(#message);)
    });
    tokens.into()
}

fn expand_events(input: TokenStream) -> (TokenStream, Errors) {
    expand_events_under(input, &Contract::of_crate())
}

fn expand_events_under(input: TokenStream, contract: &Contract) -> (TokenStream, Errors) {
    let errors = Errors::new();
    let mut block = parse::block(input, &errors);
    check::block(&mut block, contract, &errors);
    if block.krate.is_none() && dependency::is_missing() {
        let place = block
            .domain
            .as_ref()
            .map_or_else(proc_macro2::Span::call_site, |domain| domain.head.ident.span());
        errors.at(place, dependency::missing("domain"));
        return (expand::shells(&block), errors);
    }
    // An event that a mistake removed from the tree does not break the lock.
    block.is_broken = errors.count() > 0;
    let contract = if block.is_broken { &contract.unread() } else { contract };
    (expand::block(&block, contract), errors)
}

fn expand_catalog(input: TokenStream) -> (TokenStream, Errors) {
    let errors = Errors::new();
    let contract = Contract::of_crate();
    check::contract(&contract, &errors);
    let item = parse::catalog(input, &errors);
    if let Some(item) =
        item.as_ref().filter(|item| item.krate.is_none() && dependency::is_missing())
    {
        errors.on(&item.head.ident, dependency::missing("catalog"));
        return (TokenStream::new(), errors);
    }
    (item.map(|item| expand::catalog(&item, &contract)).unwrap_or_default(), errors)
}

fn expand_domain_event(input: TokenStream) -> (TokenStream, Errors) {
    let errors = Errors::new();
    let (event, krate) = parse::free_event(input, &errors);
    if krate.is_none() && dependency::is_missing() {
        errors.at(proc_macro2::Span::call_site(), dependency::missing("event"));
        return (TokenStream::new(), errors);
    }
    let contract = Contract::of_crate();
    let tokens = event.map(|mut event| {
        check::free_event(&mut event, &contract, &errors);
        let contract = if errors.count() == 0 { contract } else { contract.unread() };
        expand::free_event(&event, krate.as_ref(), &contract)
    });
    (tokens.unwrap_or_default(), errors)
}

fn expand_event_value(input: TokenStream) -> (TokenStream, Errors) {
    let errors = Errors::new();
    let (value, krate) = parse::free_value(input, &errors);
    if krate.is_none() && dependency::is_missing() {
        errors.at(proc_macro2::Span::call_site(), dependency::missing("value"));
        return (TokenStream::new(), errors);
    }
    let contract = Contract::of_crate();
    let tokens = value.map(|mut value| {
        // A lock that cannot be read is reported by the events, not by each of their types.
        check::free_value(&mut value, &errors);
        let contract = if errors.count() == 0 { contract } else { contract.unread() };
        expand::free_value(&value, krate.as_ref(), &contract)
    });
    (tokens.unwrap_or_default(), errors)
}
