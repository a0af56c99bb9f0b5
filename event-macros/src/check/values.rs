//! Value types: a reader must be able to tell the written values apart.

use super::option_of;
use crate::ast::{Value, ValueBody, Variant, VariantBody};
use crate::diag::Errors;
use proc_macro2::Ident;

pub(super) fn check(value: &mut Value, errors: &Errors) {
    let before = errors.count();
    match &mut value.body {
        ValueBody::Enum(variants) => {
            let tag = value.tag.as_ref().map(syn::LitStr::value);
            names(variants, errors);
            other(variants, errors);
            if let Some(word) = &value.untagged {
                untagged(variants, word, value.tag.is_some(), errors);
                alternatives(variants, &value.head.ident, errors);
            }
            if let Some(tag) = &tag
                && value.content.is_none()
            {
                internal(variants, tag, errors);
            }
        }
        ValueBody::Struct(_) | ValueBody::Newtype { .. } => {
            for word in [&value.tag, &value.content].into_iter().flatten() {
                errors.on(
                    word,
                    "`tag` and `content` are only valid on an enum, whose variants they tell apart\nhelp: remove it",
                );
            }
            if let Some(word) = &value.untagged {
                errors.on(word, "`untagged` is only valid on an enum\nhelp: remove it");
            }
        }
    }
    let is_reported = errors.count() != before;
    words(value, is_reported, errors);
    // rustc would also report variants that were removed.
    value.head.shell |= errors.count() != before;
}

/// Words that have no effect on this kind of type. The only variant may be a reported one.
fn words(value: &mut Value, is_reported: bool, errors: &Errors) {
    let ident = &value.head.ident;
    if let (Some(content), None) = (&value.content, &value.tag)
        && matches!(value.body, ValueBody::Enum(_))
    {
        errors.on(content, "`content` has no effect without `tag`\nhelp: add `tag = \"type\"`");
    }
    if value.default && !matches!(value.body, ValueBody::Struct(_)) {
        errors.on(ident, "`default` is only valid on a struct, whose missing fields it fills in\nhelp: remove it, or write `#[field(default)]` above the field of this type");
        value.default = false;
    }
    if let ValueBody::Enum(variants) = &value.body
        && variants.is_empty()
        && !value.head.shell
        && !is_reported
    {
        errors.on(
            ident,
            format!("`{ident}` has no variants: no value of it can be written\nhelp: add one"),
        );
    }
}

fn names(variants: &mut Vec<Variant>, errors: &Errors) {
    let mut seen: Vec<String> = Vec::new();
    variants.retain(|variant| {
        let names: Vec<String> = std::iter::once(variant.name.clone())
            .chain(variant.aliases.iter().map(syn::LitStr::value))
            .collect();
        if let Some(name) = names.iter().find(|name| seen.contains(name)) {
            errors.on(
                &variant.ident,
                format!("the name `{name}` is that of another variant\nhelp: rename one of them"),
            );
            return false;
        }
        seen.extend(names);
        true
    });
}

fn other(variants: &mut [Variant], errors: &Errors) {
    let mut first = None;
    for variant in variants.iter_mut().filter(|variant| variant.other) {
        if !matches!(variant.body, VariantBody::Unit) {
            errors.on(
                &variant.ident,
                format!(
                    "variant `{0}` is `other`, so it cannot hold anything\nhelp: write `{0}` alone",
                    variant.ident
                ),
            );
            variant.other = false;
        } else if first.replace(variant.ident.clone()).is_some() {
            errors.on(
                &variant.ident,
                "only one variant can be `other`\nhelp: keep one `#[value(other)]`",
            );
            variant.other = false;
        }
    }
}

/// Without a tag, the content of a variant is all that a reader gets.
fn untagged(variants: &mut Vec<Variant>, word: &Ident, is_tagged: bool, errors: &Errors) {
    if is_tagged {
        errors.on(word, "an enum with `tag` is not `untagged`\nhelp: remove one of them");
        return;
    }
    variants.retain(|variant| {
        let is_unit = matches!(variant.body, VariantBody::Unit);
        if is_unit {
            errors.on(
                &variant.ident,
                format!("variant `{}` holds nothing, so a reader of an `untagged` enum cannot recognize it\nhelp: give it a value, or put the enum in an `Option` for `null`", variant.ident),
            );
        }
        !is_unit
    });
}

/// `null` belongs to the `Option` around an untagged enum. An assertion about the shape finds an
/// alias of an `Option`.
fn alternatives(variants: &mut Vec<Variant>, own: &Ident, errors: &Errors) {
    variants.retain(|variant| {
        let VariantBody::Newtype(ty) = &variant.body else { return true };
        let is_null = option_of(ty).is_some();
        if is_null {
            errors.on(
                ty,
                format!("variant `{}` of an untagged enum cannot be `null`: in an `Option<{own}>` it would read as `None`\nhelp: remove this `Option`, and write `Option<{own}>` where the enum is used", variant.ident),
            );
        }
        !is_null
    });
}

/// Beside an internal tag only named fields are possible.
fn internal(variants: &mut Vec<Variant>, tag: &str, errors: &Errors) {
    variants.retain(|variant| match &variant.body {
        VariantBody::Newtype(ty) => {
            errors.on(
                ty,
                format!("variant `{}` holds a value without a name, which has no place beside the tag `{tag}`\nhelp: name its fields, or add `content = \"data\"` to the enum", variant.ident),
            );
            false
        }
        VariantBody::Struct(fields) => {
            let clash = fields.iter().find(|field| field.name == *tag);
            if let Some(field) = clash {
                errors.on(&field.ident, format!("field `{}` has the name of the tag\nhelp: rename one of them", field.name));
            }
            clash.is_none()
        }
        VariantBody::Unit => true,
    });
}
