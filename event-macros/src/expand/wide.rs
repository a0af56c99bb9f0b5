//! Wide events: the groups that each event may get.

use super::krate::Krate;
use crate::ast::Event;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{GenericArgument, Lifetime, Path, PathArguments};

/// Marks the event as wide, and marks every group that may be added to it.
pub(super) fn wide(event: &Event, krate: &Krate) -> TokenStream {
    let head = &event.head;
    let Some(groups) = event.wide.as_ref().filter(|_| event.name.latest && !head.has_parameters())
    else {
        return TokenStream::new();
    };
    let attrs = krate.impl_attrs();
    let (core, elided) = (krate.core(), head.elided());
    let contributions = groups.iter().enumerate().map(|(place, group)| {
        let group = with_lifetimes(group, "'_");
        quote! {
            #attrs
            impl #krate::__private::ContributionTo<#elided> for #group {
                const PLACE: #core::primitive::usize = #place;
            }
        }
    });
    quote! {
        #attrs
        impl #krate::Wide for #elided {}
        #(#contributions)*
    }
}

/// The descriptors of the groups.
pub(super) fn metas(event: &Event, krate: &Krate) -> impl Iterator<Item = TokenStream> {
    event.wide.iter().flatten().map(move |group| {
        let group = with_lifetimes(group, "'static");
        quote!(<#group as #krate::Group>::META)
    })
}

/// The path with every lifetime replaced: its lifetimes are not lifetimes of the event.
fn with_lifetimes(path: &Path, lifetime: &str) -> TokenStream {
    let mut path = path.clone();
    for segment in &mut path.segments {
        let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else { continue };
        for argument in &mut arguments.args {
            if let GenericArgument::Lifetime(written) = argument {
                *written = Lifetime::new(lifetime, Span::call_site());
            }
        }
    }
    path.to_token_stream()
}
