//! Reads `#[transition(Cart -> Placed, Placed -> Paid | Cancelled)]` row by row, so that a broken
//! row is one error.

use super::tokens::chunks;
use crate::ast::{Row, Table};
use crate::diag::Errors;
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Meta, Path, Token};

/// The table, if there is one. After a mistake there is no table: every step counts as legal, and
/// no second error follows.
pub(super) fn table(attr: &Attribute, errors: &Errors) -> Option<Table> {
    let list = match &attr.meta {
        Meta::Path(_) => return None,
        Meta::List(list) => list,
        Meta::NameValue(pair) => {
            errors.on(
                &pair.path,
                "`#[transition = ..]` takes its steps in parentheses\nhelp: write `#[transition(Cart -> Placed)]`",
            );
            return None;
        }
    };
    if list.tokens.is_empty() {
        errors.on(
            &list.path,
            "the table of steps is empty\nhelp: write `#[transition(Cart -> Placed)]`, or `#[transition]` where every step is legal",
        );
        return None;
    }
    let before = errors.count();
    if let Some(comma) = comma_without_a_step(list.tokens.clone()) {
        errors.on(&comma, "expected a step, found `,`\nhelp: remove the `,`");
    }
    let mut rows = Vec::new();
    for tokens in chunks(list.tokens.clone()) {
        let end = tokens.last().cloned();
        let tokens: TokenStream = tokens.into_iter().collect();
        match (|input: ParseStream<'_>| row(input, end.as_ref())).parse2(tokens) {
            Ok(row) => rows.push(row),
            Err(error) => errors.push(error),
        }
    }
    (errors.count() == before).then_some(Table { rows })
}

/// A comma without a step before it.
fn comma_without_a_step(tokens: TokenStream) -> Option<TokenTree> {
    let mut is_after_a_step = false;
    tokens.into_iter().find(|token| {
        let is_comma = matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',');
        let found = is_comma && !is_after_a_step;
        is_after_a_step = !is_comma;
        found
    })
}

fn row(input: ParseStream<'_>, end: Option<&TokenTree>) -> syn::Result<Row> {
    let from = state(input, "expected a state\nhelp: write a step as `Cart -> Placed`", end)?;
    let shown = crate::ast::last_name(&from);
    if input.parse::<Option<Token![->]>>()?.is_none() {
        let message = format!(
            "expected `->` after the state `{shown}`\nhelp: write a step as `{shown} -> Placed`, and `|` between the states that may follow"
        );
        let at = if input.is_empty() {
            end.map_or_else(|| input.span(), TokenTree::span)
        } else {
            input.span()
        };
        return Err(syn::Error::new(at, message));
    }
    let missing = format!(
        "no state follows `{shown} ->`\nhelp: name the states that may follow, with `|` between them"
    );
    let mut to = vec![state(input, &missing, end)?];
    while input.parse::<Option<Token![|]>>()?.is_some() {
        to.push(state(
            input,
            "no state follows `|`\nhelp: write another state, or remove the `|`",
            end,
        )?);
    }
    if !input.is_empty() {
        let message = "unexpected token after a step\nhelp: separate steps by commas, and the states of one step by `|`";
        return Err(input.error(message));
    }
    Ok(Row { from, to })
}

fn state(input: ParseStream<'_>, missing: &str, end: Option<&TokenTree>) -> syn::Result<Path> {
    if input.is_empty() {
        return Err(syn::Error::new(end.map_or_else(|| input.span(), TokenTree::span), missing));
    }
    let state = input
        .call(Path::parse_mod_style)
        .map_err(|error| syn::Error::new(error.span(), missing))?;
    if input.peek(syn::token::Paren) || input.peek(syn::token::Brace) {
        let held: TokenTree = input.parse()?;
        let name = crate::ast::last_name(&state);
        let wanted = match (&held, name.as_str()) {
            (TokenTree::Group(group), "Some") => group.stream().to_string(),
            _ => name,
        };
        return Err(syn::Error::new(
            held.span(),
            format!("a step names a state alone\nhelp: write `{wanted}`"),
        ));
    }
    Ok(state)
}
