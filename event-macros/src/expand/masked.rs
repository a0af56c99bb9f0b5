//! Asserts that serde does not write masked fields: by a derive that the macro does not see, or by
//! an implementation elsewhere.

use super::krate::Krate;
use super::spans;
use crate::ast::Head;
use proc_macro2::TokenStream;
use quote::quote;

/// The assertion that the item has no `Serialize`, reported at the masked field. A generated
/// `impl Serialize` would conflict too, but rustc's message about it cannot say what to write.
pub(super) fn assertion(head: &Head, krate: &Krate) -> TokenStream {
    let Some(masked) = head.masked.as_ref().filter(|_| !head.shell) else {
        return TokenStream::new();
    };
    let (owned, private) = (head.owned(), krate.private());
    let (what, ty) = (&masked.what, head.name());
    let arguments = quote!(#what, #ty, #private::BySerde::<#owned>::WRITES);
    let assert =
        spans::call(quote!(#private::assert_not_by_serde), arguments, (masked.at, masked.at));
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
