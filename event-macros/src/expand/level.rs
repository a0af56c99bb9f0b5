//! The level of an event: how it is found, and how it is described.

use super::{Krate, respanned};
use crate::ast::{Around, Case, Event, Field, LevelRule, Pattern};
use crate::check::option_of;
use event_grammar::Level;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, PathArguments, Type};

fn path(level: Level, krate: &Krate) -> TokenStream {
    let variant = Ident::new(&event_grammar::name::camel(level.as_str()), Span::call_site());
    quote!(#krate::Level::#variant)
}

/// The place of an identifier, for generated code: what rustc has to say about the code is said there.
fn at(ident: &Ident) -> Span {
    Span::call_site().located_at(ident.span())
}

/// `Event::level`, where it is not fixed: the rule itself, so that rustc checks its patterns against the field.
pub(super) fn of_self(event: &Event, krate: &Krate) -> TokenStream {
    let rule = match &event.level {
        LevelRule::Fixed(_) => return TokenStream::new(),
        LevelRule::If { field, yes, no } => {
            let (yes, no) = (path(*yes, krate), path(*no, krate));
            let subject = quote_spanned!(at(field)=> self.#field);
            quote!(if #subject { #yes } else { #no })
        }
        LevelRule::Match { field, arms } => {
            let patterns: Vec<&Pattern> = arms.iter().flat_map(|arm| &arm.patterns).collect();
            let subject = subject(field, &patterns, krate);
            let ty = type_of(event, field);
            let last = arms.len().saturating_sub(1);
            let may_lack_one = !patterns.iter().any(|pattern| pattern.takes_all());
            let arms = arms.iter().enumerate().map(|(at, arm)| {
                let level = path(arm.level, krate);
                let patterns = arm.patterns.iter().map(|written| pattern(written, ty, krate));
                let patterns = quote!(#(#patterns)|*);
                // Of another context than the arm before, as a whole: else rustc would propose to write `todo!()` somewhere in the block.
                if at > 0 && at == last && may_lack_one {
                    let (bar, level) = (quote_spanned!(Span::mixed_site()=> |), respanned(level, Span::mixed_site()));
                    return quote!(#bar #patterns => #level,);
                }
                quote!(#patterns => #level,)
            });
            quote!(match #subject { #(#arms)* })
        }
    };
    let lint = match &event.level {
        LevelRule::Match { field, .. } => quote_spanned!(at(field)=> #[deny(unreachable_patterns)]),
        _ => TokenStream::new(),
    };
    quote! {
        #lint
        fn level(&self) -> #krate::Level {
            #rule
        }
    }
}

/// The field, or the text in it.
fn subject(field: &Ident, patterns: &[&Pattern], krate: &Krate) -> TokenStream {
    let span = at(field);
    let of_text = |pattern: &&&Pattern| matches!(pattern.case, Case::Text(_));
    let Some(first) = patterns.iter().find(of_text) else { return quote_spanned!(span=> self.#field) };
    let (private, core) = (respanned(krate.private(), span), respanned(krate.core(), span));
    match first.around {
        Around::Nothing => quote_spanned!(span=> #private::LevelText::level_text(&self.#field)),
        Around::Some(_) => quote_spanned! {span=>
            #core::option::Option::map(#core::option::Option::as_ref(&self.#field), #private::LevelText::level_text)
        },
    }
}

/// The pattern as Rust, with what a variant is a variant of.
fn pattern(written: &Pattern, ty: Option<&Type>, krate: &Krate) -> TokenStream {
    let case = match &written.case {
        Case::None(none) => {
            let core = respanned(krate.core(), at(none));
            return quote_spanned!(at(none)=> #core::option::Option::None);
        }
        Case::Variant { path, body } => {
            let path = variant(path, ty);
            quote!(#path #body)
        }
        Case::Any | Case::Integers { .. } | Case::Text(_) | Case::Bool(_) => written.written.clone(),
    };
    match &written.around {
        Around::Nothing => case,
        Around::Some(some) => {
            let core = respanned(krate.core(), at(some));
            quote_spanned!(at(some)=> #core::option::Option::Some(#case))
        }
    }
}

/// `Failed` as `State::Failed`; a longer path is written out.
pub(super) fn variant(path: &Path, ty: Option<&Type>) -> TokenStream {
    let ty = ty.map(|ty| option_of(ty).unwrap_or(ty));
    let (Some(Type::Path(ty)), None) = (ty, path.segments.get(1)) else { return path.to_token_stream() };
    let mut of = ty.path.clone();
    for segment in &mut of.segments {
        segment.arguments = PathArguments::None;
    }
    // At the variant: else rustc would underline all between the two.
    let place = path.segments.first().map_or_else(Span::call_site, |first| at(&first.ident));
    let of = respanned(of.to_token_stream(), place);
    quote_spanned!(place=> #of::#path)
}

fn field_of<'e>(event: &'e Event, field: &Ident) -> Option<&'e Field> {
    event.fields.iter().find(|known| known.ident == *field)
}

fn type_of<'e>(event: &'e Event, field: &Ident) -> Option<&'e Type> {
    field_of(event, field).map(|known| &known.ty)
}

/// The rule, as the descriptor has it.
pub(super) fn rule(event: &Event, krate: &Krate) -> TokenStream {
    let rule = quote!(#krate::meta::LevelRule);
    let case = quote!(#krate::meta::LevelCase);
    let key = |field: &Ident| field_of(event, field).map_or_else(|| field.to_string(), |known| known.name.clone());
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

/// An end of a range; one that is left open is the least number or the greatest.
fn bound(end: i128, krate: &Krate) -> TokenStream {
    let core = krate.core();
    match end {
        i128::MIN => quote!(#core::primitive::i128::MIN),
        i128::MAX => quote!(#core::primitive::i128::MAX),
        end => quote!(#end),
    }
}

/// What a pattern takes, as the wire has it.
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
            let ident = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            quote!(Text(#private::variant_name::<#ty>(#ident)))
        }
    }
}
