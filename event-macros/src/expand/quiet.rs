//! The wrapper of generated impls.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;

/// Generated impls with the item's `cfg`s and without lints. One attribute covers all of them.
pub(super) fn quiet(cfgs: &[&Attribute], impls: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[allow(dead_code, deprecated, elided_lifetimes_in_paths, unreachable_code, unused_variables, unused_qualifications, clippy::all, clippy::pedantic, clippy::restriction)]
        const _: () = { #impls };
    }
}
