//! Value types that contain each other. A constant cannot describe an endless shape, so one field
//! of the circle must be marked `recursive`.

use super::types::held;
use crate::ast::{Block, Field, Value};
use crate::diag::Errors;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

/// Reports one error per circle, at a field of the type that is declared first. A type that
/// contains itself is marked without an error.
pub(super) fn check(block: &mut Block, errors: &Errors) {
    let names: Vec<String> =
        block.values.iter().map(|value| value.head.ident.to_string()).collect();
    let within: Vec<Vec<usize>> = block.values.iter().map(|value| others(value, &names)).collect();
    for at in 0..block.values.len() {
        let back = within[at].iter().copied().find(|by| *by > at && reaches(&within, *by, at));
        let Some(by) = back else { continue };
        let value = &mut block.values[at];
        let found = held(value)
            .into_iter()
            .find(|(ty, field)| field.is_none_or(is_open) && mentions(ty, &names[by]));
        if let Some((ty, field)) = found {
            let name = if field.is_some() { "" } else { "give the field a name, and " };
            errors.on(
                ty,
                format!(
                    "`{}` contains itself through `{}`\nhelp: {name}write `#[field(recursive)]` above this field",
                    names[at], names[by]
                ),
            );
        }
        value.head.shell = true;
    }
}

/// Whether `from` holds `to` through types that are declared after `to`: a circle through an
/// earlier type is already reported there.
fn reaches(within: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; within.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if at > to && !std::mem::replace(&mut seen[at], true) {
            open.extend(&within[at]);
        }
    }
    false
}

/// The other types of the block that a value holds in fields without the mark.
fn others(value: &Value, names: &[String]) -> Vec<usize> {
    let types: Vec<&Type> = held(value)
        .into_iter()
        .filter(|(_, field)| field.is_none_or(is_open))
        .map(|(ty, _)| ty)
        .collect();
    let is_held =
        |name: &String| value.head.ident != *name && types.iter().any(|ty| mentions(ty, name));
    names.iter().enumerate().filter(|(_, name)| is_held(name)).map(|(at, _)| at).collect()
}

/// Whether the form of the field's type is part of the form of the type that has the field.
fn is_open(field: &Field) -> bool {
    !field.recursive && !field.opaque && !field.is_masked()
}

/// Whether the type mentions `name` as a whole path.
fn mentions(ty: &Type, name: &str) -> bool {
    fn within(tokens: TokenStream, name: &str) -> bool {
        let mut in_path = false;
        tokens.into_iter().any(|token| {
            let was_in_path = std::mem::replace(
                &mut in_path,
                matches!(&token, TokenTree::Punct(colon) if colon.as_char() == ':'),
            );
            match token {
                TokenTree::Ident(ident) => !was_in_path && ident == name,
                TokenTree::Group(group) => within(group.stream(), name),
                _ => false,
            }
        })
    }
    within(ty.to_token_stream(), name)
}
