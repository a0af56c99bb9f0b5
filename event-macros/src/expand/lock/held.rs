//! The types in the lock that a declared type may be, for its descriptor.

use crate::lock::Contract;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The paths of the types in the lock with this name, for the descriptor; empty if there are none.
pub(in crate::expand) fn held(name: &str, contract: &Contract) -> TokenStream {
    let paths: BTreeSet<&str> = contract
        .uses()
        .into_iter()
        .flat_map(|uses| uses.named(name))
        .map(|one| one.path.as_str())
        .collect();
    if paths.is_empty() {
        return TokenStream::new();
    }
    let lock = contract.id();
    quote!(.held(#lock, &[#(#paths),*]))
}
