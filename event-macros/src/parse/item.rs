//! Items: a block's, or the one that a derive stands on.

use super::args;
use super::field::{self, Owner};
use crate::ast::{Field, Head};
use crate::diag::Errors;
use event_grammar::suggest;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Generics, Lit, Meta, Token, Visibility, braced, parenthesized};

/// An item as it is written.
pub(super) enum Item {
    Struct { head: Head, body: StructBody },
    Enum { head: Head, variants: Vec<RawVariant> },
    Other(TokenStream),
}

pub(crate) enum StructBody {
    Unit,
    /// The tokens between the braces: which words fields may have follows from the item's attribute.
    Named(TokenStream),
    Tuple(TokenStream),
}

/// A variant as it is written.
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
    // What begins the next item is left to it.
    if input.is_empty() || starts_item(input) {
        let message = "expected a `struct` or an `enum` after this";
        return Err(match attrs.last() {
            _ if !matches!(vis, Visibility::Inherited) => syn::Error::new_spanned(&vis, message),
            Some(attr) => syn::Error::new_spanned(attr, message),
            None => input.error("expected an item"),
        });
    }
    let found: TokenTree = input.parse()?;
    let word = brief(&found);
    let help = match (word.as_str(), suggest::closest(&word, ["struct", "enum"])) {
        ("union", _) => "\nhelp: write an `enum`: what is written says which variant it is".to_owned(),
        (",", _) => "\nhelp: items stand one after the other, without commas".to_owned(),
        (_, Some(near)) => format!(", did you mean `{near}`?"),
        _ => "\nhelp: move it out of the block: it declares events, and the types that they hold".to_owned(),
    };
    Err(syn::Error::new(found.span(), format!("expected `struct`, `enum` or `use`, found `{word}`{help}")))
}

/// Whether an item begins here.
pub(super) fn starts_item(input: ParseStream<'_>) -> bool {
    input.peek(Token![#])
        || input.peek(Token![pub])
        || input.peek(Token![struct])
        || input.peek(Token![enum])
        || input.peek(Token![use])
}

/// A token as it reads in a sentence.
fn brief(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "( .. )".into(),
            Delimiter::Brace => "{ .. }".into(),
            Delimiter::Bracket => "[ .. ]".into(),
            Delimiter::None => group.stream().to_string(),
        },
        other => other.to_string(),
    }
}

fn head(attrs: Vec<Attribute>, vis: Visibility, keyword: TokenStream, input: ParseStream<'_>) -> syn::Result<Head> {
    let expected = || {
        syn::Error::new_spanned(&keyword, format!("expected a name after this\nhelp: write `{keyword} Name {{ .. }}`"))
    };
    if starts_item(input) {
        return Err(expected());
    }
    let ident: Ident = match input.call(Ident::parse_any) {
        Ok(ident) if syn::parse2::<Ident>(quote!(#ident)).is_ok() => ident,
        Ok(word) => return Err(syn::Error::new(word.span(), format!("`{word}` is a keyword of Rust, not a name"))),
        Err(_) => return Err(expected()),
    };
    let generics: Generics = input.parse()?;
    let docs = doc_text(&attrs);
    Ok(Head { attrs, docs, vis, keyword, body: ident.span(), ident, generics, shell: false })
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
        return Err(syn::Error::new_spanned(ident, format!("enum `{ident}` has no body\nhelp: write `{{ .. }}`")));
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
    let ident: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), "expected a variant"))?;
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
        errors.push(input.error("a variant has no number here: it is written by its name\nhelp: remove the `= ..`"));
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
    }
    if input.parse::<Option<Token![,]>>()?.is_none() && !input.is_empty() {
        // The variant itself is complete.
        errors.push(input.error(format!("expected `,` after the variant `{ident}`")));
    }
    Ok(RawVariant { attrs, ident, body })
}

/// The fields of something that names them.
pub(super) fn named_fields(
    head: &Head,
    body: StructBody,
    owner: Owner,
    what: &str,
    errors: &Errors,
) -> Option<Vec<Field>> {
    match body {
        StructBody::Unit => Some(Vec::new()),
        StructBody::Named(tokens) => {
            let parser = |input: ParseStream<'_>| Ok(field::fields(input, owner, errors));
            Some(parser.parse2(tokens).unwrap_or_default())
        }
        StructBody::Tuple(_) => {
            errors.on(
                &head.ident,
                format!(
                    "`{}` has fields without names: {what} names its fields\nhelp: write `{{ name: Type }}`",
                    head.ident
                ),
            );
            None
        }
    }
}

/// An event is one shape with one name; lifetimes are fine, they end where it is encoded.
pub(crate) fn refuse_parameters(head: &mut Head, what: &str, errors: &Errors) {
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

/// `Debug` is generated: a derived one would show what is masked.
pub(crate) fn refuse_debug(head: &mut Head, errors: &Errors) {
    for attr in &mut head.attrs {
        let Meta::List(list) = &mut attr.meta else { continue };
        if !list.path.is_ident("derive") {
            continue;
        }
        let mut kept: Vec<TokenStream> = Vec::new();
        for chunk in args::chunks(list.tokens.clone()) {
            if matches!(chunk.last(), Some(TokenTree::Ident(derived)) if derived == "Debug") {
                errors.on(
                    &chunk[chunk.len() - 1],
                    "`Debug` is generated here, masked: a derived one would show sensitive fields\nhelp: remove it",
                );
            } else {
                kept.push(chunk.into_iter().collect());
            }
        }
        list.tokens = quote!(#(#kept),*);
    }
}

/// Whether `ty` names `ident` anywhere: a type that contains itself.
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

/// The one item that a derive or `catalog!` is given.
pub(super) fn single(tokens: TokenStream, errors: &Errors) -> Option<Item> {
    let parser = |input: ParseStream<'_>| {
        let parsed = item(input, errors);
        // What is left is rustc's to report.
        let _: TokenStream = input.parse()?;
        parsed
    };
    parser.parse2(tokens).map_err(|error| errors.push(error)).ok()
}

/// The text of the doc comments, joined as rustdoc joins them.
pub(crate) fn doc_text(attrs: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attr in attrs {
        if let Meta::NameValue(pair) = &attr.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value
        {
            lines.extend(text.value().lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()));
        }
    }
    lines.join("\n").trim().to_owned()
}
