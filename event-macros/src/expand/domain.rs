//! The expansion of a domain: the enum over its newest events, and its block.

use super::ident::ident;
use super::krate::Krate;
use super::quiet::quiet;
use super::{dictionary, page, reading, source, spans};
use crate::ast::{Block, Domain, Event};
use event_grammar::name;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::HashMap;

/// The enum over the block's newest events, and the `Block` that a catalog joins.
pub(super) fn domain(
    block: &Block,
    domain: &Domain,
    families: &HashMap<String, Vec<&Event>>,
    krate: &Krate,
) -> TokenStream {
    let (vis, domain_ident) = (&domain.head.vis, &domain.head.ident);
    // This name is used only at the enum's declaration: an editor that renames the domain finds the
    // enum with it.
    let declared_enum = Ident::new(&domain.event_enum(), domain_ident.span());
    let event_enum = Ident::new(&declared_enum.to_string(), Span::call_site());
    // An event with parameters is not a single type, so it is left out.
    let events: Vec<&Event> =
        block.events.iter().filter(|event| !event.head.has_parameters()).collect();
    let latest: Vec<&Event> = events.iter().copied().filter(|event| event.name.latest).collect();
    let variants = latest.iter().map(|event| {
        let variant = variant(event, &domain.name, spans::declaration(&event.head));
        let (cfgs, owned) = (event.head.cfgs(), event.head.owned());
        let docs = page::variant(event);
        quote!(#(#cfgs)* #[doc = #docs] #variant(#owned))
    });
    let docs = page::block_enum(domain);
    let mut impls = of_enum(&event_enum, &latest, &domain.name, krate);
    impls.extend(of_domain(block, domain, &event_enum, (&events, families), krate));
    let impls = quiet(&[], &impls);
    quote! {
        #[doc = #docs]
        #[allow(deprecated, dead_code, private_interfaces, rustdoc::private_intra_doc_links, clippy::large_enum_variant, clippy::enum_variant_names, clippy::module_name_repetitions)]
        #vis enum #declared_enum { #(#variants),* }

        #impls
    }
}

/// The impls of the enum over the newest events.
fn of_enum(event_enum: &Ident, latest: &[&Event], domain: &str, krate: &Krate) -> TokenStream {
    let (core, private, attrs) = (krate.core(), krate.private(), krate.impl_attrs());
    let latest: Vec<(&Event, Ident)> =
        latest.iter().map(|event| (*event, variant(event, domain, Span::call_site()))).collect();
    let arms = |of: &TokenStream| -> TokenStream {
        let arm = |(event, variant): &(&Event, Ident)| {
            let cfgs = event.head.cfgs();
            quote!(#(#cfgs)* Self::#variant(ref event) => #krate::__private::#of(event),)
        };
        latest.iter().map(arm).collect()
    };
    let (any, call) = (arms(&quote!(AnyEvent::of)), arms(&quote!(Call::of)));
    quote! {
        #attrs
        impl #krate::__private::BlockEvent for #event_enum {
            fn any(&self) -> #krate::__private::AnyEvent<'_> {
                // By value, not by reference: every arm may have a `cfg` that is false.
                match *self { #any }
            }
        }
        #attrs
        impl #private::EmitAny for #event_enum {
            #[inline]
            fn call(&self) -> #krate::__private::Call<'_> {
                match *self { #call }
            }
        }
        #attrs
        impl #core::fmt::Debug for #event_enum {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                #core::fmt::Debug::fmt(&#krate::__private::BlockEvent::any(self), f)
            }
        }
    }
}

/// The impls of the domain's enum: `Block`.
fn of_domain(
    block: &Block,
    domain: &Domain,
    event_enum: &Ident,
    (events, families): (&[&Event], &HashMap<String, Vec<&Event>>),
    krate: &Krate,
) -> TokenStream {
    let (core, attrs, domain_ident) = (krate.core(), krate.impl_attrs(), &domain.head.ident);
    let metas = events.iter().map(|event| {
        let (cfgs, owned) = (event.head.cfgs(), event.head.owned());
        quote!(#(#cfgs)* <#owned as #krate::Event>::META)
    });
    let variant = |newest: &Event| variant(newest, &domain.name, Span::call_site());
    let read = reading::of_block(events, families, event_enum, variant, krate);
    let latest_events = block.events.iter().filter(|event| event.name.latest);
    let dictionary = dictionary::entries(latest_events, &domain.context, krate);
    let meta = meta(block, domain, krate);
    let is_whole = block.is_broken.then(|| quote!(const IS_WHOLE: #core::primitive::bool = false;));
    quote! {
        #attrs
        impl #krate::__private::Block for #domain_ident {
            const BLOCK: &'static #krate::__private::BlockMeta = {
                static BLOCK: #krate::__private::BlockMeta = #krate::__private::BlockMeta::new(&[#(#metas),*])
                    .domain(&#meta)
                    .dictionary(&[#dictionary]);
                &BLOCK
            };
            type Event = #event_enum;
            #is_whole

            #read
        }
    }
}

/// The variant of the event: the name of its type without the domain.
fn variant(event: &Event, domain: &str, span: Span) -> Ident {
    let words = name::words(&event.name.base);
    let domain: Vec<&str> = domain.split('_').collect();
    let rest = match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .strip_prefix(domain.as_slice())
    {
        Some(rest) if !rest.is_empty() => rest.join("_"),
        _ => words.join("_"),
    };
    let camel = name::camel(&rest);
    let camel =
        if camel.starts_with(|c: char| c.is_ascii_digit()) { format!("_{camel}") } else { camel };
    ident(&camel, span)
}

/// `DomainMeta`.
fn meta(block: &Block, domain: &Domain, krate: &Krate) -> TokenStream {
    let (domain_name, docs) = (&domain.name, krate.docs(&domain.head.docs));
    let actions = domain.actions.iter().map(|action| {
        let (cfgs, name, docs) =
            (crate::ast::cfgs(&action.attrs), &action.name, krate.docs(&action.docs));
        quote!(#(#cfgs)* (#name, #docs))
    });
    let statuses = block.statuses.iter().flat_map(|statuses| &statuses.words).map(|word| {
        let (name, docs) = (&word.name, krate.docs(&word.docs));
        let class = Ident::new(&name::camel(word.class.as_str()), Span::call_site());
        quote!((#krate::__private::Status { word: #name, class: #krate::__private::StatusClass::#class }, #docs))
    });
    let list = |word: &str, items: Vec<TokenStream>| {
        let word = Ident::new(word, Span::call_site());
        (!items.is_empty()).then(|| quote!(.#word(&[#(#items),*])))
    };
    let (actions, statuses) =
        (list("actions", actions.collect()), list("statuses", statuses.collect()));
    let optional_action = domain.optional_action.then(|| quote!(.optional_action(true)));
    let optional_status = domain.optional_status.then(|| quote!(.optional_status(true)));
    let source = source::source(krate, domain.head.ident.span());
    quote! {
        #krate::__private::DomainMeta::new(#domain_name, #docs, #source)
            #actions #statuses #optional_action #optional_status
    }
}
