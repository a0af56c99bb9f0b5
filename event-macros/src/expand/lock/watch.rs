//! The files that rustc watches, so that cargo recompiles when the lock changes.

use crate::expand::krate::Krate;
use crate::expand::quiet::quiet;
use crate::lock::{Contract, SWITCH};
use proc_macro2::TokenStream;
use quote::quote;

/// The files and the environment variable on which a catalog, a block or a free event depends.
pub(in crate::expand) fn watch(contract: &Contract, krate: &Krate) -> TokenStream {
    if contract.watched.is_empty() {
        return TokenStream::new();
    }
    let core = krate.core();
    let switch = contract.has_switch.then(|| quote!(#core::option_env!(#SWITCH).is_some(),));
    let files = contract.watched.iter().map(|name| {
        let name = format!("/{name}");
        quote!(#core::include_bytes!(#core::concat!(#core::env!("CARGO_MANIFEST_DIR"), #name)).is_empty(),)
    });
    // One constant for all files, because each constant costs compile time.
    quiet(&[], &quote!(const _: &[#core::primitive::bool] = &[#switch #(#files)*];))
}

/// The files for a type. Only the lock can change its expansion, and only if the lock has a type of
/// that name. More watched files per type would slow down a catalog with many types.
pub(in crate::expand) fn watch_type(name: &str, contract: &Contract, krate: &Krate) -> TokenStream {
    let is_named = contract.uses().is_some_and(|uses| uses.named(name).next().is_some());
    let Some(path) = contract.path().filter(|_| is_named) else { return TokenStream::new() };
    let core = krate.core();
    quiet(&[], &quote!(const _: &[#core::primitive::u8] = #core::include_bytes!(#path);))
}
