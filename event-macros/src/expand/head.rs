//! An item's name and parameters, for its impls and their uses.

use super::spans;
use crate::ast::Head;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::{GenericParam, Lifetime};

impl Head {
    /// The item's name, without `r#`.
    pub(super) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    pub(super) fn lifetimes(&self) -> Vec<&Lifetime> {
        self.generics
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                GenericParam::Lifetime(lifetime) => Some(&lifetime.lifetime),
                _ => None,
            })
            .collect()
    }

    /// The generics `impl<'a>`, the type `Type<'a>`, and the where clause.
    pub(super) fn split(&self) -> (TokenStream, TokenStream, TokenStream) {
        let (generics, arguments, clause) = self.generics.split_for_impl();
        let ident = &self.ident;
        (quote!(#generics), quote!(#ident #arguments), quote!(#clause))
    }

    /// The type with every lifetime `'static`, with the span of its name.
    pub(super) fn owned(&self) -> TokenStream {
        self.with_lifetimes(&Lifetime::new("'static", Span::call_site()))
    }

    /// The type with every lifetime `'_`.
    pub(super) fn elided(&self) -> TokenStream {
        self.with_lifetimes(&Lifetime::new("'_", Span::call_site()))
    }

    fn with_lifetimes(&self, lifetime: &Lifetime) -> TokenStream {
        let lifetimes: Vec<Lifetime> = self.lifetimes().iter().map(|_| lifetime.clone()).collect();
        spans::with_lifetimes(&self.ident, &lifetimes)
    }

    /// The struct's or enum's head as written, before its body.
    pub(super) fn declaration(&self) -> TokenStream {
        let (vis, keyword, ident, generics) =
            (&self.vis, &self.keyword, &self.ident, &self.generics);
        quote!(#vis #keyword #ident #generics)
    }
}

/// `tokens` with each of the item's own lifetimes made `'static`, for use outside of its impls.
pub(super) fn made_static(tokens: TokenStream, head: &Head) -> TokenStream {
    let own: Vec<String> =
        head.lifetimes().iter().map(|lifetime| lifetime.ident.to_string()).collect();
    let mut after_quote = false;
    tokens
        .into_iter()
        .map(|token| {
            let was_after_quote = std::mem::replace(&mut after_quote, false);
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    after_quote = true;
                    TokenTree::Punct(punct)
                }
                TokenTree::Ident(name)
                    if was_after_quote && (own.contains(&name.to_string()) || name == "_") =>
                {
                    TokenTree::Ident(Ident::new("static", Span::call_site()))
                }
                TokenTree::Group(group) => {
                    let inner = made_static(group.stream(), head);
                    TokenTree::Group(spans::delimited(group.delimiter(), inner, group.span()))
                }
                other => other,
            }
        })
        .collect()
}
