//! A warning on stable Rust: the use of a deprecated constant whose note is the text.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

pub(super) fn warning(span: Span, text: &str) -> TokenStream {
    let name = Ident::new("event_catalog", span);
    quote! {
        const _: () = {
            #[deprecated(note = #text)]
            #[allow(non_upper_case_globals)]
            const #name: () = ();
            #name
        };
    }
}
