//! `Debug`, which shows the written values, masked.

use super::krate::Krate;
use crate::ast::Head;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `Debug` of an item with fields: their names and values.
pub(super) fn of_fields(head: &Head, krate: &Krate) -> TokenStream {
    implementation(head, "debug", krate)
}

/// `Debug` of a newtype or an enum: its JSON.
pub(super) fn of_value(head: &Head, krate: &Krate) -> TokenStream {
    implementation(head, "debug_value", krate)
}

fn implementation(head: &Head, function: &str, krate: &Krate) -> TokenStream {
    let (name, function) = (head.name(), Ident::new(function, Span::call_site()));
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let (core, private) = (krate.core(), krate.private());
    quote! {
        #attrs
        impl #generics #core::fmt::Debug for #ty #clause {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                #private::#function(#name, self, f)
            }
        }
    }
}
