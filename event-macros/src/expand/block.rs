//! The expansion of a block: each of its items, and the code that depends on several items.

use super::krate::Krate;
use super::spans::braces;
use super::{
    dictionary, domain, event, group, lock, operation, page, reading, upcast, value, warning,
};
use crate::ast::Block;
use crate::check::families;
use crate::lock::Contract;
use crate::parse::Docs;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) fn block(block: &Block, contract: &Contract, krate: &Krate) -> TokenStream {
    let mut tokens: TokenStream = block.others.iter().cloned().collect();
    let (context, owner) = match &block.domain {
        Some(domain) => (domain.context.as_slice(), domain.owner.as_ref().map(syn::LitStr::value)),
        None => (&[][..], None),
    };
    tokens.extend(block.values.iter().map(|declared| value::value(declared, contract, krate)));
    tokens.extend(block.groups.iter().map(|declared| group::group(declared, contract, krate)));
    let families = families(block);
    let operations = operation::of_block(block);
    tokens.extend(block.events.iter().map(|declared| {
        let versions = &families[&declared.name.snake()];
        let around =
            page::Around { versions, context, owner: owner.as_deref(), operations: &operations };
        event::event(declared, &around, &reading::of_family(versions, declared, krate), krate)
    }));
    for old in block.events.iter().filter(|event| !event.name.latest) {
        let new = upcast::next(&families[&old.name.snake()], old)
            .filter(|new| !old.head.has_parameters() && !new.head.has_parameters());
        if let Some(new) = new {
            tokens.extend(upcast::upcast(old, new, krate));
        }
    }
    tokens.extend(block.events.iter().map(|declared| {
        lock::kept(declared, &families[&declared.name.snake()], context, contract, krate)
    }));
    tokens.extend(lock::watch(contract, krate));
    tokens.extend(operation::implementations(&operations, krate));
    for statuses in &block.statuses {
        let named = statuses.words.iter();
        let named = named.map(|word| (&word.attrs, &word.ident, &word.docs, word.name.as_str()));
        tokens.extend(words(&statuses.head, named, &TokenStream::new(), krate));
    }
    if let Some(domain) = &block.domain {
        let named = domain.actions.iter();
        let named = named.map(|word| (&word.attrs, &word.ident, &word.docs, word.name.as_str()));
        tokens.extend(words(&domain.head, named, &page::domain(block, domain), krate));
        tokens.extend(domain::domain(block, domain, &families, krate));
    }
    tokens.extend(dictionary::assertions(block, krate));
    tokens.extend(block.warnings.iter().map(|(span, text)| warning::warning(*span, text)));
    tokens
}

/// An enum of words: a domain's actions, or statuses.
fn words<'a>(
    head: &crate::ast::Head,
    words: impl Iterator<Item = (&'a Vec<syn::Attribute>, &'a Ident, &'a Docs, &'a str)> + Clone,
    page: &TokenStream,
    krate: &Krate,
) -> TokenStream {
    let core = krate.core();
    let attrs = &head.attrs;
    let declaration = head.declaration();
    let docs =
        if head.docs.is_empty() { quote!(#[allow(missing_docs)]) } else { TokenStream::new() };
    let variants = words.map(|(attrs, ident, docs, name)| {
        let fallback = docs.is_empty().then(|| {
            let text = format!("`{name}`");
            quote!(#[doc = #text])
        });
        quote!(#fallback #(#attrs)* #ident)
    });
    let body = braces(quote!(#(#variants),*), head.body);
    quote! {
        #(#attrs)*
        #page
        #docs
        #[derive(#core::clone::Clone, #core::marker::Copy, #core::fmt::Debug, #core::cmp::PartialEq, #core::cmp::Eq)]
        #[allow(dead_code)]
        #declaration #body
    }
}
