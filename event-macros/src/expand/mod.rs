//! From the checked tree to tokens. Total: whatever the tree holds expands.
//!
//! Paths are absolute and carry the macro's span; a field's type carries its own, so that rustc
//! points at it and an editor shows it and nothing else: see `spans`.

mod block;
mod catalog;
mod dictionary;
mod domain;
mod emit;
mod event;
mod field;
mod free;
mod group;
mod level;
mod lock;
mod masked;
mod meta;
mod operation;
mod page;
mod reading;
mod shells;
mod source;
mod spans;
mod through;
mod transition;
mod upcast;
mod value;
mod variants;
mod warning;
mod wide;

pub(crate) use catalog::catalog;
pub(crate) use shells::shells;

use crate::ast::{Block, Event, Head, Value};
use crate::dependency::Dependency;
use crate::lock::Contract;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use spans::{braces, ends};
use syn::{Attribute, GenericParam, Lifetime, Path};

/// The path to event-core, and the names below it that generated code uses.
#[derive(Clone)]
pub(crate) struct Krate {
    path: TokenStream,
    /// Whether the declaration names it: `crate = ..`.
    is_named: bool,
}

impl Krate {
    pub(crate) fn new(path: Option<&Path>) -> Self {
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
    pub(crate) fn private(&self) -> TokenStream {
        quote!(#self::__private)
    }

    /// `core`, whatever the user's crate calls so.
    pub(crate) fn core(&self) -> TokenStream {
        quote!(#self::__private::core)
    }

    /// Documentation, as a descriptor holds it.
    fn docs(&self, docs: &crate::parse::Docs) -> TokenStream {
        docs.expression(&self.core(), &self.private())
    }

    /// What every generated impl carries.
    fn impl_attrs(&self) -> TokenStream {
        // Under `#![no_implicit_prelude]` rustc does not know `diagnostic`. Such a module names the
        // path to event-core, and has the longer messages.
        let diagnostic = (!self.is_named).then(|| quote!(#[diagnostic::do_not_recommend]));
        quote!(#[automatically_derived] #diagnostic)
    }
}

/// Generated impls, under the item's `cfg`s, with nothing in them to lint: said once for all of
/// them.
fn quiet(cfgs: &[&Attribute], impls: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[allow(dead_code, deprecated, elided_lifetimes_in_paths, unreachable_code, unused_variables, unused_qualifications, clippy::all, clippy::pedantic, clippy::restriction)]
        const _: () = { #impls };
    }
}

impl ToTokens for Krate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.path.to_tokens(tokens);
    }
}

/// Expands a block.
pub(crate) fn block(block: &Block, contract: &Contract) -> TokenStream {
    block::block(block, contract, &Krate::new(block.krate.as_ref()))
}

/// Expands a free event: all but its struct, which stands already.
pub(crate) fn free_event(event: &Event, krate: Option<&Path>, contract: &Contract) -> TokenStream {
    free::event(event, contract, &Krate::new(krate))
}

/// Expands a value type under a derive: all but the type itself.
pub(crate) fn free_value(value: &Value, krate: Option<&Path>, contract: &Contract) -> TokenStream {
    let krate = &Krate::new(krate);
    let (implementation, watched) = (
        value::implementation(value, contract, krate),
        lock::watch_type(&event::debug_name(&value.head), contract, krate),
    );
    quote!(#implementation #watched)
}

impl Head {
    fn lifetimes(&self) -> Vec<&Lifetime> {
        self.generics
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                GenericParam::Lifetime(lifetime) => Some(&lifetime.lifetime),
                _ => None,
            })
            .collect()
    }

    /// `impl<'a>`'s generics, `Type<'a>`, and the where clause.
    fn split(&self) -> (TokenStream, TokenStream, TokenStream) {
        let (generics, arguments, clause) = self.generics.split_for_impl();
        let ident = &self.ident;
        (quote!(#generics), quote!(#ident #arguments), quote!(#clause))
    }

    /// The type with every lifetime `'static`, all of it reported at its name.
    fn owned(&self) -> TokenStream {
        self.with_lifetimes(&Lifetime::new("'static", Span::call_site()))
    }

    /// The type with every lifetime `'_`.
    fn elided(&self) -> TokenStream {
        self.with_lifetimes(&Lifetime::new("'_", Span::call_site()))
    }

    fn with_lifetimes(&self, lifetime: &Lifetime) -> TokenStream {
        let lifetimes: Vec<Lifetime> = self.lifetimes().iter().map(|_| lifetime.clone()).collect();
        spans::with_lifetimes(&self.ident, &lifetimes)
    }

    /// The struct's or enum's head as written, before its body.
    fn declaration(&self) -> TokenStream {
        let (vis, keyword, ident, generics) =
            (&self.vis, &self.keyword, &self.ident, &self.generics);
        quote!(#vis #keyword #ident #generics)
    }
}

/// A constant that calls an assertion of event-core's, the call from the first of `tokens` to the
/// last: there rustc reports that it failed.
fn assertion(
    cfgs: &[&Attribute],
    tokens: &impl ToTokens,
    krate: &Krate,
    function: &str,
    arguments: &TokenStream,
) -> TokenStream {
    let (private, function) = (krate.private(), Ident::new(function, Span::call_site()));
    let call = spans::call(quote!(#private::#function), arguments.clone(), ends(tokens));
    quote!(#(#cfgs)* const _: () = #call;)
}

/// The shape of a type that is being described: behind a function, under the name that stands for
/// it in constants.
fn recursion(ty: &syn::Type, own: Option<&Ident>, krate: &Krate) -> TokenStream {
    fn written(tokens: TokenStream, own: Option<&Ident>, name: &mut String) {
        use proc_macro2::TokenTree;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                // A lifetime, with the comma after it: what a type borrows is no part of its form.
                TokenTree::Punct(quote) if quote.as_char() == '\'' => {
                    tokens.next();
                    tokens.next_if(
                        |next| matches!(next, TokenTree::Punct(comma) if comma.as_char() == ','),
                    );
                }
                TokenTree::Ident(ident) if Some(&ident) == own => name.push_str("Self"),
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                        proc_macro2::Delimiter::Bracket => ("[", "]"),
                        proc_macro2::Delimiter::Brace => ("{", "}"),
                        proc_macro2::Delimiter::None => ("", ""),
                    };
                    name.push_str(open);
                    written(group.stream(), own, name);
                    name.push_str(close);
                }
                token => name.push_str(&token.to_string()),
            }
        }
    }
    let mut name = String::new();
    written(ty.to_token_stream(), own, &mut name);
    let name = name.replace("<>", "");
    let private = krate.private();
    quote! {
        &#krate::shape::Shape::Recursive(#krate::shape::Recursion { name: #name, shape: #private::shape_of::<#ty> })
    }
}

/// A list of names.
fn names(names: &[syn::LitStr], krate: &Krate) -> TokenStream {
    if names.is_empty() {
        let private = krate.private();
        quote!(#private::NO_NAMES)
    } else {
        quote!(&[#(#names),*])
    }
}

/// `Some(text)` or `None`, as tokens.
fn option(krate: &Krate, value: Option<impl ToTokens>) -> TokenStream {
    let core = krate.core();
    match value {
        Some(value) => quote!(#core::option::Option::Some(#value)),
        None => quote!(#core::option::Option::None),
    }
}

fn ident(text: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(text).is_ok() {
        Ident::new(text, span)
    } else {
        Ident::new_raw(text, span)
    }
}

/// A text as a JSON string, quoted and escaped.
fn json_text(text: &str) -> String {
    use std::fmt::Write as _;
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// `tokens` with each of the item's own lifetimes made `'static`, for use outside of its impls.
fn made_static(tokens: TokenStream, head: &Head) -> TokenStream {
    use proc_macro2::TokenTree;
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
