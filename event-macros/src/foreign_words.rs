//! Words of other libraries, and words of other attributes of this language: what to write instead.

use crate::words::Place;

use Place::{Event, Field, Group, Sensitive, Value, Variant};

/// The places where a word is written, the words, and what to write instead.
const WORDS: &[(&[Place], &[&str], &str)] = &[
    (&[Event], &["fatal", "emergency", "panic"], "the highest level is `critical`"),
    (
        &[Event],
        &["notice", "verbose"],
        "levels are `trace`, `debug`, `info`, `warning`, `error`, `critical`",
    ),
    (
        &[Event],
        &["deprecated"],
        "write Rust's own attribute on the struct: `#[deprecated(note = \"..\")]`; `replaced_by = OtherEvent` names the event to use",
    ),
    (
        &[Event],
        &["rename"],
        "the type's name is the event's name: rename the struct, and keep the old name readable with `alias(\"old_name\")`",
    ),
    (
        &[Event, Group, Value],
        &["description", "doc", "docs", "message", "msg", "title"],
        "write a doc comment above the item: `/// What happened.`",
    ),
    (
        &[Event],
        &["entity", "elapsed", "transition", "group"],
        "it is an attribute of a field: write it above the field, `#[entity]` for example",
    ),
    (
        &[Event],
        &["sensitive"],
        "sensitive is a field, not an event: write `#[sensitive(redact)]` above the field",
    ),
    (
        &[Event],
        &["target", "topic", "stream"],
        "where an event goes is the choice of the sinks, not of the event",
    ),
    (&[Event, Group, Value], &["skip_serializing_none"], "write `skip_none`"),
    (
        &[Field],
        &["skip_serializing_if", "skip_serializing_none", "omit_empty", "omitempty"],
        "write `#[field(skip_none)]`",
    ),
    (
        &[Field],
        &["skip", "skip_serializing", "skip_deserializing", "ignore"],
        "a field of an event is always written: take it out of the struct, or leave its value out \
         with `#[sensitive(drop)]`",
    ),
    (
        &[Field],
        &["with", "serialize_with", "deserialize_with", "getter", "schema_with"],
        "implement `EventValue` for a type of your own, or write `opaque`: then the type's own \
         `Serialize` and `Deserialize` decide",
    ),
    (&[Field], &["flatten", "group"], "write `#[group]` above the field"),
    (
        &[Field],
        &["source", "from", "backtrace"],
        "an error is written as text, or as a `#[group]` of what is known of it: remove the \
         attribute",
    ),
    (
        &[Field],
        &["context"],
        "name the group in the event's `context(..)`: its fields are taken from what is bound",
    ),
    (
        &[Field],
        &["entity", "entity_version", "elapsed", "transition"],
        "it is an attribute of its own: write it above the field, outside of `#[field(..)]`",
    ),
    (
        &[Field],
        &["sensitive", "mask", "masked", "redact", "secret", "private", "pii"],
        "write `#[sensitive(redact)]` above the field, or another mask: `drop`, `email`, `last4`, \
         `card`, `hash`, `ip`",
    ),
    (
        &[Field],
        &["optional", "required", "nullable"],
        "the type decides: `Option<..>` may be missing, any other may not",
    ),
    (
        &[Field],
        &["description", "doc", "docs", "help", "title"],
        "write a doc comment above the field: `/// What it means.`",
    ),
    (
        &[Field],
        &["deprecated"],
        "write Rust's own attribute above the field: `#[deprecated(note = \"..\")]`",
    ),
    (
        &[Field],
        &["type", "format", "ty"],
        "the field's type decides: `Timestamp` for a time, `u64` for a number",
    ),
    (&[Variant], &["skip"], "a variant is always written: take it out of the enum"),
    (
        &[Value],
        &["deny_unknown_fields"],
        "readers ignore unknown fields, so that writers can add some: remove the word",
    ),
    (
        &[Value],
        &["transparent"],
        "a struct with one unnamed field is written as that field: remove the word",
    ),
    (
        &[Sensitive],
        &["mask", "kind", "class", "with"],
        "the mask is the word alone: `#[sensitive(email)]`",
    ),
    (
        &[Sensitive],
        &["mask_all", "full", "stars", "masked", "password", "secret", "token"],
        "write `redact`",
    ),
    (
        &[Sensitive],
        &["phone", "ssn", "iban", "account"],
        "write `last4`, `hash` or `redact`, or a mask of your own: `custom = path::Phone`",
    ),
    (&[Sensitive], &["skip", "omit", "remove"], "write `drop`, on an `Option`"),
    (
        &[Sensitive],
        &["public", "none", "plain"],
        "a field that is not sensitive says `#[field(public)]`; one that is written as it is says `#[sensitive(clear = \"reason\")]`",
    ),
];

/// What to write instead of `word` at `place`; `None` for an unknown word.
pub(crate) fn help(place: Place, word: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(places, words, _)| places.contains(&place) && words.contains(&word))
        .map(|(_, _, help)| *help)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_word_of_the_language_is_refused_where_it_is_valid() {
        for (places, words, _) in super::WORDS {
            for (place, word) in
                places.iter().flat_map(|place| words.iter().map(move |word| (place, word)))
            {
                assert!(!crate::words::valid_on(*place).any(|valid| valid == *word), "{word}");
            }
        }
    }
}
