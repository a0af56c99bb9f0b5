//! Older versions: their order, and the upcasts that follow from the declarations.

use super::krate::Krate;
use super::quiet::quiet;
use super::spans;
use crate::ast::{Event, Field};
use crate::check::option_of;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Lifetime;

/// The next version after `event`, if its block has it: `versions` are the versions of the same
/// event.
pub(super) fn next<'a>(versions: &[&'a Event], event: &Event) -> Option<&'a Event> {
    versions.iter().copied().find(|other| other.version == event.version + 1)
}

/// The code that makes `old` readable as `new`.
pub(super) fn upcast(old: &Event, new: &Event, krate: &Krate) -> TokenStream {
    let cfgs: Vec<_> = old.head.cfgs().into_iter().chain(new.head.cfgs()).collect();
    let attrs = krate.impl_attrs();
    let named = |event: &Event, prefix: &str| -> (Vec<Lifetime>, TokenStream) {
        let lifetimes: Vec<Lifetime> = (0..event.head.lifetimes().len())
            .map(|at| Lifetime::new(&format!("'{prefix}{at}"), Span::call_site()))
            .collect();
        let ty = spans::with_lifetimes(&event.head.ident, &lifetimes);
        (lifetimes, ty)
    };
    let (old_lifetimes, old_ty) = named(old, "old");
    let (new_lifetimes, new_ty) = named(new, "new");
    // rustc shows the impl here when it says that the old type comes before the new type.
    let (header, body) = spans::implementation(&old.head);
    let before = quote! {
        #attrs
        #header<#(#old_lifetimes,)* #(#new_lifetimes),*> #krate::__private::VersionBefore<#new_ty> for #old_ty #body
    };
    if new.upcast_auto.is_none() || new.poisoned {
        return quiet(&cfgs, &before);
    }
    // One set of lifetimes for both versions: the new version borrows what the old version borrows.
    let (a, old_ty) = named(old, "shared");
    let (b, new_ty) = named(new, "shared");
    let lifetimes = if a.len() > b.len() { a } else { b };
    let moves = new.fields.iter().map(|field| moved(field, old, krate));
    // At the word `upcast`: rustc also reports a second upcast there, written by hand.
    let asked = new.upcast_auto.unwrap_or_else(Span::call_site);
    let (keyword, body) = spans::implementation_at(
        quote! {
            fn upcast(old: #old_ty) -> Self {
                Self { #(#moves),* }
            }
        },
        (asked, asked),
    );
    let upcast = quote! {
        #before
        #attrs
        #keyword<#(#lifetimes),*> #krate::UpcastFrom<#old_ty> for #new_ty #body
    };
    quiet(&cfgs, &upcast)
}

/// A field of the new version, from the field of the old version.
fn moved(field: &Field, old: &Event, krate: &Krate) -> TokenStream {
    let (core, cfgs, ident) = (krate.core(), field.cfgs(), &field.ident);
    let value = match old.fields.iter().find(|before| before.ident == *ident) {
        Some(before) if tokens(&before.ty) == tokens(&field.ty) => quote!(old.#ident),
        Some(_) => {
            // Everything has the span of the new field's type: a missing conversion from the old
            // type is reported there.
            let private = krate.private();
            let at = spans::ends(&field.ty);
            let before = spans::call(quote!(#core::convert::identity), quote!(old.#ident), at);
            spans::call(quote!(#private::Becomes::becomes), before, at)
        }
        None if option_of(&field.ty).is_some() => quote!(#core::option::Option::None),
        None => quote!(#core::default::Default::default()),
    };
    quote!(#(#cfgs)* #ident: #value)
}

fn tokens(ty: &syn::Type) -> String {
    ty.to_token_stream().to_string()
}
