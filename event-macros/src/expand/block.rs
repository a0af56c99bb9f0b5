//! What a block expands to as a whole: its domain, its statuses, the enum over its newest events.

use super::{
    Krate, braces, dictionary, event, group, ident, lock, operation, page, quiet, reading, source,
    spans, upcast, value, warning,
};
use crate::ast::{Block, Domain, Event};
use crate::check::families;
use crate::lock::Contract;
use crate::parse::Docs;
use event_grammar::name;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::HashMap;

pub(super) fn block(block: &Block, contract: &Contract, krate: &Krate) -> TokenStream {
    let mut tokens: TokenStream = block.others.iter().cloned().collect();
    let (context, owner) = match &block.domain {
        Some(domain) => (domain.context.as_slice(), domain.owner.as_ref().map(syn::LitStr::value)),
        None => (&[][..], None),
    };
    tokens.extend(block.values.iter().map(|declared| value::value(declared, contract, krate)));
    tokens.extend(block.groups.iter().map(|declared| group::group(declared, contract, krate)));
    let families = families(block);
    let operations = operation::of_block(block);
    tokens.extend(block.events.iter().map(|declared| {
        let versions = &families[&declared.name.snake()];
        let around =
            page::Around { versions, context, owner: owner.as_deref(), operations: &operations };
        event::event(declared, &around, &reading::of_family(versions, declared, krate), krate)
    }));
    for old in block.events.iter().filter(|event| !event.name.latest) {
        let new = upcast::next(&families[&old.name.snake()], old)
            .filter(|new| !old.head.has_parameters() && !new.head.has_parameters());
        if let Some(new) = new {
            tokens.extend(upcast::upcast(old, new, krate));
        }
    }
    for declared in &block.events {
        tokens.extend(lock::kept(
            declared,
            &families[&declared.name.snake()],
            context,
            contract,
            krate,
        ));
    }
    tokens.extend(lock::watch(contract, krate));
    tokens.extend(operation::implementations(&operations, krate));
    for statuses in &block.statuses {
        tokens.extend(words(
            &statuses.head,
            statuses
                .words
                .iter()
                .map(|word| (&word.attrs, &word.ident, &word.docs, word.name.as_str())),
            &TokenStream::new(),
            krate,
        ));
    }
    if let Some(domain) = &block.domain {
        tokens.extend(words(
            &domain.head,
            domain
                .actions
                .iter()
                .map(|action| (&action.attrs, &action.ident, &action.docs, action.name.as_str())),
            &page::domain(block, domain),
            krate,
        ));
        tokens.extend(part(block, domain, &families, krate));
    }
    tokens.extend(dictionary::assertions(block, krate));
    tokens.extend(block.warnings.iter().map(|(span, text)| warning::warning(*span, text)));
    tokens
}

