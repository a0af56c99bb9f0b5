//! Reads level rules: `match code { 400..=499 => warning, _ => info }` and
//! `if expected { info } else { error }`.

use super::pattern;
use crate::ast::{Arm, LevelRule};
use crate::diag::Errors;
use event_grammar::{Level, suggest};
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Token, braced};

/// Reads the rule after `level =`.
pub(crate) fn rule(tokens: TokenStream, word: &Ident, errors: &Errors) -> Option<LevelRule> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let parsed = match trees.first() {
        Some(TokenTree::Ident(first)) if trees.len() == 1 && first == "match" => {
            errors.on(
                first,
                "the level rule looks at no field\nhelp: write `level = match field { 1..=9 => warning, _ => info }`",
            );
            return None;
        }
        Some(TokenTree::Ident(first)) if trees.len() == 1 && first == "if" => {
            errors
                .on(first, "the level rule looks at no field\nhelp: write `level = if field { info } else { error }`");
            return None;
        }
        Some(TokenTree::Ident(first)) if first == "match" => {
            (|input: ParseStream<'_>| parse_match(input, errors)).parse2(tokens)
        }
        Some(TokenTree::Ident(first)) if first == "if" => {
            if condition(&trees[1..], errors) {
                return None;
            }
            (|input: ParseStream<'_>| parse_if(input, errors)).parse2(tokens)
        }
        _ => {
            no_rule(&trees, word, errors);
            return None;
        }
    };
    parsed.map_err(|error| errors.push(error)).ok().flatten()
}

/// Reports a fixed level such as `error`, `"error"` or `Level::Error`, and any other text that is
/// not a rule.
fn no_rule(trees: &[TokenTree], word: &Ident, errors: &Errors) {
    let said = match trees {
        [.., TokenTree::Ident(last)] => last.to_string(),
        [TokenTree::Literal(text)] => text.to_string().trim_matches('"').to_owned(),
        _ => {
            errors.on(
                word,
                "`level` takes a rule on a field\nhelp: write `level = match field { 1..=9 => warning, _ => info }` or `level = if field { info } else { error }`",
            );
            return;
        }
    };
    let help = fixed_help(&said);
    let written: TokenStream = trees.iter().cloned().collect();
    errors.on(&written, format!("`level` takes a rule on a field{help}"));
}

fn fixed_help(said: &str) -> String {
    match Level::from_word(&said.to_lowercase()) {
        Some(level) => format!("\nhelp: a fixed level is the word alone: `#[event({level})]`"),
        None => hint(said),
    }
}

fn hint(word: &str) -> String {
    let near = suggest::hint(word, Level::ALL.iter().map(|level| level.as_str()));
    if near.contains("did you mean") {
        return near;
    }
    "\nhelp: levels are `trace`, `debug`, `info`, `warning`, `error`, `critical`".to_owned()
}

/// A level in a rule. After a reported mistake the level is `info`.
fn level(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Level> {
    if input.peek(syn::Lit) {
        let literal: syn::Lit = input.parse()?;
        let said = match &literal {
            syn::Lit::Str(text) => text.value(),
            _ => String::new(),
        };
        let help = Level::from_word(&said.to_lowercase())
            .map_or_else(|| hint(&said), |level| format!("\nhelp: write `{level}`"));
        errors.on(&literal, format!("a level is a word{help}"));
        return Ok(Level::Info);
    }
    if !input.peek(Ident::peek_any) {
        return Err(
            input.error("expected a level\nhelp: levels are `trace`, `debug`, `info`, `warning`, `error`, `critical`")
        );
    }
    let path = input.call(syn::Path::parse_mod_style)?;
    let Some(last) = path.segments.last().map(|last| last.ident.to_string()) else {
        return Ok(Level::Info);
    };
    if path.segments.len() > 1 {
        let help = Level::from_word(&last.to_lowercase())
            .map_or_else(|| hint(&last), |level| format!("\nhelp: write `{level}`"));
        errors.on(&path, format!("a level is the word alone{help}"));
        return Ok(Level::Info);
    }
    Ok(Level::from_word(&last).unwrap_or_else(|| {
        errors.on(&path, format!("unknown level `{last}`{}", hint(&last)));
        Level::Info
    }))
}

/// The one field that a rule may look at: `code` or `self.code`.
fn field(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.parse::<Option<Token![self]>>()?.is_some() {
        input.parse::<Token![.]>()?;
    }
    input.parse().map_err(|error| {
        syn::Error::new(error.span(), "expected the name of a field of this event")
    })
}

/// Reports a condition that is not just a field: a rule compares a value, it does not compute.
fn condition(after_if: &[TokenTree], errors: &Errors) -> bool {
    let end = after_if
        .iter()
        .position(
            |tree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
        )
        .unwrap_or(after_if.len());
    let (condition, rest) = after_if.split_at(end);
    let level_at = |at: usize| {
        rest.iter()
            .filter_map(|tree| match tree {
                TokenTree::Group(group) => Some(group.stream().to_string()),
                _ => None,
            })
            .nth(at)
            .filter(|word| Level::from_word(word).is_some())
    };
    let yes = level_at(0).unwrap_or_else(|| "warning".to_owned());
    let no = level_at(1).unwrap_or_else(|| "info".to_owned());
    match condition {
        [TokenTree::Punct(not), rest @ ..] if not.as_char() == '!' => {
            let field: TokenStream = rest.iter().cloned().collect();
            let help = format!(
                "help: exchange the levels: `level = if {field} {{ {no} }} else {{ {yes} }}`"
            );
            errors.on(
                not,
                format!(
                    "a level rule looks at the value of one field, and computes nothing\n{help}"
                ),
            );
            true
        }
        [TokenTree::Ident(word), ..] if word == "let" => {
            let help =
                "help: write a `match`: `level = match field { Some(_) => warning, None => info }`";
            errors.on(
                word,
                format!("a level rule looks at the value of one field, and binds nothing\n{help}"),
            );
            true
        }
        [TokenTree::Ident(field), TokenTree::Punct(operator), rest @ ..]
            if operator.as_char() != '.' =>
        {
            let help = comparison(field, operator.as_char(), rest, &yes, &no);
            errors.on(
                operator,
                format!(
                    "a level rule looks at the value of one field, and computes nothing\n{help}"
                ),
            );
            true
        }
        _ => false,
    }
}

/// The `match` that is equal to a comparison.
fn comparison(field: &Ident, operator: char, rest: &[TokenTree], yes: &str, no: &str) -> String {
    let or_equal =
        matches!(rest.first(), Some(TokenTree::Punct(equals)) if equals.as_char() == '=');
    let number = match rest.last() {
        Some(TokenTree::Literal(literal)) => {
            literal.to_string().replace('_', "").parse::<i128>().ok()
        }
        _ => None,
    };
    let pattern = match (operator, or_equal, number) {
        ('>', false, Some(number)) => format!("{}..", number.saturating_add(1)),
        ('>', true, Some(number)) => format!("{number}.."),
        ('<', false, Some(number)) => format!("..={}", number.saturating_sub(1)),
        ('<', true, Some(number)) => format!("..={number}"),
        ('=', true, Some(number)) => number.to_string(),
        ('!', true, Some(number)) => {
            return format!(
                "help: write the `match`: `level = match {field} {{ {number} => {no}, _ => {yes} }}`"
            );
        }
        _ => {
            return format!(
                "help: write a `match`: `level = match {field} {{ 4.. => {yes}, _ => {no} }}`"
            );
        }
    };
    format!("help: write the `match`: `level = match {field} {{ {pattern} => {yes}, _ => {no} }}`")
}

fn parse_if(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Option<LevelRule>> {
    let keyword: Token![if] = input.parse()?;
    let field = field(input)?;
    let yes = in_braces(input, errors)?;
    if input.parse::<Option<Token![else]>>()?.is_none() {
        errors.on(
            &keyword,
            "the level rule is not total: it gives no level when the field is `false`\nhelp: add `else { info }`",
        );
        return Ok(None);
    }
    if input.peek(Token![if]) {
        return Err(input.error("a level rule looks at one field\nhelp: write a `match` on it"));
    }
    let no = in_braces(input, errors)?;
    Ok(Some(LevelRule::If { field, yes, no }))
}

fn in_braces(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Level> {
    if !input.peek(syn::token::Brace) {
        return Err(input.error(
            "expected a level in braces\nhelp: write `level = if field { info } else { error }`",
        ));
    }
    let body;
    braced!(body in input);
    level(&body, errors)
}

fn parse_match(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Option<LevelRule>> {
    input.parse::<Token![match]>()?;
    let field = field(input)?;
    if !input.peek(syn::token::Brace) {
        return Err(syn::Error::new(
            field.span(),
            format!(
                "the level rule has no arms\nhelp: write `level = match {field} {{ 400..=499 => warning, _ => info }}`"
            ),
        ));
    }
    let before = errors.count();
    let body;
    braced!(body in input);
    let mut arms = Vec::new();
    while !body.is_empty() {
        arms.push(arm(&body, errors)?);
        if body.parse::<Option<Token![,]>>()?.is_none() && !body.is_empty() {
            return Err(body.error("expected `,` between the arms of a level rule"));
        }
    }
    // rustc would also report missing arms.
    Ok((errors.count() == before).then_some(LevelRule::Match { field, arms }))
}

fn arm(input: ParseStream<'_>, errors: &Errors) -> syn::Result<Arm> {
    let patterns = pattern::alternatives(input)?;
    if input.peek(Token![if]) {
        return Err(
            input.error("an arm of a level rule has no condition\nhelp: write it as a pattern: `500..`, `Some(_)`")
        );
    }
    if !input.peek(Token![=>]) {
        let at = if input.is_empty() {
            patterns.last().map(crate::ast::Pattern::span)
        } else {
            Some(input.span())
        };
        let at = at.unwrap_or_else(|| input.span());
        return Err(syn::Error::new(
            at,
            "expected `=>` and a level\nhelp: write `pattern => level`",
        ));
    }
    input.parse::<Token![=>]>()?;
    let level = level(input, errors)?;
    Ok(Arm { patterns, level })
}
