//! Reads the words of groups, values and catalogs, and the words that several kinds of items share.

use super::args::{self, Arg};
use super::misplaced::{self, On};
use super::refused::{refuse_derives, refuse_parameters};
use crate::ast::{Field, Group, Head, Value, ValueBody, Variant, VariantBody};
use crate::diag::Errors;
use crate::rename::{Case, spell};
use crate::words::Place;
use event_grammar::suggest;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Path};

/// Takes the attributes named `name` from an item.
pub(super) fn take(head: &mut Head, name: &str) -> Vec<Attribute> {
    take_from(&mut head.attrs, name)
}

pub(super) fn take_from(attrs: &mut Vec<Attribute>, name: &str) -> Vec<Attribute> {
    let (taken, kept) =
        std::mem::take(attrs).into_iter().partition(|attr| attr.path().is_ident(name));
    *attrs = kept;
    taken
}

/// `crate = ::path`: absolute, so that it has the same meaning in every module.
pub(super) fn crate_path(arg: &Arg, krate: &mut Option<Path>, errors: &Errors) {
    let Some(path) = arg.value::<Path>("a path", errors) else { return };
    let begins_with_crate = path
        .segments
        .first()
        .is_some_and(|first| first.ident == "crate" || first.ident == "$crate");
    if path.leading_colon.is_none() && !begins_with_crate {
        let written = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect::<Vec<_>>()
            .join("::");
        errors.on(
            &path,
            format!(
                "the path to event-core is relative\nhelp: write `crate = ::{written}`, or begin it with `crate::`"
            ),
        );
        return;
    }
    *krate = Some(path);
}

pub(super) fn catalog(head: &mut Head, errors: &Errors) -> Option<Path> {
    let mut krate = None;
    let mut seen = Vec::new();
    for attr in take(head, "catalog") {
        for arg in args::read(&attr, Place::Catalog, &mut seen, errors) {
            crate_path(&arg, &mut krate, errors);
        }
    }
    krate
}