/// An enum of words: a domain's actions, or statuses.
fn words<'a>(
    head: &crate::ast::Head,
    words: impl Iterator<Item = (&'a Vec<syn::Attribute>, &'a Ident, &'a Docs, &'a str)> + Clone,
    page: &TokenStream,
    krate: &Krate,
) -> TokenStream {
    let core = krate.core();
    let attrs = &head.attrs;
    let declaration = head.declaration();
    let docs =
        if head.docs.is_empty() { quote!(#[allow(missing_docs)]) } else { TokenStream::new() };
    let variants = words.map(|(attrs, ident, docs, name)| {
        let fallback = docs.is_empty().then(|| {
            let text = format!("`{name}`");
            quote!(#[doc = #text])
        });
        quote!(#fallback #(#attrs)* #ident)
    });
    let body = braces(quote!(#(#variants),*), head.body);
    quote! {
        #(#attrs)*
        #page
        #docs
        #[derive(#core::clone::Clone, #core::marker::Copy, #core::fmt::Debug, #core::cmp::PartialEq, #core::cmp::Eq)]
        #[allow(dead_code)]
        #declaration #body
    }
}

/// The enum over the block's newest events, and the `Part` that a catalog joins.
fn part(
    block: &Block,
    domain: &Domain,
    families: &HashMap<String, Vec<&Event>>,
    krate: &Krate,
) -> TokenStream {
    let head = &domain.head;
    let core = krate.core();
    let vis = &head.vis;
    let domain_ident = &head.ident;
    // Only where it is declared: an editor that renames the domain finds the enum with it.
    let declared_enum = Ident::new(&domain.event_enum(), domain_ident.span());
    let event_enum = Ident::new(&declared_enum.to_string(), Span::call_site());
    let domain_name = &domain.name;
    // Of an event with parameters there is no one type to name here.
    let events: Vec<&Event> =
        block.events.iter().filter(|event| !event.head.has_parameters()).collect();
    let latest: Vec<(&Event, Ident)> = events
        .iter()
        .copied()
        .filter(|event| event.name.latest)
        .map(|event| (event, variant(event, domain_name, Span::call_site())))
        .collect();

    let variants = latest.iter().map(|(event, _)| {
        let variant = variant(event, domain_name, spans::declaration(&event.head));
        let (cfgs, owned) = (event.head.cfgs(), event.head.owned());
        let docs = page::variant(event);
        quote!(#(#cfgs)* #[doc = #docs] #variant(#owned))
    });
    let metas = events.iter().map(|event| {
        let (cfgs, owned) = (event.head.cfgs(), event.head.owned());
        quote!(#(#cfgs)* <#owned as #krate::Event>::META)
    });
    let read = reading::of_block(
        &events,
        families,
        &event_enum,
        |newest| variant(newest, domain_name, Span::call_site()),
        krate,
    );
    let arms = |of: &TokenStream| -> TokenStream {
        let arm = |(event, variant): &(&Event, Ident)| {
            let cfgs = event.head.cfgs();
            quote!(#(#cfgs)* Self::#variant(ref event) => #krate::#of(event),)
        };
        latest.iter().map(arm).collect()
    };
    let (any, call) = (arms(&quote!(AnyEvent::of)), arms(&quote!(Call::of)));
    let docs = page::block_enum(domain);
    let latest_events = block.events.iter().filter(|event| event.name.latest);
    let dictionary = dictionary::entries(latest_events, &domain.context, krate);
    let domain_meta = domain_meta(block, domain, krate);
    let (attrs, private) = (krate.impl_attrs(), krate.private());
    let is_whole = block.is_broken.then(|| quote!(const IS_WHOLE: #core::primitive::bool = false;));
    let impls = quote! {
        #attrs
        impl #krate::BlockEvent for #event_enum {
            fn any(&self) -> #krate::AnyEvent<'_> {
                // Not a reference: every arm may be under a `cfg` that does not hold.
                match *self { #any }
            }
        }
        #attrs
        impl #private::EmitAny for #event_enum {
            #[inline]
            fn call(&self) -> #krate::Call<'_> {
                match *self { #call }
            }
        }
        #attrs
        impl #core::fmt::Debug for #event_enum {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                #core::fmt::Debug::fmt(&#krate::BlockEvent::any(self), f)
            }
        }
        #attrs
        impl #krate::Block for #domain_ident {
            const BLOCK: &'static #krate::BlockMeta = {
                static BLOCK: #krate::BlockMeta = #krate::BlockMeta {
                    domain: #core::option::Option::Some(&#domain_meta),
                    events: &[#(#metas),*],
                    dictionary: &[#dictionary],
                };
                &BLOCK
            };
            type Event = #event_enum;
            #is_whole

            #read
        }
    };
    let impls = quiet(&[], &impls);
    quote! {
        #[doc = #docs]
        #[allow(deprecated, dead_code, private_interfaces, rustdoc::private_intra_doc_links, clippy::large_enum_variant, clippy::enum_variant_names, clippy::module_name_repetitions)]
        #vis enum #declared_enum { #(#variants),* }

        #impls
    }
}

/// The event's variant: its type's name less the domain's.
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

fn domain_meta(block: &Block, domain: &Domain, krate: &Krate) -> TokenStream {
    let (domain_name, docs) = (&domain.name, krate.docs(&domain.head.docs));
    let actions = domain.actions.iter().map(|action| {
        let (cfgs, name, docs) =
            (crate::ast::cfgs(&action.attrs), &action.name, krate.docs(&action.docs));
        quote!(#(#cfgs)* (#name, #docs))
    });
    let statuses = block.statuses.iter().flat_map(|statuses| &statuses.words).map(|word| {
        let (name, docs) = (&word.name, krate.docs(&word.docs));
        let class = Ident::new(&name::camel(word.class.as_str()), Span::call_site());
        quote!((#krate::Status { word: #name, class: #krate::StatusClass::#class }, #docs))
    });
    let (optional_action, optional_status) = (domain.optional_action, domain.optional_status);
    let source = source::source(krate, domain.head.ident.span());
    quote! {
        #krate::DomainMeta {
            name: #domain_name,
            docs: #docs,
            actions: &[#(#actions),*],
            statuses: &[#(#statuses),*],
            optional_action: #optional_action,
            optional_status: #optional_status,
            source: #source,
        }
    }
}
