//! The spans of generated tokens. Only this file sets spans.
//!
//! An editor takes every generated token with the span of a user's token for that token: hover and
//! "go to definition" answer for all of them, and a rename overwrites the place of the span. So
//! generated names have the span of the call site, with two exceptions:
//!
//! - An error must be reported at a user's token. Only brackets and punctuation of the generated
//!   code have such a span, which an editor does not look up. rustc joins the spans of the first
//!   and the last token.
//! - A user calls some generated names, such as `emit_*`. Such a name has the span of a *keyword*
//!   of the declaration, with the macro's hygiene: an editor goes there, and refuses to rename it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Lifetime;

/// The spans of the first and the last token: stable Rust cannot join spans.
pub(super) fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The place of a generated name that users call: the item's `struct`, with the macro's hygiene.
pub(super) fn declaration(head: &crate::ast::Head) -> Span {
    Span::call_site().located_at(ends(&head.keyword).0)
}

/// `tokens` in parentheses at `span`.
pub(super) fn parenthesized(tokens: TokenStream, span: Span) -> TokenStream {
    delimited(Delimiter::Parenthesis, tokens, span).to_token_stream()
}

/// A body in braces, with the span of the user's body.
pub(super) fn braces(tokens: TokenStream, span: Span) -> TokenStream {
    delimited(Delimiter::Brace, tokens, span).to_token_stream()
}

/// A group of tokens at `span`.
pub(super) fn delimited(delimiter: Delimiter, tokens: TokenStream, span: Span) -> Group {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(span);
    group
}

/// `(function)(arguments)`, with a span from the first of `at` to the last.
pub(super) fn call(
    function: TokenStream,
    arguments: TokenStream,
    (first, last): (Span, Span),
) -> TokenStream {
    let (function, arguments) = (parenthesized(function, first), parenthesized(arguments, last));
    quote!(#function #arguments)
}

/// `path<>`, or any path that ends in `>`, with a span from the first token to the last. If the
/// path begins with a name, the name is the user's own and keeps its span.
pub(super) fn path(path: TokenStream, (first, last): (Span, Span)) -> TokenStream {
    let mut tokens: Vec<TokenTree> = path.into_iter().collect();
    // `<` is one token, `::` is two.
    let begin = tokens.iter_mut().take(2).take_while(|token| matches!(token, TokenTree::Punct(_)));
    begin.for_each(|token| token.set_span(first));
    if let Some(end @ TokenTree::Punct(_)) = tokens.last_mut() {
        end.set_span(last);
    }
    tokens.into_iter().collect()
}

/// `base.field`, with the span of the field's name.
pub(super) fn member(base: &TokenStream, field: &Ident) -> TokenStream {
    let base = parenthesized(base.clone(), field.span());
    quote!(#base.#field)
}

/// `&value`, with a span from `at` to the end of the value.
pub(super) fn reference(value: &TokenStream, at: Span) -> TokenStream {
    quote_spanned!(at=> & #value)
}

/// `impl` and `{}`, for errors that are reported from the item's `struct` to its name.
pub(super) fn implementation(head: &crate::ast::Head) -> (TokenStream, TokenStream) {
    implementation_at(TokenStream::new(), (ends(&head.keyword).0, head.ident.span()))
}

/// `impl` and its body in braces, with a span from the first of `at` to the last.
pub(super) fn implementation_at(
    body: TokenStream,
    (first, last): (Span, Span),
) -> (TokenStream, TokenStream) {
    let first = Span::call_site().located_at(first);
    (quote_spanned!(first=> impl), braces(body, last))
}

/// A path whose last token is a word of the user's, with the span of that word.
pub(super) fn word(path: &TokenStream, word: &Ident) -> TokenStream {
    let span = word.span();
    let path = self::path(quote!(#path::), (span, span));
    quote!(#path #word)
}

/// `alias::Word`, with the span of the word. The alias has this span too, because rustc joins the
/// two. It is a generated name for a type, so an editor cannot rename it.
pub(super) fn beside(alias: &str, word: &Ident) -> TokenStream {
    let alias = Ident::new(alias, Span::call_site().located_at(word.span()));
    quote!(#alias::#word)
}

/// Tokens that rustc shows in a note, with the span of the item's `struct`.
pub(super) fn at_the_keyword(tokens: TokenStream, head: &crate::ast::Head) -> TokenStream {
    respanned(tokens, declaration(head))
}

/// Tokens with another syntax context than the tokens around them, so that rustc suggests no change
/// to them.
pub(super) fn of_another_context(tokens: TokenStream) -> TokenStream {
    respanned(tokens, Span::mixed_site())
}

fn respanned(tokens: TokenStream, span: Span) -> TokenStream {
    let respan = |token| match token {
        TokenTree::Group(group) => {
            TokenTree::Group(delimited(group.delimiter(), respanned(group.stream(), span), span))
        }
        mut token => {
            token.set_span(span);
            token
        }
    };
    tokens.into_iter().map(respan).collect()
}

/// A type with these lifetimes, with the span of its name.
pub(super) fn with_lifetimes(ident: &Ident, lifetimes: &[Lifetime]) -> TokenStream {
    if lifetimes.is_empty() {
        quote!(#ident)
    } else {
        quote_spanned!(ident.span()=> #ident<#(#lifetimes),*>)
    }
}

/// The pattern `name` or `ref name`, whose type is reported from the first of `at` to the last. A
/// binding pattern begins with a name; a pattern of two alternatives begins and ends in
/// parentheses.
pub(super) fn binding(name: &TokenStream, (first, last): (Span, Span)) -> TokenStream {
    let (one, same) = (parenthesized(name.clone(), first), parenthesized(name.clone(), last));
    quote!(#one | #same)
}
