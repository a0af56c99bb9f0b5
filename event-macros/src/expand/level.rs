//! The level of an event: how it is found, and how it is described.

use super::{Krate, respanned};
use crate::ast::{Event, LevelRule, Pattern};
use event_grammar::Level;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

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
        LevelRule::Match { field, arms, otherwise } => {
            let span = at(field);
            let is_text = arms.iter().any(|(pattern, _)| matches!(pattern, Pattern::Text(_)));
            let subject = if is_text {
                let private = respanned(krate.private(), span);
                quote_spanned!(span=> #private::LevelText::level_text(&self.#field))
            } else {
                quote_spanned!(span=> self.#field)
            };
            let arms = arms.iter().map(|(pattern, level)| {
                let level = path(*level, krate);
                match pattern {
                    Pattern::Integers { tokens, .. } => quote!(#tokens => #level,),
                    Pattern::Text(text) => quote!(#text => #level,),
                }
            });
            let otherwise = path(*otherwise, krate);
            quote!(match #subject { #(#arms)* _ => #otherwise })
        }
    };
    quote! {
        fn level(&self) -> #krate::Level {
            #rule
        }
    }
}

/// The rule, as the descriptor has it.
pub(super) fn rule(event: &Event, krate: &Krate) -> TokenStream {
    let rule = quote!(#krate::meta::LevelRule);
    let key = |field: &Ident| {
        event
            .fields
            .iter()
            .find(|known| known.ident == *field)
            .map_or_else(|| field.to_string(), |known| known.name.clone())
    };
    match &event.level {
        LevelRule::Fixed(level) => {
            let level = path(*level, krate);
            quote!(#rule::Fixed(#level))
        }
        LevelRule::If { field, yes, no } => {
            let (field, yes, no) = (key(field), path(*yes, krate), path(*no, krate));
            quote!(#rule::ByBool { field: #field, yes: #yes, no: #no })
        }
        LevelRule::Match { field, arms, otherwise } => {
            let field = key(field);
            let otherwise = path(*otherwise, krate);
            let integers: Vec<TokenStream> = arms
                .iter()
                .filter_map(|(pattern, level)| match pattern {
                    Pattern::Integers { low, high, .. } => {
                        let level = path(*level, krate);
                        Some(quote!((#low, #high, #level)))
                    }
                    Pattern::Text(_) => None,
                })
                .collect();
            let texts: Vec<TokenStream> = arms
                .iter()
                .filter_map(|(pattern, level)| match pattern {
                    Pattern::Text(text) => {
                        let level = path(*level, krate);
                        Some(quote!((#text, #level)))
                    }
                    Pattern::Integers { .. } => None,
                })
                .collect();
            if texts.is_empty() {
                quote!(#rule::ByInteger { field: #field, arms: &[#(#integers),*], otherwise: #otherwise })
            } else {
                quote!(#rule::ByText { field: #field, arms: &[#(#texts),*], otherwise: #otherwise })
            }
        }
    }
}