pub(super) fn group(
    mut head: Head,
    fields: Vec<Field>,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Group {
    refuse_parameters(&mut head, "a group", errors);
    refuse_derives(&mut head, errors);
    refuse_serde(
        &mut head.attrs,
        "a group",
        Some(Place::Group),
        "use `#[group(skip_none)]`, and `#[field(rename, alias, default)]` on its fields",
        errors,
    );
    let attrs = take(&mut head, "group");
    let mut group = Group { head, fields, context: false, skip_none: false };
    let mut seen = Vec::new();
    for attr in &attrs {
        for arg in args::read(attr, Place::Group, &mut seen, errors) {
            match arg.word.to_string().as_str() {
                "context" => group.context = arg.bare(errors),
                "rename_all" => spell(&mut group.fields, spelling(&arg, errors)),
                "skip_none" => group.skip_none = arg.bare(errors),
                "crate" => crate_path(&arg, krate, errors),
                _ => {}
            }
        }
    }
    group
}

const VALUE_HELP: &str =
    "use `#[value(rename, rename_all, rename_all_fields, tag, content, untagged, default)]`";

pub(super) fn value(
    mut head: Head,
    body: ValueBody,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Value {
    let attrs = take(&mut head, "value");
    let schema_name = head.ident.to_string();
    let mut value = Value {
        head,
        schema_name,
        skip_none: false,
        default: false,
        tag: None,
        content: None,
        untagged: None,
        unit: false,
        body,
    };
    let (mut case, mut case_of_fields) = (None, None);
    let mut seen = Vec::new();
    for attr in &attrs {
        for arg in args::read(attr, Place::Value, &mut seen, errors) {
            match arg.word.to_string().as_str() {
                "rename" => {
                    value.schema_name =
                        arg.text(errors).map_or(value.schema_name, |text| text.value());
                }
                "rename_all" => case = spelling(&arg, errors),
                "rename_all_fields" if matches!(value.body, ValueBody::Enum(_)) => {
                    case_of_fields = spelling(&arg, errors);
                }
                "rename_all_fields" => errors.on(
                    &arg.word,
                    "`rename_all_fields` is for the fields of an enum's variants\nhelp: write `rename_all`",
                ),
                "skip_none" => value.skip_none = arg.bare(errors),
                "default" => value.default = arg.bare(errors),
                "tag" => value.tag = arg.text(errors),
                "content" => value.content = arg.text(errors),
                "untagged" => value.untagged = arg.bare(errors).then(|| arg.word.clone()),
                "crate" => crate_path(&arg, krate, errors),
                _ => {}
            }
        }
    }
    refuse_serde(&mut value.head.attrs, "an event's value", Some(Place::Value), VALUE_HELP, errors);
    match &mut value.body {
        ValueBody::Struct(fields) => spell(fields, case),
        ValueBody::Enum(variants) => {
            for variant in variants {
                let name = variant.ident.unraw().to_string();
                variant.name = case.map_or_else(|| name.clone(), |case| case.of_variant(&name));
                variant_words(variant, case_of_fields, value.head.has_helpers, errors);
            }
        }
        ValueBody::Newtype { .. } => {}
    }
    value
}

/// `rename_all = "camelCase"`
pub(super) fn spelling(arg: &Arg, errors: &Errors) -> Option<Case> {
    let text = &arg.text(errors)?;
    let case = Case::from_word(&text.value());
    if case.is_none() {
        errors.on(
            text,
            format!(
                "unknown spelling `{}`{}",
                text.value(),
                suggest::hint(&text.value(), Case::WORDS)
            ),
        );
    }
    case
}

fn variant_words(
    variant: &mut Variant,
    mut case_of_fields: Option<Case>,
    has_helpers: bool,
    errors: &Errors,
) {
    let mut seen = Vec::new();
    misplaced::refuse(&mut variant.attrs, On::Variant, has_helpers, errors);
    refuse_serde(
        &mut variant.attrs,
        "a variant of an event's value",
        Some(Place::Variant),
        "use `#[value(rename, alias, other)]`",
        errors,
    );
    for attr in take_from(&mut variant.attrs, "value") {
        for arg in args::read(&attr, Place::Variant, &mut seen, errors) {
            match arg.word.to_string().as_str() {
                "rename" => {
                    variant.name = arg
                        .text(errors)
                        .map_or(std::mem::take(&mut variant.name), |text| text.value());
                }
                "rename_all" if matches!(variant.body, VariantBody::Struct(_)) => {
                    case_of_fields = spelling(&arg, errors);
                }
                "rename_all" => errors.on(
                    &arg.word,
                    format!(
                        "`rename_all` is for fields, and `{}` names none\nhelp: remove it",
                        variant.ident
                    ),
                ),
                "alias" => variant.aliases = arg.texts(errors),
                "other" => variant.other = arg.bare(errors),
                _ => {}
            }
        }
    }
    if let VariantBody::Struct(fields) = &mut variant.body {
        spell(fields, case_of_fields);
    }
}

/// Refuses and removes serde's attributes, which would change another encoding or seem to change
/// this one. The message has the word of this language.
pub(super) fn refuse_serde(
    attrs: &mut Vec<Attribute>,
    what: &str,
    place: Option<Place>,
    help: &str,
    errors: &Errors,
) {
    for attr in take_from(attrs, "serde").into_iter().chain(take_from(attrs, "schemars")) {
        let name = attr.path().to_token_stream();
        let own = place.and_then(|place| misplaced::instead_of_serde(&attr, place));
        let help = own.as_deref().unwrap_or(help);
        errors.on(
            &name,
            format!(
                "`#[{name}(..)]` has no effect on {what}: schema and encoding come from its declaration\nhelp: {help}"
            ),
        );
    }
}
