//! The deduplication key: each word of it is one field, once. Whether the field is always there and
//! written as it is, only its type can tell: `event-core/src/contract/check/deduplicate.rs`.

use super::sensitive::names;
use crate::ast::{Event, Field};
use crate::diag::Errors;
use event_grammar::suggest;
use proc_macro2::Ident;
use syn::ext::IdentExt;

/// Checks the words of the key. A reported word is removed.
pub(super) fn check(event: &mut Event, errors: &Errors) {
    let mut kept: Vec<Ident> = Vec::new();
    for word in std::mem::take(&mut event.deduplicate) {
        let is_reported = twice(&word, &kept, errors)
            || match event.own_field(&word) {
                Some(field) => group(field, &word, errors) || secret(field, &word, errors),
                None => unknown(event, &word, errors),
            };
        if !is_reported {
            kept.push(word);
        }
    }
    event.deduplicate = kept;
}

fn twice(word: &Ident, before: &[Ident], errors: &Errors) -> bool {
    let is_twice = before.contains(word);
    if is_twice {
        errors.on(
            word,
            format!("field `{word}` is twice in the deduplication key\nhelp: remove one of them"),
        );
    }
    is_twice
}

/// An unknown word of an event with groups may be a field of a group, which only the group's type
/// knows.
fn unknown(event: &Event, word: &Ident, errors: &Errors) -> bool {
    let is_unknown = !event.fields.iter().any(Field::is_flattened);
    if is_unknown {
        let fields: Vec<String> =
            event.fields.iter().map(|field| field.ident.unraw().to_string()).collect();
        let hint = suggest::hint(&word.to_string(), fields.iter().map(String::as_str));
        let event = &event.head.ident;
        errors.on(
            word,
            format!("the deduplication key has `{word}`, which is not a field of `{event}`{hint}"),
        );
    }
    is_unknown
}

/// A group is not one value.
fn group(field: &Field, word: &Ident, errors: &Errors) -> bool {
    let is_group = field.is_flattened();
    if is_group {
        errors.on(
            word,
            format!("`{word}` is a group, and a deduplication key is made of single fields\nhelp: name fields of the group, by their keys in JSON"),
        );
    }
    is_group
}

/// A secret is no part of a key, under any mask. A secret without a mask is reported at its type.
fn secret(field: &Field, word: &Ident, errors: &Errors) -> bool {
    let is_secret = names(&field.ty, "Secret");
    if is_secret && field.is_masked() {
        errors.on(
            word,
            format!("field `{word}` of the deduplication key is a `Secret`, which does not say which fact it is\nhelp: name another field"),
        );
    }
    is_secret
}
