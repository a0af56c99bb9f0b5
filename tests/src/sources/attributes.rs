//! What attributes say about an item: under which features it is there, and who may see it.

use quote::ToTokens;
use syn::{Attribute, Expr, Item, Lit, Meta};

/// The attributes of an item; none for what is no item of a known kind.
pub(super) fn of_item(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether an item is there in tests only.
pub fn is_test(attributes: &[Attribute]) -> bool {
    conditions(attributes).any(|condition| {
        condition == "test" || condition.starts_with("all(test,") || condition == "doctest"
    })
}

/// Whether an item is left out of the documentation, so that it is no part of the public API.
pub fn is_hidden(attributes: &[Attribute]) -> bool {
    lists(attributes, "doc").any(|tokens| tokens == "hidden")
}

/// Whether a `macro_rules!` is public.
pub fn is_macro_exported(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("macro_export"))
}

/// The conditions that an item is compiled under, without blanks: `feature="schema"`.
pub fn features(attributes: &[Attribute]) -> Vec<String> {
    conditions(attributes).collect()
}

/// The file that `#[path = ".."]` names.
pub(super) fn path(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

fn conditions(attributes: &[Attribute]) -> impl Iterator<Item = String> {
    lists(attributes, "cfg")
}

fn lists<'a>(attributes: &'a [Attribute], name: &'a str) -> impl Iterator<Item = String> + 'a {
    attributes.iter().filter_map(move |attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident(name) => {
            let tokens = list.tokens.to_token_stream().to_string();
            Some(tokens.split_whitespace().collect())
        }
        _ => None,
    })
}
