//! Sensitive data: every field whose name or type asks for a decision has one.

use crate::ast::{Field, Group, Head, Mask};
use crate::diag::Errors;
use event_grammar::fields::{mask_for, suspicious_word};
use event_grammar::name;
use quote::ToTokens;
use syn::Type;
use syn::ext::IdentExt;

pub(super) fn field(head: &mut Head, field: &mut Field, errors: &Errors) {
    if field.is_flattened() {
        return;
    }
    if secret(head, field, errors) || contradiction(field, errors) {
        return;
    }
    dropped(head, field, errors);
    suspicious(field, errors);
}

/// A `Secret<T>` is never written but under a mask.
fn secret(head: &mut Head, field: &Field, errors: &Errors) -> bool {
    let holds_secret = names(&field.ty, "Secret");
    let unmasked = holds_secret && matches!(field.mask, None | Some(Mask::Clear(_)));
    if unmasked {
        errors.on(
            &field.ty,
            format!("secret field `{}` has no mask: a `Secret` is never written as it is\nhelp: say how it may be written: `#[sensitive(redact)]`, or `drop`, `hash`, `last4`", field.name),
        );
        head.shell = true;
    }
    unmasked
}

fn names(ty: &Type, wanted: &str) -> bool {
    fn within(tokens: proc_macro2::TokenStream, wanted: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == wanted,
            proc_macro2::TokenTree::Group(group) => within(group.stream(), wanted),
            _ => false,
        })
    }
    within(ty.to_token_stream(), wanted)
}

/// `public` is the decision that a field is not sensitive.
fn contradiction(field: &Field, errors: &Errors) -> bool {
    let Some(public) = &field.public else { return false };
    if field.mask.is_some() {
        errors.on(
            public,
            format!("field `{}` is both public and sensitive\nhelp: keep one of the decisions", field.name),
        );
        return true;
    }
    // Of an opaque field it decides about the names in its type's schema, which the command looks at.
    if !field.opaque && suspicious_word_of(field).is_none() {
        errors.on(
            public,
            format!("`public` has no effect: the name `{}` does not look sensitive\nhelp: remove it", field.name),
        );
        return true;
    }
    false
}

/// What is left out must be able to be missing.
fn dropped(head: &mut Head, field: &Field, errors: &Errors) {
    if matches!(field.mask, Some(Mask::Drop)) && !super::optional::may_be_missing(&field.ty) {
        errors.on(&field.ty, format!("field `{}` is left out when written, so its type must be an `Option`\nhelp: {}, or mask it with `redact`", field.name, super::types::as_option(&field.ty)));
        head.shell = true;
    }
}

/// What looks sensitive in the field's name, in Rust or as it is written: `cardNumber` is `card_number`.
fn suspicious_word_of(field: &Field) -> Option<String> {
    let names = [field.ident.unraw().to_string(), name::snake(&field.name.replace('-', "_"))];
    names.iter().find_map(|name| suspicious_word(name).map(str::to_owned))
}

/// A name that says e-mail, card or password needs a decision.
fn suspicious(field: &Field, errors: &Errors) {
    if field.mask.is_some() || field.public.is_some() || names(&field.ty, "bool") {
        return;
    }
    if let Some(word) = suspicious_word_of(field) {
        let decision = if field.opaque {
            "mask the whole value with `#[sensitive(redact)]`".to_owned()
        } else {
            decision(&field.ty, mask_for(&word))
        };
        errors.on(
            &field.ident,
            format!("field `{}` looks like sensitive data\nhelp: {decision}, or state that it is not with `#[field(public)]`", field.name),
        );
    }
}

/// What to write at a field of this type: masks write text.
fn decision(ty: &Type, mask: &str) -> String {
    const NUMBERS: &[&str] =
        &["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize", "f32", "f64", "Timestamp"];
    let leaf = super::types::leaf(ty).map(ToString::to_string);
    match leaf.as_deref() {
        Some("Str" | "String" | "Secret" | "char") | None => format!("mask it with `#[sensitive({mask})]`"),
        Some("IpAddr" | "Ipv4Addr" | "Ipv6Addr") => "mask it with `#[sensitive(ip)]`".to_owned(),
        Some(number) if NUMBERS.contains(&number) => {
            format!("a mask writes text: leave it out with `#[sensitive(drop)]` on an `Option<{number}>`")
        }
        Some(other) => format!(
            "where `{other}` is text, mask it with `#[sensitive({mask})]`; else mask the fields of `{other}`, or leave it out with `#[sensitive(drop)]` on an `Option`"
        ),
    }
}

/// Context spreads into every event that names it: nothing sensitive goes with it as it is.
pub(super) fn context_group(group: &mut Group, errors: &Errors) {
    if !group.context {
        return;
    }
    for field in &mut group.fields {
        if let Some(Mask::Clear(reason)) = &field.mask {
            errors.on(
                reason,
                format!("sensitive field `{}` of a context group is not masked: every event that names the group carries it\nhelp: mask it, with `#[sensitive(hash)]` for example, or take it out of the group", field.name),
            );
            // Reported: a mask stands in, so that the events that name the group say nothing.
            field.mask = Some(Mask::Redact);
        }
    }
}
