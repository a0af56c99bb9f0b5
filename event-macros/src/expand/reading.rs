//! Reads an event by its index in its block, and an older version as the newest.

use super::krate::Krate;
use super::upcast;
use crate::ast::Event;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::HashMap;
use syn::Attribute;

/// `Part::read` of a block; `variant` is the variant of the block's enum `event_enum` that holds a
/// newest event.
pub(super) fn of_block(
    events: &[&Event],
    families: &HashMap<String, Vec<&Event>>,
    event_enum: &Ident,
    variant: impl Fn(&Event) -> Ident,
    krate: &Krate,
) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let cfgs: Vec<Vec<&Attribute>> = events.iter().map(|event| event.head.cfgs()).collect();
    let (places, constants) = places(&cfgs, krate);
    let arms = events.iter().zip(&cfgs).zip(&places).filter_map(|((event, cfgs), place)| {
        let newest = newest(&families[&event.name.snake()], event)?;
        let (owned, variant) = (newest.head.owned(), variant(newest));
        let read = if event.name.latest {
            quote! {
                match <#owned as #krate::Event>::read(object) {
                    #core::result::Result::Ok(event) => #core::result::Result::Ok(#event_enum::#variant(event)),
                    #core::result::Result::Err(error) => #core::result::Result::Err(error),
                }
            }
        } else {
            let version = event.version;
            quote!(return #private::read_older::<#owned, _>(#version, #event_enum::#variant, object))
        };
        Some(quote!(#(#cfgs)* #place => #read,))
    });
    let arms: Vec<TokenStream> = arms.collect();
    let body = if arms.is_empty() {
        quote!(#core::option::Option::None)
    } else {
        quote! {
            #constants
            #core::option::Option::Some(match place {
                #(#arms)*
                _ => return #core::option::Option::None,
            })
        }
    };
    quote! {
        fn read(
            place: #core::primitive::usize,
            object: &mut #krate::read::Object<'_>,
        ) -> #core::option::Option<#core::result::Result<#event_enum, #krate::read::ReadError>> {
            #body
        }
    }
}

/// The indexes of items in a list with `cfg`s: numbers, and constants that count the conditional
/// items.
pub(super) fn places(cfgs: &[Vec<&Attribute>], krate: &Krate) -> (Vec<TokenStream>, TokenStream) {
    let core = krate.core();
    let mut constants = TokenStream::new();
    let places = (0..cfgs.len()).map(|at| {
        let conditional: Vec<_> = cfgs[..at].iter().filter(|cfgs| !cfgs.is_empty()).collect();
        let certain = at - conditional.len();
        if conditional.is_empty() {
            let place = proc_macro2::Literal::usize_unsuffixed(certain);
            return quote!(#place);
        }
        let (name, own) = (format_ident!("PLACE_{at}"), &cfgs[at]);
        constants.extend(quote! {
            #(#own)*
            const #name: #core::primitive::usize = {
                const BEFORE: &[()] = &[#(#(#conditional)* (),)*];
                #certain + BEFORE.len()
            };
        });
        quote!(#name)
    });
    (places.collect(), constants)
}

/// The items of `Event` for a newest event with older versions: the versions, and how each is read.
/// Empty for any other event.
pub(super) fn of_family(versions: &[&Event], event: &Event, krate: &Krate) -> TokenStream {
    let is_newest = |older: &&&Event| !older.name.latest && newest(versions, older).is_some();
    let older: Vec<&Event> = versions.iter().filter(is_newest).copied().collect();
    if !event.name.latest || event.head.has_parameters() || older.is_empty() {
        return TokenStream::new();
    }
    let core = krate.core();
    let all = || older.iter().copied().chain([event]);
    let metas = all().map(|version| {
        let (cfgs, owned) = (version.head.cfgs(), version.head.owned());
        quote!(#(#cfgs)* <#owned as #krate::Event>::META)
    });
    let arms = older.iter().map(|older| {
        let (cfgs, owned, version) = (older.head.cfgs(), older.head.owned(), older.version);
        let steps = steps(versions, older, krate);
        quote! {
            #(#cfgs)*
            #version => match <#owned as #krate::Event>::read(object) {
                #core::result::Result::Ok(event) => {
                    #steps
                    #core::result::Result::Ok(event)
                }
                #core::result::Result::Err(error) => #core::result::Result::Err(error),
            },
        }
    });
    let version = event.version;
    quote! {
        const READS: &'static [&'static #krate::meta::EventMeta] = &[#(#metas),*];

        fn read_version(
            version: #core::primitive::u32,
            object: &mut #krate::read::Object<'_>,
        ) -> #core::option::Option<#core::result::Result<Self, #krate::read::ReadError>> {
            #core::option::Option::Some(match version {
                #(#arms)*
                #version => <Self as #krate::Event>::read(object),
                _ => return #core::option::Option::None,
            })
        }
    }
}

/// The newest version to which `event` is upcast, or `event` if it is the newest. Between versions
/// with reported errors there may be no upcast; no second error is reported.
fn newest<'a>(versions: &[&'a Event], event: &'a Event) -> Option<&'a Event> {
    let mut newest = event;
    while !newest.name.latest {
        newest = upcast::next(versions, newest)
            .filter(|new| !newest.poisoned && !new.poisoned && !new.head.has_parameters())?;
    }
    Some(newest)
}

/// Every upcast from `event` to the newest version.
fn steps(versions: &[&Event], event: &Event, krate: &Krate) -> TokenStream {
    let mut steps = TokenStream::new();
    let mut newest = event;
    let name = Ident::new("event", Span::call_site());
    while !newest.name.latest {
        let Some(new) = upcast::next(versions, newest) else { break };
        let (old_ty, new_ty) = (newest.head.owned(), new.head.owned());
        // The path has the span of the new type: a missing upcast is reported there.
        steps.extend(quote!(let #name = <#new_ty as #krate::UpcastFrom<#old_ty>>::upcast(#name);));
        newest = new;
    }
    steps
}
