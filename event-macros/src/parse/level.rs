//! Level rules: `match code { 400..=499 => warning, _ => info }` and `if expected { info } else { error }`. A rule is total.

use crate::ast::{LevelRule, Pattern};
use crate::diag::Errors;
use event_grammar::{Level, suggest};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{ParseStream, Parser};
use syn::{Lit, LitStr, Token, braced};

/// Reads the rule that follows `level =`.
pub(crate) fn rule(tokens: TokenStream, word: &Ident, errors: &Errors) -> Option<LevelRule> {
    let mut trees = tokens.clone().into_iter();
    let parsed = match trees.next() {
        Some(TokenTree::Ident(first)) if first == "match" => {
            (|input: ParseStream<'_>| parse_match(input, errors)).parse2(tokens)
        }
        Some(TokenTree::Ident(first)) if first == "if" => {
            (|input: ParseStream<'_>| parse_if(input, errors)).parse2(tokens)
        }
        Some(TokenTree::Ident(only)) if trees.next().is_none() => {
            let help = match Level::from_word(&only.to_string()) {
                Some(level) => format!("\nhelp: a fixed level is the word alone: `{level}`"),
                None => unknown_hint(&only),
            };
            errors.on(&only, format!("`level` takes a rule on a field{help}"));
            return None;
        }
        _ => {
            errors.on(
                word,
                "`level` takes a rule on a field\nhelp: write `level = match field { 1..=9 => warning, _ => info }` or `level = if field { info } else { error }`",
            );
            return None;
        }
    };
    parsed.map_err(|error| errors.push(error)).ok().flatten()
}

fn unknown_hint(word: &Ident) -> String {
    suggest::hint(&word.to_string(), Level::ALL.iter().map(|level| level.as_str()))
}

fn level(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Level> {
    let word: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), "expected a level"))?;
    Ok(Level::from_word(&word.to_string()).unwrap_or_else(|| {
        errors.on(&word, format!("unknown level `{word}`{}", unknown_hint(&word)));
        Level::Info
    }))
}

/// The one field that a rule may look at: `code` or `self.code`.
fn field(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.parse::<Option<Token![self]>>()?.is_some() {
        input.parse::<Token![.]>()?;
    }
    input.parse().map_err(|error| syn::Error::new(error.span(), "expected the name of a field of this event"))
}

fn parse_if(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Option<LevelRule>> {
    let keyword: Token![if] = input.parse()?;
    let field = field(input)?;
    let yes = {
        let body;
        braced!(body in input);
        level(&body, errors)?
    };
    if input.parse::<Option<Token![else]>>()?.is_none() {
        errors.on(
            &keyword,
            "the level rule is not total: it says nothing when the field is `false`\nhelp: add `else { info }`",
        );
        return Ok(None);
    }
    let body;
    braced!(body in input);
    let no = level(&body, errors)?;
    Ok(Some(LevelRule::If { field, yes, no }))
}

fn parse_match(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Option<LevelRule>> {
    let keyword: Token![match] = input.parse()?;
    let field = field(input)?;
    let body;
    braced!(body in input);
    let mut arms = Vec::new();
    let mut otherwise = None;
    while !body.is_empty() {
        if let Some(after) = otherwise.map(|_: Level| body.span()) {
            errors.at(after, "no value reaches this arm: `_` before it takes all that are left\nhelp: put `_` last");
            body.parse::<TokenStream>()?;
            return Ok(None);
        }
        let wild: Option<Token![_]> = body.parse()?;
        let pattern = if wild.is_some() { None } else { Some(pattern(&body)?) };
        body.parse::<Token![=>]>()?;
        let level = level(&body, errors)?;
        match pattern {
            None => otherwise = Some(level),
            Some(pattern) => arms.push((pattern, level)),
        }
        if body.parse::<Option<Token![,]>>()?.is_none() && !body.is_empty() {
            return Err(body.error("expected `,` between the arms of a level rule"));
        }
    }
    let Some(otherwise) = otherwise else {
        errors.on(
            &keyword,
            format!(
                "the level rule is not total: it says nothing for other values of `{field}`\nhelp: add `_ => info`"
            ),
        );
        return Ok(None);
    };
    let before = errors.count();
    overlaps(&arms, errors);
    // Of arms that were reported rustc would speak as well.
    Ok((errors.count() == before).then_some(LevelRule::Match { field, arms, otherwise }))
}

fn pattern(input: ParseStream<'_>) -> syn::Result<Pattern> {
    let help = "expected a number, a range of numbers (`400..=499`), a text or `_`";
    if input.peek(LitStr) {
        return input.parse().map(Pattern::Text);
    }
    let (low_tokens, low) = integer(input).map_err(|error| syn::Error::new(error.span(), help))?;
    if input.parse::<Option<Token![..=]>>()?.is_some() {
        let (high_tokens, high) = integer(input)?;
        let tokens = quote!(#low_tokens..=#high_tokens);
        if high < low {
            return Err(syn::Error::new_spanned(tokens, "the range is empty: its end lies before its beginning"));
        }
        return Ok(Pattern::Integers { tokens, low, high });
    }
    if input.peek(Token![..]) {
        return Err(input.error("a range in a level rule includes its end\nhelp: write `400..=499`"));
    }
    Ok(Pattern::Integers { tokens: low_tokens, low, high: low })
}

fn integer(input: ParseStream<'_>) -> syn::Result<(TokenStream, i128)> {
    let minus: Option<Token![-]> = input.parse()?;
    match input.parse()? {
        Lit::Int(literal) => {
            let value: i128 = literal.base10_parse()?;
            Ok((quote!(#minus #literal), if minus.is_some() { -value } else { value }))
        }
        other => Err(syn::Error::new_spanned(other, "expected a whole number")),
    }
}

/// An arm that earlier arms leave nothing for says something that never holds.
fn overlaps(arms: &[(Pattern, Level)], errors: &Errors) {
    for (at, (arm, _)) in arms.iter().enumerate() {
        let hidden = match arm {
            Pattern::Integers { low, high, .. } => arms[..at].iter().any(|(earlier, _)| {
                matches!(earlier, Pattern::Integers { low: from, high: to, .. } if from <= high && low <= to)
            }),
            Pattern::Text(text) => {
                arms[..at].iter().any(|(earlier, _)| matches!(earlier, Pattern::Text(other) if other.value() == text.value()))
            }
        };
        if hidden {
            errors.at(span(arm), "an arm before this one takes some of its values\nhelp: make the ranges disjoint");
        }
    }
}

fn span(pattern: &Pattern) -> Span {
    match pattern {
        Pattern::Integers { tokens, .. } => {
            tokens.to_token_stream().into_iter().next().map_or_else(Span::call_site, |t| t.span())
        }
        Pattern::Text(text) => text.span(),
    }
}
