//! Reads domains, actions and statuses.

use super::args::{self, Arg};
use super::docs::Docs;
use super::item::{RawVariant, RawVariantBody};
use super::misplaced::{self, On};
use super::words_of::{crate_path, refuse_serde, take, take_from};
use crate::ast::{Action, Domain, Head, Renamed, Require, StatusWord, Statuses};
use crate::diag::Errors;
use crate::words::Place;
use event_grammar::{StatusClass, name, suggest};
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, Path};

/// The help text for serde's attributes on domains, actions and statuses.
const WORDS_HELP: &str = "remove it: the words of a name are written in snake_case";

pub(super) fn domain(
    mut head: Head,
    variants: Vec<RawVariant>,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Domain {
    let attrs = take(&mut head, "domain");
    refuse_serde(&mut head.attrs, "a domain", None, WORDS_HELP, errors);
    let mut domain = Domain {
        name: name::snake(&head.ident.unraw().to_string()),
        renamed: Renamed::No,
        head,
        actions: Vec::new(),
        optional_action: false,
        optional_status: false,
        require: Require::default(),
        owner: None,
        context: Vec::new(),
        open_ended: None,
    };
    let mut seen = Vec::new();
    for attr in &attrs {
        for arg in args::read(attr, Place::Domain, &mut seen, errors) {
            word(&mut domain, &arg, krate, errors);
        }
    }
    let has_helpers = domain.head.has_helpers;
    domain.actions =
        variants.into_iter().filter_map(|variant| action(variant, has_helpers, errors)).collect();
    domain
}

fn word(domain: &mut Domain, arg: &Arg, krate: &mut Option<Path>, errors: &Errors) {
    match arg.word.to_string().as_str() {
        "optional" => {
            let parts =
                [("action", &mut domain.optional_action), ("status", &mut domain.optional_status)];
            set(arg, "part", parts, errors);
        }
        "require" => {
            let Require { docs, entity, owner } = &mut domain.require;
            let required = [("docs", docs), ("entity", entity), ("owner", owner)];
            set(arg, "requirement", required, errors);
        }
        "rename" => domain_name(domain, arg, errors),
        "owner" => domain.owner = arg.text(errors),
        "context" => domain.context = arg.paths(errors),
        "open_ended" => domain.open_ended = arg.text(errors).map(|_| arg.word.clone()),
        "crate" => crate_path(arg, krate, errors),
        // The table of words excludes all other words.
        _ => {}
    }
}

/// Sets the flags of `known` that the list names; `what` is the kind of the items, for messages.
fn set<const N: usize>(
    arg: &Arg,
    what: &str,
    mut known: [(&'static str, &mut bool); N],
    errors: &Errors,
) {
    let names = known.each_ref().map(|(name, _)| *name);
    for ident in arg.idents(errors) {
        let word = ident.to_string();
        match known.iter_mut().find(|(name, _)| *name == word) {
            Some((_, is_set)) => **is_set = true,
            None => {
                errors
                    .on(&ident, format!("unknown {what} `{word}`{}", suggest::hint(&word, names)));
            }
        }
    }
}

/// `rename = "push"`: if an event of the domain is called `Push`, the domain's enum needs another
/// name in Rust.
fn domain_name(domain: &mut Domain, arg: &Arg, errors: &Errors) {
    let Some(text) = arg.text(errors) else {
        domain.renamed = Renamed::Reported;
        return;
    };
    let written = text.value();
    if name::is_part(&written) {
        (domain.name, domain.renamed) = (written, Renamed::Yes);
    } else {
        domain.renamed = Renamed::Reported;
        errors.on(
            &text,
            format!(
                "`{written}` cannot be the name of a domain\nhelp: write lower-case ASCII words joined by `_`: `rename = \"{}\"`",
                domain.name
            ),
        );
    }
}

fn action(mut variant: RawVariant, has_helpers: bool, errors: &Errors) -> Option<Action> {
    refuse_serde(&mut variant.attrs, "an action", None, WORDS_HELP, errors);
    misplaced::refuse(&mut variant.attrs, On::Action, has_helpers, errors);
    if !matches!(variant.body, RawVariantBody::Unit) {
        errors.on(
            &variant.ident,
            format!(
                "action `{0}` holds something\nhelp: an action is a word: write `{0}` alone",
                variant.ident
            ),
        );
        return None;
    }
    let mut open_ended = None;
    let mut seen = Vec::new();
    for attr in take_from(&mut variant.attrs, "action") {
        for arg in args::read(&attr, Place::Action, &mut seen, errors) {
            open_ended = arg.text(errors).map(|_| arg.word.clone());
        }
    }
    Some(Action {
        docs: Docs::of(&variant.attrs),
        name: name::snake(&variant.ident.to_string()),
        attrs: variant.attrs,
        ident: variant.ident,
        open_ended,
    })
}

pub(super) fn statuses(mut head: Head, variants: Vec<RawVariant>, errors: &Errors) -> Statuses {
    take(&mut head, "statuses");
    refuse_serde(&mut head.attrs, "statuses", None, WORDS_HELP, errors);
    let words =
        variants.into_iter().map(|variant| status(variant, head.has_helpers, errors)).collect();
    Statuses { head, words }
}

fn status(mut variant: RawVariant, has_helpers: bool, errors: &Errors) -> StatusWord {
    refuse_serde(&mut variant.attrs, "a status", None, WORDS_HELP, errors);
    misplaced::refuse(&mut variant.attrs, On::Status, has_helpers, errors);
    let attrs = take_from(&mut variant.attrs, "status");
    // After a reported class the word still counts as a status, so that names that end in it are
    // read.
    let class = class(&variant.ident, attrs.first(), errors).unwrap_or(StatusClass::Neutral);
    StatusWord {
        docs: Docs::of(&variant.attrs),
        name: name::snake(&variant.ident.to_string()),
        attrs: variant.attrs,
        ident: variant.ident,
        class,
    }
}

fn class(status: &Ident, attr: Option<&Attribute>, errors: &Errors) -> Option<StatusClass> {
    const HELP: &str = "help: write `#[status(ok)]`, or `begin`, `fault`, `neutral`";
    let Some(attr) = attr else {
        errors.on(status, format!("status `{status}` has no class\n{HELP}"));
        return None;
    };
    let Ok(word) = attr.parse_args::<Ident>() else {
        errors.on(attr, format!("`#[status(..)]` takes a class\n{HELP}"));
        return None;
    };
    let class = StatusClass::from_word(&word.to_string());
    if class.is_none() {
        let hint = suggest::hint(&word.to_string(), StatusClass::ALL.map(StatusClass::as_str));
        errors.on(&word, format!("unknown class `{word}`{hint}"));
    }
    class
}
