//! The level of an event: the code that computes it, and its descriptor.

use super::assertion::assertion;
use super::krate::Krate;
use super::{field, spans};
use crate::ast::{Around, Case, Event, Field, LevelRule, Pattern, last_name};
use crate::check::inner_of_option;
use event_grammar::Level;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{GenericArgument, Lifetime, Path, PathArguments, Type};

fn path(level: Level, krate: &Krate) -> TokenStream {
    let variant = Ident::new(&event_grammar::name::camel(level.as_str()), Span::call_site());
    quote!(#krate::Level::#variant)
}

/// `Event::level`, if the level is not fixed. It is the rule itself, so that rustc checks the
/// patterns against the field.
pub(super) fn of_self(event: &Event, krate: &Krate) -> TokenStream {
    let rule = match &event.level {
        LevelRule::Fixed(_) => return TokenStream::new(),
        LevelRule::If { field, yes, no } => {
            let (yes, no) = (path(*yes, krate), path(*no, krate));
            let subject = spans::member(&quote!(self), field);
            quote!(if #subject { #yes } else { #no })
        }
        LevelRule::Match { field, arms } => {
            let patterns: Vec<&Pattern> = arms.iter().flat_map(|arm| &arm.patterns).collect();
            let ty = type_of(event, field);
            let names_variants = patterns
                .iter()
                .any(|pattern| matches!(&pattern.case, Case::Variant { path, .. } if path.get_ident().is_some()));
            let alias = names_variants.then(|| alias(ty));
            let subject = subject(field, &patterns, krate);
            let last = arms.len().saturating_sub(1);
            let may_lack_one = !patterns.iter().any(|pattern| pattern.takes_all());
            let arms = arms.iter().enumerate().map(|(at, arm)| {
                let level = path(arm.level, krate);
                let patterns = arm.patterns.iter().map(|written| pattern(written, ty, krate));
                let patterns = quote!(#(#patterns)|*);
                // The whole arm has another syntax context than the arm before. Else rustc would
                // suggest inserting an arm somewhere in the block.
                if at > 0 && at == last && may_lack_one {
                    let (bar, level) =
                        (spans::of_another_context(quote!(|)), spans::of_another_context(level));
                    return quote!(#bar #patterns => #level,);
                }
                quote!(#patterns => #level,)
            });
            quote!(#alias match #subject { #(#arms)* })
        }
    };
    let lint = spans::at_the_keyword(quote!(#[deny(unreachable_patterns)]), &event.head);
    quote! {
        #lint
        fn level(&self) -> #krate::Level {
            #rule
        }
    }
}

/// Asserts that the variants in the rule are on the wire, by the shape of the type.
pub(super) fn assertion_of(event: &Event, krate: &Krate) -> TokenStream {
    let LevelRule::Match { field, arms } = &event.level else { return TokenStream::new() };
    let mut patterns = arms.iter().flat_map(|arm| &arm.patterns);
    let first = patterns.find(|pattern| matches!(pattern.case, Case::Variant { .. }));
    let (Some(first), Some(found)) = (first, field_of(event, field)) else {
        return TokenStream::new();
    };
    let (name, shape) = (&found.name, field::shape_tokens(found, krate));
    assertion(
        &event.head.cfgs(),
        &first.written,
        krate,
        "assert_named_variants",
        &quote!(#name, #shape),
    )
}

/// The field, or the text in it.
fn subject(field: &Ident, patterns: &[&Pattern], krate: &Krate) -> TokenStream {
    let own = spans::member(&quote!(self), field);
    let of_text = |pattern: &&&Pattern| matches!(pattern.case, Case::Text(_));
    let Some(first) = patterns.iter().find(of_text) else { return own };
    let (private, core) = (krate.private(), krate.core());
    let at = spans::ends(field);
    let (text, own) = (quote!(#private::LevelText::level_text), spans::reference(&own, at.0));
    match first.around {
        Around::Nothing => spans::call(text, own, at),
        Around::Some(_) => {
            let inner = spans::call(quote!(#core::option::Option::as_ref), own, at);
            spans::call(quote!(#core::option::Option::map), quote!(#inner, #text), at)
        }
    }
}

/// The pattern in Rust, with the type of its variants.
fn pattern(written: &Pattern, ty: Option<&Type>, krate: &Krate) -> TokenStream {
    let core = krate.core();
    let case = match &written.case {
        Case::None(none) => return spans::word(&quote!(#core::option::Option), none),
        Case::Variant { path, body } => {
            let path = variant(path, ty);
            quote!(#path #body)
        }
        Case::Any | Case::Integers { .. } | Case::Text(_) | Case::Bool(_) => {
            written.written.clone()
        }
    };
    match &written.around {
        Around::Nothing => case,
        Around::Some(some) => {
            let (path, case) = (
                spans::word(&quote!(#core::option::Option), some),
                spans::parenthesized(case, some.span()),
            );
            quote!(#path #case)
        }
    }
}

/// An alias for the type of the variants, within the function that matches them. It is generated,
/// so an editor cannot rename it; rustc shows the type.
pub(super) fn alias(ty: Option<&Type>) -> TokenStream {
    let Some(Type::Path(ty)) = ty.map(inner_of_option) else {
        return TokenStream::new();
    };
    let lifetimes = ty.path.segments.last().map_or(0, |last| match &last.arguments {
        PathArguments::AngleBracketed(list) => list
            .args
            .iter()
            .filter(|argument| matches!(argument, GenericArgument::Lifetime(_)))
            .count(),
        _ => 0,
    });
    let lifetimes: Vec<Lifetime> =
        (0..lifetimes).map(|at| Lifetime::new(&format!("'of{at}"), Span::call_site())).collect();
    let mut of = ty.clone();
    if let Some(last) = of.path.segments.last_mut().filter(|_| !lifetimes.is_empty()) {
        last.arguments = PathArguments::None;
    }
    let arguments = (!lifetimes.is_empty()).then(|| quote!(<#(#lifetimes),*>));
    let name = Ident::new(&alias_name(Some(&Type::Path(ty.clone()))), Span::call_site());
    quote!(type #name #arguments = #of #arguments;)
}

/// `__State` for `State`: it differs from the type's name, so that the alias does not refer to
/// itself.
fn alias_name(ty: Option<&Type>) -> String {
    let of = match ty.map(inner_of_option) {
        Some(Type::Path(ty)) => last_name(&ty.path),
        _ => String::new(),
    };
    format!("__{of}")
}

/// `Failed` as a variant of the aliased type; a longer path is kept.
pub(super) fn variant(path: &Path, ty: Option<&Type>) -> TokenStream {
    match path.get_ident() {
        Some(variant) => spans::beside(&alias_name(ty), variant),
        None => path.to_token_stream(),
    }
}

fn field_of<'e>(event: &'e Event, field: &Ident) -> Option<&'e Field> {
    event.fields.iter().find(|known| known.ident.unraw() == field.unraw())
}

fn type_of<'e>(event: &'e Event, field: &Ident) -> Option<&'e Type> {
    field_of(event, field).map(|known| &known.ty)
}

/// The rule for the descriptor.
pub(super) fn rule(event: &Event, krate: &Krate) -> TokenStream {
    let rule = quote!(#krate::meta::LevelRule);
    let case = quote!(#krate::meta::LevelCase);
    let key = |field: &Ident| {
        field_of(event, field).map_or_else(|| field.to_string(), |known| known.name.clone())
    };
    let (field, arms): (_, Vec<TokenStream>) = match &event.level {
        LevelRule::Fixed(level) => {
            let level = path(*level, krate);
            return quote!(#rule::Fixed(#level));
        }
        LevelRule::If { field, yes, no } => {
            let (yes, no) = (path(*yes, krate), path(*no, krate));
            (field, vec![quote!((#case::Bool(true), #yes)), quote!((#case::Bool(false), #no))])
        }
        LevelRule::Match { field, arms } => {
            let ty = type_of(event, field);
            let arms = arms.iter().flat_map(|arm| {
                let (level, case) = (path(arm.level, krate), &case);
                arm.patterns.iter().map(move |pattern| {
                    let takes = described(pattern, ty, krate);
                    quote!((#case::#takes, #level))
                })
            });
            (field, arms.collect())
        }
    };
    let field = key(field);
    quote!(#rule::ByField { field: #field, arms: &[#(#arms),*] })
}

/// A bound of a range; an open bound is the smallest or the largest number.
fn bound(end: i128, krate: &Krate) -> TokenStream {
    let core = krate.core();
    match end {
        i128::MIN => quote!(#core::primitive::i128::MIN),
        i128::MAX => quote!(#core::primitive::i128::MAX),
        end => quote!(#end),
    }
}

/// The values that a pattern matches, in their JSON form.
fn described(pattern: &Pattern, ty: Option<&Type>, krate: &Krate) -> TokenStream {
    match &pattern.case {
        Case::Any if pattern.takes_all() => quote!(Rest),
        Case::Any => quote!(Present),
        Case::None(_) => quote!(Absent),
        Case::Integers { low, high } => {
            let (low, high) = (bound(*low, krate), bound(*high, krate));
            quote!(Integers(#low, #high))
        }
        Case::Bool(truth) => quote!(Bool(#truth)),
        Case::Text(text) => quote!(Text(#text)),
        Case::Variant { path, .. } => {
            let private = krate.private();
            let ident = last_name(path);
            quote!(Text(#private::variant_name::<#ty>(#ident)))
        }
    }
}
