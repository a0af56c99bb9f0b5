//! Value types: structs with named fields, newtypes and enums.

use super::docs::Docs;
use super::field::{self, Owner};
use super::item::{RawVariant, RawVariantBody, StructBody, named_fields};
use super::refused::{mentions, refuse_derives, refuse_parameters};
use super::{args, words_of};
use crate::ast::{Head, Value, ValueBody, Variant, VariantBody};
use crate::diag::Errors;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Path, Visibility};

/// A struct.
pub(super) fn structure(mut head: Head, body: StructBody, krate: &mut Option<Path>, errors: &Errors) -> Option<Value> {
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
    let fields = args::chunks_of_types(tokens);
    let [field] = fields.as_slice() else {
        errors.on(
            &head.ident,
            format!("`{}` has {} fields without names\nhelp: name them, or keep one", head.ident, fields.len()),
        );
        return None;
    };
    let parser = |input: ParseStream<'_>| {
        let attrs = Attribute::parse_outer(input)?;
        let vis: Visibility = input.parse()?;
        let ty: syn::Type = input.parse()?;
        Ok((quote!(#(#attrs)* #vis #ty), ty))
    };
    match parser.parse2(field.clone()) {
        Ok((field, ty)) => Some(ValueBody::Newtype { field, recursive: mentions(&ty, &head.ident), ty: Box::new(ty) }),
        Err(error) => {
            errors.push(error);
            None
        }
    }
}

/// An enum.
pub(super) fn enumeration(mut head: Head, raw: Vec<RawVariant>, krate: &mut Option<Path>, errors: &Errors) -> Value {
    refuse_parameters(&mut head, "a value type", errors);
    refuse_derives(&mut head, errors);
    let mut variants = Vec::new();
    for variant in raw {
        let body = match variant.body {
            RawVariantBody::Unit => VariantBody::Unit,
            RawVariantBody::Named(tokens) => {
                let parser = |input: ParseStream<'_>| Ok(field::fields(input, Owner::Value, head.has_helpers, errors));
                VariantBody::Struct(parser.parse2(tokens).unwrap_or_default())
            }
            RawVariantBody::Tuple(tokens) => {
                let types = args::chunks_of_types(tokens);
                match types.as_slice() {
                    [ty] => match syn::parse2(ty.clone()) {
                        Ok(ty) => VariantBody::Newtype(Box::new(ty)),
                        Err(error) => {
                            errors.push(error);
                            head.shell = true;
                            continue;
                        }
                    },
                    _ => {
                        errors.on(
                            &variant.ident,
                            format!(
                                "variant `{}` has {} fields without names\nhelp: name them, or keep one",
                                variant.ident,
                                types.len()
                            ),
                        );
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
        });
    }
    words_of::value(head, ValueBody::Enum(variants), krate, errors)
}
