//! Operations: the events that begin and end one action, by the classes of their statuses.

use super::krate::Krate;
use super::quiet::quiet;
use crate::ast::{Block, Event, Field, Role};
use event_grammar::StatusClass;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::HashMap;

/// An event that begins an operation, and the events that can end it.
pub(super) struct Operation<'a> {
    pub(super) begin: &'a Event,
    pub(super) ends: Vec<&'a Event>,
}

/// The operations of a block.
pub(super) fn of_block(block: &Block) -> Vec<Operation<'_>> {
    let mut by_action: HashMap<Option<&str>, Vec<&Event>> = HashMap::new();
    for event in emitted(block) {
        by_action.entry(event.name.action.as_deref()).or_default().push(event);
    }
    let begins = emitted(block).filter(|event| event.name.class == Some(StatusClass::Begin));
    let operations = begins.map(|begin| {
        let events = by_action[&begin.name.action.as_deref()].iter().copied();
        let ends = events
            .filter(|end| !matches!(end.name.class, Some(StatusClass::Begin) | None))
            .collect();
        Operation { begin, ends }
    });
    // Without a fault there is no event to emit for a dropped operation.
    let has_fault =
        |one: &Operation<'_>| one.ends.iter().any(|end| end.name.class == Some(StatusClass::Fault));
    operations.filter(has_fault).collect()
}

/// Marks every event that begins an operation, and every pair of such an event and an event that
/// ends it.
pub(super) fn implementations(operations: &[Operation<'_>], krate: &Krate) -> TokenStream {
    let mut impls = TokenStream::new();
    for one in operations {
        impls.extend(begins(one.begin, krate));
        impls.extend(one.ends.iter().map(|end| pair(one.begin, end, krate)));
    }
    if impls.is_empty() { impls } else { quiet(&[], &impls) }
}

/// The newest versions. An event with parameters is not a single type, so it is left out.
fn emitted(block: &Block) -> impl Iterator<Item = &Event> {
    block.events.iter().filter(|event| event.name.latest && !event.head.has_parameters())
}

fn begins(begin: &Event, krate: &Krate) -> TokenStream {
    let (cfgs, attrs) = (begin.head.cfgs(), krate.impl_attrs());
    let (generics, ty, clause) = begin.head.split();
    let owned = begin.head.owned();
    quote! {
        #(#cfgs)*
        #attrs
        impl #generics #krate::Begins for #ty #clause {
            type Begun = #owned;
        }
    }
}

fn pair(begin: &Event, end: &Event, krate: &Krate) -> TokenStream {
    let class = match end.name.class {
        Some(StatusClass::Ok) => Some("Completes"),
        Some(StatusClass::Fault) => Some("Fails"),
        Some(StatusClass::Neutral) => None,
        Some(StatusClass::Begin) | None => return TokenStream::new(),
    };
    let cfgs: Vec<_> = begin.head.cfgs().into_iter().chain(end.head.cfgs()).collect();
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = end.head.split();
    let owned = begin.head.owned();
    ["Ends"].into_iter().chain(class).fold(TokenStream::new(), |mut impls, name| {
        let name = Ident::new(name, Span::call_site());
        impls.extend(
            quote!(#(#cfgs)* #attrs impl #generics #krate::__private::#name<#owned> for #ty #clause {}),
        );
        impls
    })
}

/// `Emit::set_elapsed`, for an event with an elapsed time to fill in.
pub(super) fn set_elapsed(event: &Event, krate: &Krate) -> TokenStream {
    let sets: TokenStream = event.fields.iter().filter_map(|field| set(field, krate)).collect();
    if sets.is_empty() {
        return sets;
    }
    let core = krate.core();
    quote! {
        fn set_elapsed(&mut self, elapsed: #core::time::Duration) {
            #sets
        }
    }
}

fn set(field: &Field, krate: &Krate) -> Option<TokenStream> {
    let Role::Elapsed(Some(unit)) = &field.role else { return None };
    let (cfgs, ident, ty) = (field.cfgs(), &field.ident, &field.ty);
    let unit = format_ident!("{unit:?}");
    Some(quote! {
        #(#cfgs)*
        {
            self.#ident = <#ty as #krate::__private::Elapsed>::from_elapsed(elapsed, #krate::__private::TimeUnit::#unit);
        }
    })
}
