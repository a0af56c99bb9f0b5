//! The decision about a sensitive value, for the run time.

use super::krate::Krate;
use crate::ast::{Mask, last_name};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// `.sensitivity(..)`, if there is a decision about the value.
pub(super) fn sensitivity(mask: Option<&Mask>, krate: &Krate) -> Option<TokenStream> {
    let decided = mask.map(|mask| {
        let variant = mask_ident(mask);
        match mask {
            Mask::Custom { name } => {
                let name = last_name(name);
                quote!(#variant { name: #name })
            }
            Mask::Clear { reason } => quote!(#variant { reason: #reason }),
            _ => variant.to_token_stream(),
        }
    });
    decided.map(|decided| quote!(.sensitivity(#krate::meta::Sensitivity::#decided)))
}

/// The name of a mask at run time: the variant of `Sensitivity`, and the type that writes the
/// masked value.
pub(super) fn mask_ident(mask: &Mask) -> Ident {
    format_ident!("{}", event_grammar::name::camel(mask.as_str()))
}
