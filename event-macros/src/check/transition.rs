//! Tables of legal steps: the states are variants of the `Change`'s enum, and each step is written
//! once.

use super::by_tokens::{boxed, option_of, state_of};
use super::nameless;
use crate::ast::{Event, Field, Role, Row, Value, ValueBody, is_no_state, last_name};
use crate::diag::Errors;
use event_grammar::suggest;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Path, Type};

/// Checks a table. A table with a mistake is removed, so that no second error follows.
pub(super) fn check(event: &mut Event, values: &[Value], errors: &Errors) {
    for field in &mut event.fields {
        let before = errors.count();
        if let Role::Transition(Some(table)) = &field.role
            && states(field, &table.rows, values, errors)
        {
            twice(&table.rows, errors);
        }
        if errors.count() != before {
            field.role = Role::Transition(None);
            // rustc would also report a type that is not a `Change`.
            event.head.shell |= state_of(&field.ty).is_none();
        }
    }
}

/// Whether every state is a variant.
fn states(field: &Field, rows: &[Row], values: &[Value], errors: &Errors) -> bool {
    let all = rows.iter().flat_map(|row| std::iter::once(&row.from).chain(&row.to));
    let Some(state) = state_of(&field.ty) else {
        let message =
            "a table of steps is for a `Change<State>`\nhelp: write that as the field's type";
        errors.on(&field.ty, message);
        return false;
    };
    let inner = option_of(state);
    let ty = inner.unwrap_or(state);
    let shown = ty.to_token_stream().to_string().replace(' ', "");
    if inner.is_none()
        && let Some(none) = all.clone().find(|state| is_no_state(state))
    {
        errors.on(none, format!("a `{shown}` is always there: there is no step from or to `None`\nhelp: write `Change<Option<{shown}>>`, or remove the step"));
        return false;
    }
    if let Some(held) = boxed(ty) {
        let held = held.to_token_stream().to_string().replace(' ', "");
        let wanted = if inner.is_some() { format!("Option<{held}>") } else { held };
        errors.on(ty, format!("the states of a table of steps are the variants of an enum, and `{shown}` is none\nhelp: write `Change<{wanted}>`"));
        return false;
    }
    if let Some(message) = nameless::untagged(ty, values) {
        errors.on(ty, message);
        return false;
    }
    let Some(variants) = variants(ty, values) else { return true };
    let Ok(names) = variants else {
        errors.on(ty, format!("`{shown}` is no enum: the states of a table of steps are its variants\nhelp: make the state an enum, or write `#[transition]` alone"));
        return false;
    };
    for state in all.filter(|state| !is_no_state(state)) {
        unknown(state, &shown, &names, errors);
    }
    true
}

fn unknown(state: &Path, shown: &str, names: &[String], errors: &Errors) {
    let name = last_name(state);
    if !names.contains(&name) {
        let hint = suggest::hint(&name, names.iter().map(String::as_str));
        errors.on(state, format!("`{shown}` has no variant `{name}`{hint}"));
    }
}

/// The variants of an enum of the block. `Some(Err)` for a type that has no variants, `None` if
/// only rustc knows.
fn variants(ty: &Type, values: &[Value]) -> Option<Result<Vec<String>, ()>> {
    const NONE: [&str; 15] = [
        "bool", "char", "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64",
        "String", "Str", "Vec",
    ];
    let Type::Path(path) = ty else { return Some(Err(())) };
    let word =
        path.path.segments.last().filter(|_| path.path.segments.len() == 1)?.ident.to_string();
    if NONE.contains(&word.as_str()) {
        return Some(Err(()));
    }
    match &values.iter().find(|value| value.head.ident == word)?.body {
        // With a `cfg`, the macro does not know whether a variant exists.
        ValueBody::Enum(variants)
            if variants.iter().any(|one| !crate::ast::cfgs(&one.attrs).is_empty()) =>
        {
            None
        }
        ValueBody::Enum(variants) => {
            Some(Ok(variants.iter().map(|one| one.ident.unraw().to_string()).collect()))
        }
        ValueBody::Struct(_) | ValueBody::Newtype { .. } => Some(Err(())),
    }
}

/// A state must be on the left side once, and a step in the table once.
fn twice(rows: &[Row], errors: &Errors) {
    for (at, row) in rows.iter().enumerate() {
        let from = last_name(&row.from);
        if let Some(first) = rows[..at].iter().find(|first| last_name(&first.from) == from) {
            let mut all: Vec<String> = first.to.iter().map(last_name).collect();
            let known = all.len();
            for to in row.to.iter().map(last_name) {
                if !all.contains(&to) {
                    all.push(to);
                }
            }
            let help = if all.len() == known {
                "remove these".to_owned()
            } else {
                format!("write them once: `{from} -> {}`", all.join(" | "))
            };
            errors.on(&row.from, format!("the steps from `{from}` are given twice\nhelp: {help}"));
            errors.on(&first.from, format!("the steps from `{from}` are first given here"));
            continue;
        }
        for (at, to) in row.to.iter().enumerate() {
            let name = last_name(to);
            if row.to[..at].iter().any(|first| last_name(first) == name) {
                errors.on(
                    to,
                    format!("the step `{from} -> {name}` is given twice\nhelp: remove one of them"),
                );
            }
        }
    }
}
