//! Reads value types: structs with named fields, newtypes and enums.

use super::docs::Docs;
use super::field::{self, Owner, named_fields};
use super::held;
use super::item::{RawVariant, RawVariantBody, StructBody};
use super::refused::{mentions, refuse_derives, refuse_parameters};
use super::tokens::chunks_of_types;
use super::words_of;
use crate::ast::{Head, Held, Value, ValueBody, Variant, VariantBody};
use crate::diag::Errors;
use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Path, Type, Visibility};

/// A struct.
pub(super) fn structure(
    mut head: Head,
    body: StructBody,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Option<Value> {
    refuse_parameters(&mut head, "a value type", errors);
    refuse_derives(&mut head, errors);
    let unit = matches!(body, StructBody::Unit);
    let body = match body {
        StructBody::Tuple(tokens) => newtype(&head, tokens, errors)?,
        body => ValueBody::Struct(named_fields(&head, body, Owner::Value, "a value", errors)?),
    };
    Some(Value { unit, ..words_of::value(head, body, krate, errors) })
}

fn newtype(head: &Head, tokens: TokenStream, errors: &Errors) -> Option<ValueBody> {
    let fields = chunks_of_types(tokens);
    let [field] = fields.as_slice() else {
        errors.on(
            &head.ident,
            format!(
                "`{}` has {} fields without names\nhelp: name them, or keep one",
                head.ident,
                fields.len()
            ),
        );
        return None;
    };
    let name = head.ident.to_string();
    match held::held(field.clone(), &format!("type `{name}`"), &name, head.has_helpers, errors) {
        Ok((decided, vis, ty)) => Some(ValueBody::Newtype {
            vis,
            held: decided,
            recursive: mentions(&ty, &head.ident),
            ty: Box::new(ty),
        }),
        Err(error) => {
            errors.push(error);
            None
        }
    }
}

/// The value of a variant: it is as visible as the enum.
fn of_variant(
    fields: TokenStream,
    variant: &Ident,
    has_helpers: bool,
    errors: &Errors,
) -> syn::Result<(Held, Type)> {
    let name = variant.to_string();
    let fields = chunks_of_types(fields);
    let [field] = fields.as_slice() else {
        let message = format!(
            "variant `{name}` has {} fields without names\nhelp: name them, or keep one",
            fields.len()
        );
        return Err(syn::Error::new(variant.span(), message));
    };
    let (held, vis, ty) =
        held::held(field.clone(), &format!("variant `{name}`"), &name, has_helpers, errors)?;
    match vis {
        Visibility::Inherited => Ok((held, ty)),
        vis => Err(syn::Error::new_spanned(
            vis,
            "a variant's value has no visibility of its own\nhelp: remove it",
        )),
    }
}

/// An enum.
pub(super) fn enumeration(
    mut head: Head,
    raw: Vec<RawVariant>,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Value {
    refuse_parameters(&mut head, "a value type", errors);
    refuse_derives(&mut head, errors);
    let mut variants = Vec::new();
    for variant in raw {
        let mut decided = Held::default();
        let body = match variant.body {
            RawVariantBody::Unit => VariantBody::Unit,
            RawVariantBody::Named(tokens) => {
                let parser = |input: ParseStream<'_>| {
                    Ok(field::fields(input, Owner::Value, head.has_helpers, errors))
                };
                VariantBody::Struct(parser.parse2(tokens).unwrap_or_default())
            }
            RawVariantBody::Tuple(tokens) => {
                match of_variant(tokens, &variant.ident, head.has_helpers, errors) {
                    Ok((of_value, ty)) => {
                        decided = of_value;
                        VariantBody::Newtype(Box::new(ty))
                    }
                    Err(error) => {
                        errors.push(error);
                        head.shell = true;
                        continue;
                    }
                }
            }
        };
        variants.push(Variant {
            docs: Docs::of(&variant.attrs),
            attrs: variant.attrs,
            name: String::new(),
            ident: variant.ident,
            aliases: Vec::new(),
            other: false,
            body,
            held: decided,
        });
    }
    words_of::value(head, ValueBody::Enum(variants), krate, errors)
}
