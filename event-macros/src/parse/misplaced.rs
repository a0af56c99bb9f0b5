//! Attributes in the wrong place: attributes of this language in another place, its words written
//! as attributes, and its attributes behind a `cfg_attr`.

use super::tokens::chunks;
use crate::diag::Errors;
use crate::foreign_words;
use crate::words::{self, Place};
use event_grammar::suggest;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Meta};

/// The attributes that declare the kind of an item.
pub(super) const KINDS: [&str; 5] = ["event", "group", "value", "domain", "statuses"];

/// The place of an attribute.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Struct,
    Enum,
    Action,
    Status,
    Variant,
    Field,
    Catalog,
}

/// The attributes of the language, the places where each is valid, and what to write instead in
/// other places.
const ATTRIBUTES: &[(&str, &[On], &str)] = &[
    ("event", &[On::Struct], "an event is a struct of its own: write `#[event(info)]` above it"),
    (
        "group",
        &[On::Struct, On::Field],
        "a group is a struct of its own: write `#[group]` above it, and above the field that \
         holds it",
    ),
    (
        "value",
        &[On::Struct, On::Enum, On::Variant],
        "write `#[value]` above the struct or the enum",
    ),
    ("domain", &[On::Enum], "write `#[domain]` above the enum whose variants are the actions"),
    ("statuses", &[On::Enum], "write `#[statuses]` above an enum of its own"),
    ("action", &[On::Action], "write `#[action(..)]` above a variant of the domain's enum"),
    ("status", &[On::Status], "write `#[status(ok)]` above a variant of a `#[statuses]` enum"),
    ("catalog", &[On::Catalog], "write it above the enum of a `catalog!`"),
    ("field", &[On::Field], "write it above a field"),
    ("sensitive", &[On::Field], "write it above the field that is sensitive"),
    ("entity", &[On::Field], "write it above the field that identifies what the event is about"),
    ("entity_version", &[On::Field], "write it above the field that holds the version"),
    ("elapsed", &[On::Field], "write it above the field that holds the time"),
    ("transition", &[On::Field], "write it above the field of type `Change`"),
];

impl On {
    const fn thing(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Enum => "an enum",
            Self::Action => "an action",
            Self::Status => "a status",
            Self::Variant => "a variant of a value",
            Self::Field => "a field",
            Self::Catalog => "a catalog",
        }
    }

    /// The place whose words may be written here.
    const fn place(self) -> Place {
        match self {
            Self::Struct => Place::Event,
            Self::Enum => Place::Domain,
            Self::Action | Self::Status => Place::Action,
            Self::Variant => Place::Variant,
            Self::Field => Place::Field,
            Self::Catalog => Place::Catalog,
        }
    }
}

/// Reports and removes the attributes that are not valid here. With `has_helpers`, unknown
/// attributes may belong to another derive.
pub(super) fn refuse(attrs: &mut Vec<Attribute>, on: On, has_helpers: bool, errors: &Errors) {
    attrs.retain(|attr| match mistake(attr, on, has_helpers) {
        Some(mistake) => {
            errors.on(attr.path(), mistake);
            false
        }
        None => behind_cfg(attr, on, errors),
    });
}

/// Reports and removes attributes that declare a derived value as another kind.
pub(super) fn refuse_kinds(attrs: &mut Vec<Attribute>, kinds: &[&str], errors: &Errors) {
    attrs.retain(|attr| {
        let Some(kind) = kinds.iter().find(|kind| attr.path().is_ident(kind)) else { return true };
        errors.on(
            attr.path(),
            format!("`#[{kind}]` is not valid on a value\nhelp: its attribute is `#[value(..)]`"),
        );
        false
    });
}

