//! The lock check of a catalog as a whole: every locked version is declared.

use super::REPORTED;
use super::forms::forms;
use crate::expand::assertion::assertion;
use crate::expand::krate::Krate;
use crate::lock::{Contract, Uses};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Asserts, at the catalog's name, that every locked version is declared.
pub(in crate::expand) fn declared(
    ident: &Ident,
    is_whole: &TokenStream,
    contract: &Contract,
    krate: &Krate,
) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let key = |event: &str, version| event_grammar::fingerprint::version(event, version);
    let mut locked: Vec<(u64, &str, u32)> =
        contract.all().map(|(event, version)| (key(event, version), event, version)).collect();
    locked.sort_unstable();
    let locked: Vec<TokenStream> =
        locked.into_iter().map(|(key, event, version)| quote!((#key, #event, #version))).collect();
    if locked.is_empty() {
        return TokenStream::new();
    }
    let spoken = contract.uses().map(Uses::spoken).unwrap_or_default();
    let spoken = spoken.into_iter().map(|(uses, event, ty, member)| {
        let forms = forms(uses.into_iter(), contract, krate);
        quote!(#private::Spoken { forms: #forms, event: #event, ty: #ty, member: #member })
    });
    let spoken: Vec<TokenStream> = spoken.collect();
    let spoken = (!spoken.is_empty()).then(|| {
        let command = contract.command();
        let call = assertion(
            &[],
            ident,
            krate,
            "assert_spoken",
            &quote!(#ident::BLOCKS, &[#(#spoken),*], #command),
        );
        quote!(#[allow(long_running_const_eval)] #call)
    });
    let (count, command) = (locked.len(), contract.command());
    let checks = (0..REPORTED).map(|nth| {
        assertion(
            &[],
            ident,
            krate,
            "assert_all_declared",
            &quote!(__MISSING, __LOCKED, #nth, #command),
        )
    });
    quote! {
        const _: () = {
            const __LOCKED: &[#private::LockedName; #count] = &[#(#locked),*];
            #[allow(long_running_const_eval)]
            // In a block with a mistake, a declared event may be missing from the tree.
            const __MISSING: &[#core::primitive::bool] =
                if #is_whole { &#private::undeclared(#ident::BLOCKS, __LOCKED) } else { &[] };
            #(#checks)*
            #spoken
        };
    }
}
