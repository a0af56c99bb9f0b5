//! Where generated tokens are: the one file that gives them a span.
//!
//! An editor takes every generated token of the same span for the user's token there: hover and "go
//! to definition" answer for all of them, and a rename overwrites the place that the span names. So
//! generated names are at the call site, with two exceptions:
//!
//! - An error has to be reported at a token of the user's. Only brackets and punctuation of the
//!   generated code are there, which an editor does not look up; rustc joins the spans of the first
//!   token and the last.
//! - A user calls a generated name, as `emit_*`. It is at a *keyword* of the declaration, with the
//!   macro's hygiene: an editor goes there, and refuses to rename it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Lifetime;

/// The spans of the first token and the last: between them stable Rust cannot join.
pub(super) fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// Where something is declared that a user calls by a generated name: the place of the item's
/// `struct`, with the hygiene of the macro.
pub(super) fn declaration(head: &crate::ast::Head) -> Span {
    Span::call_site().located_at(ends(&head.keyword).0)
}

/// `tokens` in parentheses at `span`.
pub(super) fn parenthesized(tokens: TokenStream, span: Span) -> TokenStream {
    delimited(Delimiter::Parenthesis, tokens, span).to_token_stream()
}

/// A body in braces, at the span of the user's own.
pub(super) fn braces(tokens: TokenStream, span: Span) -> TokenStream {
    delimited(Delimiter::Brace, tokens, span).to_token_stream()
}

/// A group of tokens at `span`.
pub(super) fn delimited(delimiter: Delimiter, tokens: TokenStream, span: Span) -> Group {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(span);
    group
}

/// `(function)(arguments)`, reported from the first of `at` to the last.
pub(super) fn call(
    function: TokenStream,
    arguments: TokenStream,
    (first, last): (Span, Span),
) -> TokenStream {
    let (function, arguments) = (parenthesized(function, first), parenthesized(arguments, last));
    quote!(#function #arguments)
}

/// `path<>`, or any path that ends in `>`, reported from the first of `at` to the last. One that
/// begins with a name is the user's own: that name stays.
pub(super) fn path(path: TokenStream, (first, last): (Span, Span)) -> TokenStream {
    let mut tokens: Vec<TokenTree> = path.into_iter().collect();
    // `<` or `::`, of which the first is one token and the second two.
    let begin = tokens.iter_mut().take(2).take_while(|token| matches!(token, TokenTree::Punct(_)));
    begin.for_each(|token| token.set_span(first));
    if let Some(end @ TokenTree::Punct(_)) = tokens.last_mut() {
        end.set_span(last);
    }
    tokens.into_iter().collect()
}

/// `base.field`, reported at the field's name.
pub(super) fn member(base: &TokenStream, field: &Ident) -> TokenStream {
    let base = parenthesized(base.clone(), field.span());
    quote!(#base.#field)
}

/// `&value`, reported from `at` to the end of the value.
pub(super) fn reference(value: &TokenStream, at: Span) -> TokenStream {
    quote_spanned!(at=> & #value)
}

/// `impl` and `{}`, for what is reported from the item's `struct` to its name.
pub(super) fn implementation(head: &crate::ast::Head) -> (TokenStream, TokenStream) {
    implementation_at(TokenStream::new(), (ends(&head.keyword).0, head.ident.span()))
}

/// `impl` and its body in braces, reported from the first of `at` to the last.
pub(super) fn implementation_at(
    body: TokenStream,
    (first, last): (Span, Span),
) -> (TokenStream, TokenStream) {
    let first = Span::call_site().located_at(first);
    (quote_spanned!(first=> impl), braces(body, last))
}

/// A path to a word that the user wrote, which is the last token of it: reported at that word.
pub(super) fn word(path: &TokenStream, word: &Ident) -> TokenStream {
    let span = word.span();
    let path = self::path(quote!(#path::), (span, span));
    quote!(#path #word)
}

/// `alias::Word`, reported at the word. The alias is at it too, since rustc joins the two: it is a
/// generated name for a type, which nobody can rename.
pub(super) fn beside(alias: &str, word: &Ident) -> TokenStream {
    let alias = Ident::new(alias, Span::call_site().located_at(word.span()));
    quote!(#alias::#word)
}

/// Tokens that rustc shows in a note: at the item's `struct`.
pub(super) fn at_the_keyword(tokens: TokenStream, head: &crate::ast::Head) -> TokenStream {
    respanned(tokens, declaration(head))
}

/// Tokens of another context than those around them, of which rustc proposes no change.
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

/// A type under these lifetimes, reported at its name.
pub(super) fn with_lifetimes(ident: &Ident, lifetimes: &[Lifetime]) -> TokenStream {
    if lifetimes.is_empty() {
        quote!(#ident)
    } else {
        quote_spanned!(ident.span()=> #ident<#(#lifetimes),*>)
    }
}

/// The pattern `name` or `ref name`, its type reported from the first of `at` to the last. A
/// pattern that binds begins with a name; one of two alternatives begins and ends in parentheses.
pub(super) fn binding(name: &TokenStream, (first, last): (Span, Span)) -> TokenStream {
    let (one, same) = (parenthesized(name.clone(), first), parenthesized(name.clone(), last));
    quote!(#one | #same)
}
