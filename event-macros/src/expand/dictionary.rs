//! The field dictionary: one field name has one type. Within a block the macro compares tokens and
//! leaves the rest to constants. For the catalog it lists each name once, so that comparing a
//! thousand events does not take the compiler's interpreter a thousand times as long.

use super::assertion::assertion;
use super::head::made_static;
use super::krate::Krate;
use super::meta::contexts;
use super::{field, wide};
use crate::ast::{Block, Event, Field};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::{HashMap, HashSet};
use syn::Path;

/// Whether the field's type is compared with the types of other fields of its name.
fn is_compared(field: &Field) -> bool {
    !field.is_flattened() && field.dictionary.is_none() && !field.is_dropped()
}

/// The entries of a block's dictionary: every field name once, every group once.
pub(super) fn entries<'a>(
    events: impl Iterator<Item = &'a Event>,
    context: &'a [Path],
    krate: &Krate,
) -> TokenStream {
    let entry = quote!(#krate::__private::DictionaryEntry);
    let mut seen: HashSet<String> = HashSet::new();
    let mut entries = Vec::new();
    // With a `cfg`, the first use may not exist, so each use is listed.
    let mut is_new = |key: String, is_conditional: bool| {
        let is_new = !seen.contains(&key);
        if is_new && !is_conditional {
            seen.insert(key);
        }
        is_new
    };
    for event in events.filter(|event| !event.head.shell) {
        let (event_cfgs, owned) = (event.head.cfgs(), event.head.owned());
        let meta = quote!(<#owned as #krate::Event>::META);
        for field in &event.fields {
            let (cfgs, name, ty) = (field.cfgs(), &field.name, &field.ty);
            let is_conditional = !cfgs.is_empty() || !event_cfgs.is_empty();
            if field.is_flattened() && is_new(ty.to_token_stream().to_string(), is_conditional) {
                let group = made_static(quote!(<#ty as #krate::Group>::META), &event.head);
                entries.push(quote!(#(#event_cfgs)* #(#cfgs)* #entry::group(#meta, #group)));
            } else if is_compared(field) && is_new(name.clone(), is_conditional) {
                entries.push(quote!(#(#event_cfgs)* #(#cfgs)* #entry::field(#meta, #name)));
            }
        }
        for group in contexts(event, context) {
            if is_new(group.to_token_stream().to_string(), !event_cfgs.is_empty()) {
                let group = quote!(<#group as #krate::ContextGroup>::CONTEXT);
                entries.push(quote!(#(#event_cfgs)* #entry::group(#meta, #group)));
            }
        }
        for (group, descriptor) in event.wide.iter().flatten().zip(wide::metas(event, krate)) {
            if is_new(group.to_token_stream().to_string(), !event_cfgs.is_empty()) {
                entries.push(quote!(#(#event_cfgs)* #entry::group(#meta, #descriptor)));
            }
        }
    }
    quote!(#(#entries),*)
}

/// One field name has one type in the block. Equal tokens are one type; for other tokens only the
/// types themselves know.
pub(super) fn assertions(block: &Block, krate: &Krate) -> TokenStream {
    let mut first: HashMap<&str, (&Field, &crate::ast::Head)> = HashMap::new();
    let mut tokens = TokenStream::new();
    // An older version keeps its locked types.
    let newest = block.events.iter().filter(|event| event.name.latest && !event.head.shell);
    let events = newest.map(|event| (&event.fields, &event.head));
    let groups = block
        .groups
        .iter()
        .filter(|group| !group.head.shell)
        .map(|group| (&group.fields, &group.head));
    for (fields, head) in events.chain(groups) {
        for field in fields.iter().filter(|field| is_compared(field) && !field.opaque) {
            let Some((known, known_head)) = first.get(field.name.as_str()) else {
                first.insert(&field.name, (field, head));
                continue;
            };
            if bare(field) == bare(known) {
                continue;
            }
            let cfgs: Vec<_> = field
                .cfgs()
                .into_iter()
                .chain(known.cfgs())
                .chain(head.cfgs())
                .chain(known_head.cfgs())
                .collect();
            let (a, b) = (shape_of(known, known_head, krate), shape_of(field, head, krate));
            let (name, known_owner, owner) =
                (&field.name, known_head.ident.to_string(), head.ident.to_string());
            let arguments = quote!(#name, #known_owner, #a, #owner, #b);
            tokens.extend(assertion(&cfgs, &field.ty, krate, "assert_same_type", &arguments));
        }
    }
    tokens
}

fn bare(field: &Field) -> String {
    crate::check::inner_of_option(&field.ty).to_token_stream().to_string()
}

fn shape_of(field: &Field, head: &crate::ast::Head, krate: &Krate) -> TokenStream {
    made_static(field::shape_tokens(field, krate), head)
}