fn mistake(attr: &Attribute, on: On, has_helpers: bool) -> Option<String> {
    let name = attr.path().get_ident()?.to_string();
    let is_item = matches!(on, On::Struct | On::Enum);
    if is_item && KINDS.contains(&name.as_str()) {
        return None;
    }
    if let Some((_, places, help)) = ATTRIBUTES.iter().find(|(known, ..)| *known == name) {
        return (!places.contains(&on))
            .then(|| format!("`#[{name}]` is not valid on {}\nhelp: {help}", on.thing()));
    }
    // rustc checks Rust's own attributes and the attributes of other derives.
    if has_helpers || RUST.contains(&name.as_str()) {
        return None;
    }
    let place = on.place();
    if let Some(word) =
        words::WORDS.iter().find(|word| word.name == name && word.on.contains(&place))
    {
        let takes_nothing = word.syntax == word.name;
        let written =
            if takes_nothing { name.clone() } else { attr.meta.to_token_stream().to_string() };
        let attribute = place.attribute();
        return Some(format!(
            "`{name}` is a word of `#[{attribute}(..)]`\nhelp: write `#[{attribute}({written})]`"
        ));
    }
    let valid: Vec<&str> = ATTRIBUTES
        .iter()
        .filter(|(_, places, _)| places.contains(&on))
        .map(|(name, ..)| *name)
        .collect();
    let near = valid.iter().copied().filter(|known| suggest::distance(&name, known) <= TYPED);
    if let Some(near) = near.min_by_key(|known| suggest::distance(&name, known)) {
        return Some(format!("unknown attribute `{name}`, did you mean `{near}`?"));
    }
    // On an item it may be an attribute macro; elsewhere it cannot be.
    if matches!(on, On::Struct | On::Enum | On::Catalog) {
        return None;
    }
    let valid: Vec<String> = valid.iter().map(|name| format!("`#[{name}]`")).collect();
    let help = match foreign_words::help(place, &name) {
        Some(help) => help.to_owned(),
        None => format!("the attributes of {} are {}", on.thing(), valid.join(", ")),
    };
    Some(format!("unknown attribute `{name}`\nhelp: {help}"))
}

/// The maximum number of edits in a typing mistake.
const TYPED: usize = 2;

/// Rust's own attributes on items, variants and fields.
const RUST: &[&str] = &[
    "allow",
    "cfg",
    "cfg_attr",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "forbid",
    "must_use",
    "non_exhaustive",
    "repr",
    "serde",
    "schemars",
    "warn",
];

/// Whether an attribute of this name belongs to this language or to Rust.
pub(super) fn is_known(name: &str) -> bool {
    RUST.contains(&name) || ATTRIBUTES.iter().any(|(known, ..)| *known == name)
}

/// Whether the attribute may stay: `events!` reads its body before rustc resolves a `cfg_attr`.
fn behind_cfg(attr: &Attribute, on: On, errors: &Errors) -> bool {
    let Meta::List(list) = &attr.meta else { return true };
    if !list.path.is_ident("cfg_attr") {
        return true;
    }
    let conditional = chunks(list.tokens.clone()).into_iter().skip(1);
    let ours = conditional.into_iter().find(|chunk| {
        matches!(chunk.first(), Some(TokenTree::Ident(first)) if ATTRIBUTES.iter().any(|(known, ..)| first == known))
    });
    let Some(chunk) = ours else { return true };
    let things = if on == On::Field { "fields" } else { "items" };
    let written: TokenStream = chunk.iter().cloned().collect();
    errors.on(
        &chunk[0],
        format!("a block is read before `cfg_attr` is resolved\nhelp: write `#[{written}]` without it, or two {things}, each under its `#[cfg(..)]`"),
    );
    false
}

/// What to write instead of an attribute of serde's, if its first word tells.
pub(super) fn instead_of_serde(attr: &Attribute, place: Place) -> Option<String> {
    let list = attr.meta.require_list().ok()?;
    let chunk = chunks(list.tokens.clone()).into_iter().next()?;
    let TokenTree::Ident(word) = chunk.first()? else { return None };
    let name = word.to_string();
    let known = words::WORDS.iter().find(|known| known.name == name && known.on.contains(&place));
    let attribute = place.attribute();
    match known {
        Some(known) if known.syntax == known.name => {
            Some(format!("write `#[{attribute}({name})]`"))
        }
        Some(known) if known.syntax.contains('(') => match chunk.get(2) {
            Some(TokenTree::Literal(value)) => {
                Some(format!("write `#[{attribute}({name}({value}))]`"))
            }
            _ => None,
        },
        Some(_) if chunk.len() == 3 => {
            Some(format!("write `#[{attribute}({name} = {})]`", chunk[2]))
        }
        _ => foreign_words::help(place, &name).map(str::to_owned),
    }
}

/// Whether a derive may have attributes of its own.
pub(super) fn has_foreign_derive(attrs: &[Attribute]) -> bool {
    const PLAIN: &[&str] = &[
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "DomainEvent",
        "Eq",
        "EventValue",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
    ];
    let lists = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("derive") || attr.path().is_ident("cfg_attr"));
    let lists = lists.filter_map(|attr| attr.meta.require_list().ok());
    lists.flat_map(|list| chunks(list.tokens.clone())).any(
        |chunk| !matches!(chunk.last(), Some(TokenTree::Ident(derived)) if PLAIN.iter().any(|known| derived == known)),
    )
}
