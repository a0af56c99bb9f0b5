//! Reads the one unnamed value of a newtype or a variant, and the decision about it.

use super::args;
use super::misplaced::{self, On};
use super::sensitive::sensitive;
use crate::ast::Held;
use crate::diag::Errors;
use crate::words::Place;
use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Type, Visibility};

/// Reads `#[sensitive(redact)] pub String`. `what` describes the holder: "type `Email`".
pub(super) fn held(
    tokens: TokenStream,
    what: &str,
    name: &str,
    has_helpers: bool,
    errors: &Errors,
) -> syn::Result<(Held, Visibility, Type)> {
    let parser = |input: ParseStream<'_>| {
        Ok((Attribute::parse_outer(input)?, input.parse()?, input.parse()?))
    };
    let (mut attrs, vis, ty): (Vec<Attribute>, Visibility, Type) = parser.parse2(tokens)?;
    misplaced::refuse(&mut attrs, On::Field, has_helpers, errors);
    let mut held = Held::default();
    for attr in attrs {
        match attr.path().get_ident().map(ToString::to_string).as_deref() {
            Some("sensitive") => sensitive(what, name, &mut held.mask, &attr, errors),
            Some("field") => words(&mut held, &attr, errors),
            Some(word @ ("entity" | "entity_version" | "elapsed" | "group" | "transition")) => {
                errors.on(
                    attr.path(),
                    format!("`#[{word}]` has no effect on a value without a name\nhelp: remove it"),
                );
            }
            _ => held.attrs.push(attr),
        }
    }
    Ok((held, vis, ty))
}

fn words(held: &mut Held, attr: &Attribute, errors: &Errors) {
    for arg in args::read(attr, Place::Field, &mut Vec::new(), errors) {
        if arg.word == "public" {
            held.public = arg.bare(errors).then(|| arg.word.clone());
        } else {
            errors.on(
                &arg.word,
                format!("`{}` has no effect on a value without a name\nhelp: remove it, or name the field", arg.word),
            );
        }
    }
}
