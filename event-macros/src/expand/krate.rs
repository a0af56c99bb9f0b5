//! The path to event-core, and the names below it for generated code.

use super::ident::ident;
use crate::dependency::Dependency;
use crate::parse::Docs;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

/// The path to event-core, and the names below it that generated code uses.
#[derive(Clone)]
pub(crate) struct Krate {
    path: TokenStream,
    /// Whether the declaration names the path: `crate = ..`.
    pub(super) is_named: bool,
}

impl Krate {
    pub(super) fn new(path: Option<&Path>) -> Self {
        let path_of_dependency = || match Dependency::of_crate() {
            Dependency::Named(name) => {
                let name = ident(&name, Span::call_site());
                quote!(::#name)
            }
            Dependency::Missing => quote!(::event_core),
        };
        Self {
            path: path.map_or_else(path_of_dependency, ToTokens::to_token_stream),
            is_named: path.is_some(),
        }
    }

    /// `::event_core::__private`
    pub(super) fn private(&self) -> TokenStream {
        quote!(#self::__private)
    }

    /// `core`, even if the user's crate has another item of that name.
    pub(super) fn core(&self) -> TokenStream {
        quote!(#self::__private::core)
    }

    /// Documentation as a descriptor has it.
    pub(super) fn docs(&self, docs: &Docs) -> TokenStream {
        docs.expression(&self.core(), &self.private())
    }

    /// The attributes of every generated impl.
    pub(super) fn impl_attrs(&self) -> TokenStream {
        // With `#![no_implicit_prelude]` rustc does not know `diagnostic`. Such a module names the
        // path to event-core, and gets the longer messages.
        let diagnostic = (!self.is_named).then(|| quote!(#[diagnostic::do_not_recommend]));
        quote!(#[automatically_derived] #diagnostic)
    }
}

impl ToTokens for Krate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.path.to_tokens(tokens);
    }
}
