//! The patterns of a level rule: Rust's patterns that compare and do not bind.

use crate::ast::{Around, Case, Pattern};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Lit, LitBool, LitStr, Path, Token, parenthesized};

const EXPECTED: &str = "expected a number, a range of numbers (`400..=499`, `500..`), a text, \
                        `true`, `false`, a variant, `Some(..)`, `None` or `_`";

/// Patterns separated by `|`.
pub(super) fn alternatives(input: ParseStream<'_>) -> syn::Result<Vec<Pattern>> {
    input.parse::<Option<Token![|]>>()?;
    let mut patterns = one(input)?;
    while input.parse::<Option<Token![|]>>()?.is_some() {
        patterns.extend(one(input)?);
    }
    Ok(patterns)
}

/// One pattern between `|`s. A `Some` with several patterns gives several.
fn one(input: ParseStream<'_>) -> syn::Result<Vec<Pattern>> {
    let ahead = input.fork();
    if let Ok(some) = ahead.call(Ident::parse_any)
        && some == "Some"
    {
        let some: Ident = input.call(Ident::parse_any)?;
        if !input.peek(syn::token::Paren) {
            return Err(syn::Error::new(
                some.span(),
                "`Some` holds a value\nhelp: write `Some(_)` for any",
            ));
        }
        let inner;
        parenthesized!(inner in input);
        if inner.is_empty() {
            return Err(syn::Error::new(
                some.span(),
                "`Some` holds a value\nhelp: write `Some(_)` for any",
            ));
        }
        let all: TokenStream = inner.fork().parse()?;
        if all.to_string() == ".." {
            return Err(syn::Error::new_spanned(
                all,
                "`Some` holds one value\nhelp: write `Some(_)` for any",
            ));
        }
        let held = alternatives(&inner)?;
        if !inner.is_empty() {
            return Err(inner.error("expected one pattern in `Some(..)`"));
        }
        return held.into_iter().map(|pattern| within(&some, pattern)).collect();
    }
    let (case, written) = case(input)?;
    Ok(vec![Pattern { around: Around::Nothing, case, written }])
}

fn within(some: &Ident, pattern: Pattern) -> syn::Result<Pattern> {
    if matches!(pattern.around, Around::Some(_)) || matches!(pattern.case, Case::None(_)) {
        let message = "a level rule looks into one `Option`\nhelp: write `Some(_)`";
        return Err(syn::Error::new(pattern.span(), message));
    }
    Ok(Pattern { around: Around::Some(some.clone()), ..pattern })
}

fn case(input: ParseStream<'_>) -> syn::Result<(Case, TokenStream)> {
    if input.peek(Token![_]) {
        let wild: Token![_] = input.parse()?;
        return Ok((Case::Any, wild.to_token_stream()));
    }
    if input.peek(LitStr) {
        let text: LitStr = input.parse()?;
        let written = text.to_token_stream();
        return Ok((Case::Text(text), written));
    }
    if input.peek(LitBool) {
        let truth: LitBool = input.parse()?;
        return Ok((Case::Bool(truth.value), truth.to_token_stream()));
    }
    if input.peek(Ident::peek_any) && !input.peek(Token![ref]) && !input.peek(Token![mut]) {
        return named(input);
    }
    if input.peek(Token![..]) || input.peek(Token![-]) || input.peek(Lit) {
        return numbers(input);
    }
    Err(input.error(EXPECTED))
}

/// `None`, or a variant.
fn named(input: ParseStream<'_>) -> syn::Result<(Case, TokenStream)> {
    let path = input.call(Path::parse_mod_style)?;
    let Some(last) = path.segments.last().map(|last| last.ident.clone()) else {
        return Err(input.error(EXPECTED));
    };
    if path.segments.len() == 1 && last == "None" {
        return Ok((Case::None(last.clone()), last.to_token_stream()));
    }
    let text = last.unraw().to_string();
    if path.segments.len() == 1
        && text.starts_with(|first: char| first.is_lowercase() || first == '_')
    {
        let message = format!(
            "`{text}` would bind the value, which a level rule has no use for\nhelp: write `_`"
        );
        return Err(syn::Error::new(last.span(), message));
    }
    let mut body = TokenStream::new();
    if input.peek(syn::token::Paren) || input.peek(syn::token::Brace) {
        let group: TokenTree = input.parse()?;
        let TokenTree::Group(held) = &group else { return Err(input.error(EXPECTED)) };
        let is_paren = held.delimiter() == proc_macro2::Delimiter::Parenthesis;
        let says = held.stream().to_string().replace(' ', "");
        if says != ".." && !(is_paren && says == "_") {
            let rest = if is_paren { "(..)" } else { " { .. }" };
            let message =
                format!("a level rule does not look into a variant\nhelp: write `{text}{rest}`");
            return Err(syn::Error::new(group.span(), message));
        }
        body = group.into();
    }
    let written = quote!(#path #body);
    Ok((Case::Variant { path, body }, written))
}

/// A number, or a range of numbers.
fn numbers(input: ParseStream<'_>) -> syn::Result<(Case, TokenStream)> {
    if input.parse::<Option<Token![..=]>>()?.is_some() {
        let (tokens, high) = integer(input)?;
        return Ok((Case::Integers { low: i128::MIN, high }, quote!(..=#tokens)));
    }
    if input.peek(Token![..]) {
        let dots: Token![..] = input.parse()?;
        let help = match integer(input) {
            Ok((_, end)) => format!("help: write `..={}`", end.saturating_sub(1)),
            Err(_) => "help: write `_`".to_owned(),
        };
        return Err(syn::Error::new_spanned(
            dots,
            format!("a range in a level rule includes its end\n{help}"),
        ));
    }
    let (first, low) = integer(input)?;
    if input.parse::<Option<Token![..=]>>()?.is_some() {
        let (last, high) = integer(input)?;
        let written = quote!(#first..=#last);
        if high < low {
            return Err(syn::Error::new_spanned(
                written,
                "the range is empty: its end lies before its beginning",
            ));
        }
        return Ok((Case::Integers { low, high }, written));
    }
    if input.peek(Token![..]) {
        let dots: Token![..] = input.parse()?;
        if input.peek(Lit) || input.peek(Token![-]) {
            let (_, end) = integer(input)?;
            let help = format!("help: write `{low}..={}`", end.saturating_sub(1));
            return Err(syn::Error::new_spanned(
                dots,
                format!("a range in a level rule includes its end\n{help}"),
            ));
        }
        return Ok((Case::Integers { low, high: i128::MAX }, quote!(#first #dots)));
    }
    Ok((Case::Integers { low, high: low }, first))
}

fn integer(input: ParseStream<'_>) -> syn::Result<(TokenStream, i128)> {
    let minus: Option<Token![-]> = input.parse()?;
    match input
        .parse()
        .map_err(|error: syn::Error| syn::Error::new(error.span(), "expected a whole number"))?
    {
        Lit::Int(literal) => {
            let value: i128 = literal.base10_parse()?;
            Ok((quote!(#minus #literal), if minus.is_some() { -value } else { value }))
        }
        Lit::Float(float) => Err(syn::Error::new_spanned(
            float,
            "a level rule does not look at a number with a fraction\nhelp: give the event a field that says what matters, `is_slow: bool` say",
        )),
        other => Err(syn::Error::new_spanned(
            &other,
            format!(
                "a level rule does not look at `{}`\nhelp: a rule looks at an integer, a text, a `bool`, an enum, or an `Option` of one",
                other.to_token_stream()
            ),
        )),
    }
}
