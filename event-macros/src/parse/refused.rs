//! Parts that an item of the language cannot have: parameters, and derives of traits that are
//! generated.

use super::tokens::chunks;
use crate::ast::Head;
use crate::diag::Errors;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Meta;

/// An event has one shape with one name. Lifetimes are allowed: they end when the event is encoded.
pub(super) fn refuse_parameters(head: &mut Head, what: &str, errors: &Errors) {
    for parameter in &head.generics.params {
        if !matches!(parameter, syn::GenericParam::Lifetime(_)) {
            errors.on(
                parameter,
                format!(
                    "{what} has no type or const parameters: it has one name and one schema\nhelp: name the type, or write one struct for each"
                ),
            );
        }
    }
    head.shell |= head.has_parameters();
}

/// Refuses derives of traits that `events!` generates: a derived `Debug` would show masked values,
/// and rustc's message about two implementations is long.
pub(super) fn refuse_derives(head: &mut Head, errors: &Errors) {
    for attr in &mut head.attrs {
        let Meta::List(list) = &mut attr.meta else { continue };
        if !list.path.is_ident("derive") {
            continue;
        }
        let mut kept: Vec<TokenStream> = Vec::new();
        for chunk in chunks(list.tokens.clone()) {
            let Some(TokenTree::Ident(derived)) = chunk.last() else { continue };
            let mistake = match derived.to_string().as_str() {
                "Debug" => {
                    "`Debug` is generated here, masked: a derived one would show sensitive fields\nhelp: remove it"
                }
                "DomainEvent" => {
                    "an event of a block is declared by `#[event(..)]`, not by a derive\nhelp: remove `DomainEvent`"
                }
                "EventValue" => {
                    "a value of a block is declared by `#[value]`, not by a derive\nhelp: write `#[value]` instead of `#[derive(EventValue)]`"
                }
                _ => {
                    kept.push(chunk.into_iter().collect());
                    continue;
                }
            };
            errors.on(derived, mistake);
        }
        list.tokens = quote!(#(#kept),*);
    }
}

/// Whether `ty` mentions `ident`: a type that contains itself.
pub(crate) fn mentions(ty: &impl ToTokens, ident: &Ident) -> bool {
    fn within(tokens: TokenStream, ident: &Ident) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(found) => found == *ident || found == "Self",
            TokenTree::Group(group) => within(group.stream(), ident),
            _ => false,
        })
    }
    within(ty.to_token_stream(), ident)
}
