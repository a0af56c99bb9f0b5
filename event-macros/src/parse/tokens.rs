//! Tokens outside of items: split at commas, and as text for messages.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::{Attribute, Visibility};

/// The token trees between top-level commas.
pub(super) fn chunks(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut chunks = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => chunks.push(Vec::new()),
            _ => {
                if let Some(chunk) = chunks.last_mut() {
                    chunk.push(token);
                }
            }
        }
    }
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

/// The types between top-level commas, those within `<` and `>` kept together.
pub(super) fn chunks_of_types(tokens: TokenStream) -> Vec<TokenStream> {
    let mut types = vec![TokenStream::new()];
    let mut depth = 0_usize;
    let mut arrow = false;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !arrow => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    types.push(TokenStream::new());
                    continue;
                }
                _ => {}
            }
            arrow = punct.as_char() == '-';
        }
        if let Some(ty) = types.last_mut() {
            ty.extend([token]);
        }
    }
    types.retain(|ty| !ty.is_empty());
    types
}

/// A token as text for a message.
pub(super) fn brief(token: &TokenTree) -> String {
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

/// The error for attributes, or a `pub`, with nothing behind them.
pub(super) fn nothing_follows(
    attrs: &[Attribute],
    vis: &Visibility,
    what: &str,
    syntax: &str,
) -> syn::Error {
    let help = format!("help: write {syntax}");
    match attrs.last() {
        _ if !matches!(vis, Visibility::Inherited) => {
            syn::Error::new_spanned(vis, format!("expected {what} after this\n{help}"))
        }
        Some(attr) if attr.path().is_ident("doc") => {
            let message = format!(
                "expected {what} after this doc comment\n{help} below it, or begin the comment with `//`"
            );
            syn::Error::new_spanned(attr, message)
        }
        Some(attr) => syn::Error::new_spanned(
            attr,
            format!("expected {what} after this attribute\n{help} below it"),
        ),
        None => syn::Error::new(Span::call_site(), format!("expected {what}\n{help}")),
    }
}
