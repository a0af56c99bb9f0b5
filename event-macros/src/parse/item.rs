//! Reads items: the items of a block, or the item of a derive.

use super::docs::Docs;
use super::misplaced;
use super::tokens::{brief, nothing_follows};
use crate::ast::Head;
use crate::diag::Errors;
use event_grammar::suggest;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Generics, Token, Visibility, braced, parenthesized};

/// An item as written.
pub(super) enum Item {
    Struct { head: Head, body: StructBody },
    Enum { head: Head, variants: Vec<RawVariant> },
    Other(TokenStream),
}

pub(crate) enum StructBody {
    Unit,
    /// The tokens between the braces: the item's attribute decides which words its fields may have.
    Named(TokenStream),
    Tuple(TokenStream),
}

/// A variant as written.
pub(crate) struct RawVariant {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) body: RawVariantBody,
}

pub(crate) enum RawVariantBody {
    Unit,
    Tuple(TokenStream),
    Named(TokenStream),
}

pub(super) fn item(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Item> {
    if input.peek(Token![#]) && input.peek2(Token![!]) {
        for inner in input.call(Attribute::parse_inner)? {
            errors.on(&inner, "an attribute of the whole block has no place here\nhelp: write it above an item, without `!`, or at the top of the module");
        }
    }
    let attrs = Attribute::parse_outer(input)?;
    let vis: Visibility = input.parse()?;
    if input.peek(Token![use]) {
        let mut tokens = quote!(#(#attrs)* #vis);
        while !input.is_empty() {
            let tree: TokenTree = input.parse()?;
            let end = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ';');
            tree.to_tokens(&mut tokens);
            if end {
                break;
            }
        }
        return Ok(Item::Other(tokens));
    }
    if let Some(keyword) = input.parse::<Option<Token![struct]>>()? {
        return structure(attrs, vis, keyword.to_token_stream(), input);
    }
    if let Some(keyword) = input.parse::<Option<Token![enum]>>()? {
        return enumeration(attrs, vis, keyword.to_token_stream(), input, errors);
    }
    // The start of the next item is left for that item.
    if input.is_empty() || starts_item(input) {
        return Err(nothing_follows(
            &attrs,
            &vis,
            "a `struct` or an `enum`",
            "`pub struct Name { .. }`",
        ));
    }
    let found: TokenTree = input.parse()?;
    let word = brief(&found);
    let help = match (word.as_str(), suggest::closest(&word, ["struct", "enum"])) {
        _ if input.peek(Token![!]) => "\nhelp: macros are not expanded within a block: write out what it stands for, or let it expand to the whole block".to_owned(),
        ("union", _) => "\nhelp: write an `enum`: its JSON says which variant it is".to_owned(),
        (",", _) => "\nhelp: remove the comma: items need no separator".to_owned(),
        (_, Some(near)) => format!(", did you mean `{near}`?"),
        _ => "\nhelp: move it out of the block: it declares events, and the types that they hold".to_owned(),
    };
    Err(syn::Error::new(
        found.span(),
        format!("expected `struct`, `enum` or `use`, found `{word}`{help}"),
    ))
}

/// Whether an item begins here.
pub(super) fn starts_item(input: ParseStream<'_>) -> bool {
    input.peek(Token![#])
        || input.peek(Token![pub])
        || input.peek(Token![struct])
        || input.peek(Token![enum])
        || input.peek(Token![use])
}

fn head(
    attrs: Vec<Attribute>,
    vis: Visibility,
    keyword: TokenStream,
    input: ParseStream<'_>,
) -> syn::Result<Head> {
    let expected = || {
        syn::Error::new_spanned(
            &keyword,
            format!("expected a name after this\nhelp: write `{keyword} Name {{ .. }}`"),
        )
    };
    if starts_item(input) {
        return Err(expected());
    }
    let ident: Ident = match input.call(Ident::parse_any) {
        Ok(ident) if syn::parse2::<Ident>(quote!(#ident)).is_ok() => ident,
        Ok(word) => {
            let message = format!(
                "`{word}` is a keyword of Rust, not a name\nhelp: write `{keyword} Name {{ .. }}`"
            );
            return Err(syn::Error::new(word.span(), message));
        }
        Err(_) => return Err(expected()),
    };
    let generics: Generics = input.parse()?;
    let (docs, has_helpers) = (Docs::of(&attrs), misplaced::has_foreign_derive(&attrs));
    Ok(Head {
        attrs,
        docs,
        vis,
        keyword,
        body: ident.span(),
        ident,
        generics,
        shell: false,
        masked: None,
        has_helpers,
    })
}

fn structure(
    attrs: Vec<Attribute>,
    vis: Visibility,
    keyword: TokenStream,
    input: ParseStream<'_>,
) -> syn::Result<Item> {
    let mut head = head(attrs, vis, keyword, input)?;
    if input.peek(Token![where]) {
        head.generics.where_clause = input.parse()?;
    }
    let body = if input.peek(syn::token::Brace) {
        let content;
        head.body = braced!(content in input).span.join();
        StructBody::Named(content.parse()?)
    } else if input.peek(syn::token::Paren) {
        let content;
        parenthesized!(content in input);
        let fields = content.parse()?;
        input.parse::<Option<Token![;]>>()?;
        StructBody::Tuple(fields)
    } else if input.parse::<Option<Token![;]>>()?.is_some() {
        StructBody::Unit
    } else {
        let ident = &head.ident;
        return Err(syn::Error::new_spanned(
            ident,
            format!("struct `{ident}` has no body\nhelp: write `{{ .. }}`, or `;` for no fields"),
        ));
    };
    Ok(Item::Struct { head, body })
}

fn enumeration(
    attrs: Vec<Attribute>,
    vis: Visibility,
    keyword: TokenStream,
    input: ParseStream<'_>,
    errors: &Errors,
) -> syn::Result<Item> {
    let mut head = head(attrs, vis, keyword, input)?;
    if input.peek(Token![where]) {
        head.generics.where_clause = input.parse()?;
    }
    if !input.peek(syn::token::Brace) {
        let ident = &head.ident;
        return Err(syn::Error::new_spanned(
            ident,
            format!("enum `{ident}` has no body\nhelp: write `{{ .. }}`"),
        ));
    }
    let content;
    head.body = braced!(content in input).span.join();
    let mut variants = Vec::new();
    while !content.is_empty() {
        match variant(&content, errors) {
            Ok(variant) => variants.push(variant),
            Err(error) => {
                head.shell = true;
                errors.push(error);
                while !content.is_empty() && content.parse::<Option<Token![,]>>()?.is_none() {
                    content.parse::<TokenTree>()?;
                }
            }
        }
    }
    Ok(Item::Enum { head, variants })
}

fn variant(input: ParseStream<'_>, errors: &Errors) -> syn::Result<RawVariant> {
    let attrs = Attribute::parse_outer(input)?;
    if input.is_empty() {
        return Err(nothing_follows(&attrs, &Visibility::Inherited, "a variant", "`Name`"));
    }
    let ident: Ident = input.parse().map_err(|error| {
        syn::Error::new(error.span(), "expected a variant\nhelp: write `Name`, in CamelCase")
    })?;
    let body = if input.peek(syn::token::Brace) {
        let content;
        braced!(content in input);
        RawVariantBody::Named(content.parse()?)
    } else if input.peek(syn::token::Paren) {
        let content;
        parenthesized!(content in input);
        RawVariantBody::Tuple(content.parse()?)
    } else {
        RawVariantBody::Unit
    };
    if input.peek(Token![=]) {
        errors.push(input.error(
            "a variant has no number here: it is written by its name\nhelp: remove the `= ..`",
        ));
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
    }
    if input.parse::<Option<Token![,]>>()?.is_none() && !input.is_empty() {
        // The variant itself is complete.
        errors.push(input.error(format!(
            "expected `,` after the variant `{ident}`\nhelp: variants are separated by commas"
        )));
    }
    Ok(RawVariant { attrs, ident, body })
}

/// The item of a derive. Attributes of others on it may belong to another derive.
pub(super) fn derived(tokens: TokenStream, errors: &Errors) -> Option<Item> {
    let mut item = single(tokens, errors)?;
    if let Item::Struct { head, .. } | Item::Enum { head, .. } = &mut item {
        head.has_helpers = true;
    }
    Some(item)
}

/// The one item of a derive or of `catalog!`.
pub(super) fn single(tokens: TokenStream, errors: &Errors) -> Option<Item> {
    let parser = |input: ParseStream<'_>| {
        let parsed = item(input, errors);
        // rustc reports the remaining tokens.
        let _: TokenStream = input.parse()?;
        parsed
    };
    parser.parse2(tokens).map_err(|error| errors.push(error)).ok()
}
