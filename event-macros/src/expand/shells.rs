//! The expansion of a block without event-core: its types and functions, so that their uses give no
//! further errors.

use super::ident::ident;
use super::spans::braces;
use super::{field, value};
use crate::ast::{Block, Field, Head, Value};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

pub(crate) fn shells(block: &Block) -> TokenStream {
    let mut tokens: TokenStream = block.others.iter().cloned().collect();
    tokens.extend(block.values.iter().map(value));
    tokens.extend(block.groups.iter().map(|group| structure(&group.head, &group.fields)));
    for event in &block.events {
        tokens.extend(if event.unit {
            let (attrs, declaration) = (&event.head.attrs, event.head.declaration());
            quote!(#(#attrs)* #declaration;)
        } else {
            structure(&event.head, &event.fields)
        });
        if event.name.latest && !event.head.has_parameters() {
            let (cfgs, vis, ty) = (event.head.cfgs(), &event.head.vis, event.head.elided());
            let name = ident(&format!("emit_{}", event.name.snake()), event.head.ident.span());
            tokens.extend(
                quote!(#(#cfgs)* #[allow(dead_code, missing_docs)] #vis fn #name(_: #ty) {}),
            );
        }
    }
    for statuses in &block.statuses {
        tokens.extend(words(&statuses.head, statuses.words.iter().map(|word| &word.ident)));
    }
    if let Some(domain) = &block.domain {
        tokens.extend(words(&domain.head, domain.actions.iter().map(|action| &action.ident)));
        let (vis, name) = (&domain.head.vis, format_ident!("{}", domain.event_enum()));
        tokens.extend(quote!(#[allow(dead_code, missing_docs)] #vis enum #name {}));
    }
    tokens
}

fn structure(head: &Head, fields: &[Field]) -> TokenStream {
    let (attrs, declaration) = (&head.attrs, head.declaration());
    let fields = fields.iter().map(field::declaration);
    let body = braces(quote!(#(#fields),*), head.body);
    quote!(#(#attrs)* #[allow(dead_code)] #declaration #body)
}

fn words<'a>(head: &Head, words: impl Iterator<Item = &'a proc_macro2::Ident>) -> TokenStream {
    let (attrs, declaration) = (&head.attrs, head.declaration());
    let body = braces(quote!(#(#words),*), head.body);
    quote!(#(#attrs)* #[allow(dead_code, missing_docs)] #declaration #body)
}

fn value(value: &Value) -> TokenStream {
    let (attrs, declaration) = (&value.head.attrs, value::declaration(value));
    quote!(#(#attrs)* #[allow(dead_code)] #declaration)
}
