//! The emission of an event: its `emit_*` function, and the code that the function calls.

use super::krate::Krate;
use super::{operation, page, spans};
use crate::ast::{Event, last_name};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// The name of the function.
pub(super) fn name(event: &Event) -> String {
    format!("emit_{}", event.name.snake())
}

/// The function.
pub(super) fn emit(event: &Event, krate: &Krate) -> TokenStream {
    let head = &event.head;
    let cfgs = head.cfgs();
    let function = Ident::new(&name(event), spans::declaration(head));
    let vis = &head.vis;
    let docs = page::function(event);
    let deprecated = deprecated(event);
    // At the type's name, where rustc shows the parameter.
    let argument = spans::parenthesized(quote!(event), head.ident.span());
    let (signature, body) = if head.has_parameters() {
        let (generics, ty, clause) = head.split();
        (
            quote!(fn #function #generics(#argument: #ty) #clause),
            quote!({
                let _ = event;
            }),
        )
    } else {
        let ty = head.elided();
        (quote!(fn #function(#argument: #ty)), quote!({ #krate::Emit::emit(event); }))
    };
    quote! {
        #(#cfgs)*
        #[doc = #docs]
        #deprecated
        #[inline]
        #[allow(dead_code, unused_parens, unused_qualifications, clippy::needless_pass_by_value, clippy::must_use_candidate)]
        #vis #signature #body
    }
}

/// The impls that the function needs: the event's gate and its elapsed time.
pub(super) fn implementation(event: &Event, krate: &Krate) -> TokenStream {
    let head = &event.head;
    if !event.name.latest || head.has_parameters() {
        return TokenStream::new();
    }
    let (attrs, private) = (krate.impl_attrs(), krate.private());
    let (generics, ty, clause) = head.split();
    let mark = event_grammar::mark::text(&event.name.dotted(), event.version);
    let set_elapsed =
        if head.shell { TokenStream::new() } else { operation::set_elapsed(event, krate) };
    quote! {
        #attrs
        impl #generics #krate::Emit for #ty #clause {
            #[inline]
            fn gate() -> &'static #private::Gate {
                static GATE: #private::Gate = #private::Gate::new(#mark);
                &GATE
            }

            #set_elapsed
        }
    }
}

/// Rust's own `#[deprecated]`, or one that is generated for `replaced_by`.
fn deprecated(event: &Event) -> TokenStream {
    if let Some(attr) = event.head.attrs.iter().find(|attr| attr.path().is_ident("deprecated")) {
        return attr.to_token_stream();
    }
    let Some(path) = &event.governance.replaced_by else { return TokenStream::new() };
    let note = format!("use `emit_{}`", event_grammar::name::snake(&last_name(path)));
    quote!(#[deprecated(note = #note)])
}
