//! Optional values: not nested, and only in a place with a key that can be missing.

use super::by_tokens::{arguments, option_of, presence_of};
use crate::ast::Head;
use crate::diag::Errors;
use quote::ToTokens;
use syn::Type;

/// Checks the type of a field.
pub(super) fn field(head: &mut Head, ty: &Type, errors: &Errors) {
    // Only the type directly at the field has a key.
    let below = presence_of(ty).unwrap_or(ty);
    if below_is_optional(ty) {
        twice(head, ty, true, errors);
    } else {
        within(head, below, errors);
    }
}

/// Checks the type in a newtype or a variant: no part of it has a key.
pub(super) fn within(head: &mut Head, ty: &Type, errors: &Errors) {
    let is_twice = below_is_optional(ty);
    if presence_of(ty).is_some() && !is_twice {
        errors.on(
            ty,
            "a `Presence` must be the type of a field: there is no key here that could be absent\nhelp: write an `Option`, or name a field that holds it",
        );
        head.shell = true;
    } else if is_twice {
        twice(head, ty, false, errors);
    } else {
        for inner in arguments(ty) {
            within(head, inner, errors);
        }
    }
}

fn below_is_optional(ty: &Type) -> bool {
    let below = option_of(ty).or_else(|| presence_of(ty));
    below.is_some_and(|inner| option_of(inner).is_some() || presence_of(inner).is_some())
}

fn twice(head: &mut Head, ty: &Type, has_key: bool, errors: &Errors) {
    let mut value = ty;
    while let Some(inner) = option_of(value).or_else(|| presence_of(value)) {
        value = inner;
    }
    let value = value.to_token_stream().to_string().replace(' ', "");
    let is_option = option_of(ty).is_some();
    let holds_option =
        option_of(ty).or_else(|| presence_of(ty)).is_some_and(|inner| option_of(inner).is_some());
    let why = match (is_option, holds_option) {
        (true, true) => {
            "an `Option` in an `Option` cannot be read back: `None` and `Some(None)` are both \
             `null`"
        }
        (true, false) => {
            "a `Presence` in an `Option` cannot be read back: `None` and `Some(Null)` are both \
             `null`"
        }
        (false, true) => {
            "an `Option` in a `Presence` cannot be read back: `Null` and `Value(None)` are both \
             `null`"
        }
        (false, false) => {
            "a `Presence` in a `Presence` cannot be read back: `Null` and `Value(Null)` are both \
             `null`"
        }
    };
    let help = if has_key {
        format!(
            "write `Presence<{value}>`, which is absent, `null` or a value, or `Option<{value}>`"
        )
    } else {
        format!("write `Option<{value}>`")
    };
    errors.on(ty, format!("{why}\nhelp: {help}"));
    head.shell = true;
}
