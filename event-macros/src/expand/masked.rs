//! That serde does not write what is masked: by a derive that the macro was not shown, or by an implementation elsewhere.

use super::event::debug_name;
use super::{Krate, spans};
use crate::ast::Head;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

/// The assertion that the item has no `Serialize`, reported at its masked field. A masked `impl Serialize` would be a conflict too, but rustc's words for it
/// cannot say what to write.
pub(super) fn assertion(head: &Head, krate: &Krate) -> TokenStream {
    let Some(field) = head.masked.as_ref().filter(|_| !head.shell) else { return TokenStream::new() };
    let (owned, private) = (head.owned(), krate.private());
    let (name, ty) = (field.unraw().to_string(), debug_name(head));
    let arguments = quote!(#name, #ty, #private::BySerde::<#owned>::WRITES);
    let assert = spans::call(quote!(#private::assert_not_by_serde), arguments, (field.span(), field.span()));
    let cfgs = head.cfgs();
    quote! {
        #(#cfgs)*
        #[allow(deprecated)]
        const _: () = {
            use #private::NotBySerde as _;
            #assert
        };
    }
}
