//! What holds generated impls.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;

/// Generated impls, under the item's `cfg`s, with nothing in them to lint: said once for all of
/// them.
pub(super) fn quiet(cfgs: &[&Attribute], impls: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[allow(dead_code, deprecated, elided_lifetimes_in_paths, unreachable_code, unused_variables, unused_qualifications, clippy::all, clippy::pedantic, clippy::restriction)]
        const _: () = { #impls };
    }
}
