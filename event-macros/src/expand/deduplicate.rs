//! The deduplication key of an event: its keys in the descriptor, and what only types can decide
//! about them.

use super::assertion::assertion;
use super::krate::Krate;
use crate::ast::Event;
use event_grammar::suggest;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

/// The keys in JSON, in the order of the declaration.
pub(super) fn keys(event: &Event) -> impl Iterator<Item = String> {
    event.deduplicate.iter().map(|word| key(event, word))
}

fn key(event: &Event, word: &Ident) -> String {
    event.own_field(word).map_or_else(|| word.unraw().to_string(), |field| field.name.clone())
}

/// `.deduplicate(..)`, if the event has a key.
pub(super) fn meta(event: &Event) -> Option<TokenStream> {
    let keys = keys(event);
    (!event.deduplicate.is_empty()).then(|| quote!(.deduplicate(&[#(#keys),*])))
}

/// Asserts that each word is a field of the event or of its groups that can be part of a key.
pub(super) fn assertions(event: &Event, krate: &Krate) -> TokenStream {
    let (cfgs, owned) = (event.head.cfgs(), event.head.owned());
    let of_word = |word: &Ident| {
        let key = key(event, word);
        let near = near(event, word).unwrap_or_default();
        let arguments = quote!(<#owned as #krate::Event>::META, #key, #near);
        assertion(&cfgs, word, krate, "assert_deduplicates", &arguments)
    };
    event.deduplicate.iter().map(of_word).collect()
}

/// The own field that another word may be meant for. The fields of groups are not known here.
fn near(event: &Event, word: &Ident) -> Option<String> {
    if event.own_field(word).is_some() {
        return None;
    }
    let own_fields = event.fields.iter().filter(|field| !field.is_flattened());
    let fields: Vec<String> = own_fields.map(|field| field.ident.unraw().to_string()).collect();
    suggest::closest(&word.to_string(), fields.iter().map(String::as_str)).map(str::to_owned)
}
