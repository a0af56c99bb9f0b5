//! Sensitive data: every field whose name or type looks sensitive needs a decision.

use crate::ast::{Field, Group, Head, Held, Mask};
use crate::diag::Errors;
use event_grammar::fields::{Suspicion, suspicion};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::Type;
use syn::ext::IdentExt;

pub(super) fn field(head: &mut Head, field: &mut Field, errors: &Errors) {
    if field.is_flattened() {
        return;
    }
    if secret(head, field, errors) || contradiction(field, errors) {
        return;
    }
    dropped(head, field, errors);
    suspicious(field, errors);
}

/// A `Secret<T>` is written only under a mask.
fn secret(head: &mut Head, field: &Field, errors: &Errors) -> bool {
    let holds_secret = names(&field.ty, "Secret");
    let unmasked = holds_secret && !field.is_masked();
    if unmasked {
        errors.on(
            &field.ty,
            format!("secret field `{}` has no mask: a `Secret` is never written as it is\nhelp: choose how it is written: `#[sensitive(redact)]`, or `drop`, `hash`, `last4`", field.name),
        );
        head.shell = true;
    }
    unmasked
}

pub(super) fn names(ty: &Type, wanted: &str) -> bool {
    fn within(tokens: proc_macro2::TokenStream, wanted: &str) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == wanted,
            proc_macro2::TokenTree::Group(group) => within(group.stream(), wanted),
            _ => false,
        })
    }
    within(ty.to_token_stream(), wanted)
}

/// `public` is the decision that a field is not sensitive.
fn contradiction(field: &Field, errors: &Errors) -> bool {
    let Some(public) = &field.public else { return false };
    if field.mask.is_some() {
        errors.on(
            public,
            format!(
                "field `{}` is both public and sensitive\nhelp: keep one of the decisions",
                field.name
            ),
        );
        return true;
    }
    // On an opaque field, `public` decides about the names in the schema of its type, which the
    // command checks.
    if !field.opaque && suspicion_of(field).is_none() {
        errors.on(
            public,
            format!(
                "`public` has no effect: the name `{}` does not look sensitive\nhelp: remove it",
                field.name
            ),
        );
        return true;
    }
    false
}

/// A field that is left out must be optional.
fn dropped(head: &mut Head, field: &Field, errors: &Errors) {
    if field.is_dropped() && !super::may_be_missing(&field.ty) {
        errors.on(&field.ty, format!("field `{}` is left out when written, so its type must be an `Option`\nhelp: {}, or mask it with `redact`", field.name, super::types::as_option(&field.ty)));
        head.shell = true;
    }
}

/// Why the field looks sensitive: by its name in Rust, by its name in JSON, or by the name of its
/// type together with its own name, such as the `value` of a `Password`.
fn suspicion_of(field: &Field) -> Option<Suspicion> {
    let name = field.ident.unraw().to_string();
    let by_key = || Some(&field.name).filter(|key| **key != name).and_then(|key| suspicion(key));
    // Asked last, because reading a name is slow in a macro without optimisation.
    let within = || {
        let within = field.within.as_ref().filter(|within| suspicion(within).is_some())?;
        suspicion(&format!("{within}_{name}"))
    };
    suspicion(&name).or_else(by_key).or_else(within)
}

/// A name that looks sensitive needs a decision.
fn suspicious(field: &Field, errors: &Errors) {
    if field.mask.is_some() || field.public.is_some() {
        return;
    }
    let Some(found) = suspicion_of(field).filter(|found| may_hold(&field.ty, *found, field.opaque))
    else {
        return;
    };
    let decision = if field.opaque {
        "mask the whole value with `#[sensitive(redact)]`".to_owned()
    } else {
        decision(&field.ty, found.mask.as_str())
    };
    let why = because(&found, &field.name);
    errors.on(
        &field.ident,
        format!("field `{}` looks like sensitive data{why}\nhelp: {decision}, or state that it is not with `#[field(public)]`", field.name),
    );
}

/// The word of the list, if it differs from the name.
fn because(found: &Suspicion, name: &str) -> String {
    if found.word == name { String::new() } else { format!(" (`{}`)", found.word) }
}

/// Whether a value of this type can be sensitive. A `bool` only says whether there is one, and a
/// number is a count if the name is plural. A whole part of a request is text or a map.
fn may_hold(ty: &Type, found: Suspicion, opaque: bool) -> bool {
    let inner = super::inner_of_option(ty);
    let is_one_of = |known: &[&str]| matches!(inner, Type::Path(path) if known.iter().any(|known| path.path.is_ident(known)));
    let is_count = found.plural && is_one_of(NUMBERS);
    let is_dump = || {
        opaque
            || ["Str", "String", "BTreeMap", "HashMap", "Value"]
                .iter()
                .any(|holder| names(ty, holder))
    };
    !names(ty, "bool") && !is_count && (!found.dump || is_dump())
}

/// The holder of an unnamed value.
pub(super) enum Holder<'a> {
    Type(&'a Ident),
    /// A variant, with its name in JSON.
    Variant(&'a Ident, &'a str),
}

/// Checks the one value of a newtype or a variant: its name is the name of its holder.
pub(super) fn held(
    head: &mut Head,
    holder: &Holder<'_>,
    decided: &mut Held,
    ty: &Type,
    errors: &Errors,
) {
    let (what, ident, written) = match *holder {
        Holder::Type(ident) => ("type", ident, ident.unraw().to_string()),
        Holder::Variant(ident, written) => ("variant", ident, written.to_owned()),
    };
    let found = suspicion(&ident.unraw().to_string()).or_else(|| suspicion(&written));
    if let Some(public) = &decided.public {
        let mistake = if decided.mask.is_some() {
            format!(
                "{what} `{ident}` is both public and sensitive\nhelp: keep one of the decisions"
            )
        } else if found.is_none() {
            format!(
                "`public` has no effect: the name `{ident}` does not look sensitive\nhelp: remove it"
            )
        } else {
            return;
        };
        errors.on(public, mistake);
        return;
    }
    if matches!(decided.mask, Some(Mask::Drop)) {
        errors.on(ty, format!("the value of {what} `{ident}` cannot be left out: the {what} holds nothing else\nhelp: mask it with `#[sensitive(redact)]`"));
        decided.mask = None;
        head.shell = true;
    } else if decided.mask.is_none()
        && let Some(found) = found.filter(|found| may_hold(ty, *found, false))
    {
        let why = because(&found, &event_grammar::name::snake(&written));
        let decision = decision_without_name(ident, ty, found.mask.as_str());
        errors.on(
            ident,
            format!("{what} `{ident}` looks like sensitive data{why}\nhelp: {decision}, or state that it is not: `{ident}(#[field(public)] ..)`"),
        );
    }
}

/// The attribute to write before an unnamed value of this type.
fn decision_without_name(ident: &Ident, ty: &Type, mask: &str) -> String {
    let leaf = super::by_tokens::leaf(ty).map(ToString::to_string);
    match leaf.as_deref() {
        Some("Str" | "String" | "Secret" | "char") | None => {
            format!("mask what it holds: `{ident}(#[sensitive({mask})] ..)`")
        }
        Some("IpAddr" | "Ipv4Addr" | "Ipv6Addr") => {
            format!("mask what it holds: `{ident}(#[sensitive(ip)] ..)`")
        }
        Some(number) if NUMBERS.contains(&number) => {
            "a mask writes text: hold a `String`, and mask it".to_owned()
        }
        Some(other) => format!("mask the fields of `{other}`"),
    }
}

const NUMBERS: &[&str] = &[
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "isize",
    "f32",
    "f64",
    "Timestamp",
];

/// The attribute to write at a field of this type: masks write text.
fn decision(ty: &Type, mask: &str) -> String {
    let leaf = super::by_tokens::leaf(ty).map(ToString::to_string);
    match leaf.as_deref() {
        Some("Str" | "String" | "Secret" | "char") | None => {
            format!("mask it with `#[sensitive({mask})]`")
        }
        Some("IpAddr" | "Ipv4Addr" | "Ipv6Addr") => "mask it with `#[sensitive(ip)]`".to_owned(),
        Some(number) if NUMBERS.contains(&number) => {
            format!(
                "a mask writes text: leave it out with `#[sensitive(drop)]` on an \
                 `Option<{number}>`"
            )
        }
        Some(other) => format!(
            "where `{other}` is text, mask it with `#[sensitive({mask})]`; else mask the fields \
             of `{other}`, or leave it out with `#[sensitive(drop)]` on an `Option`"
        ),
    }
}

/// A context group is part of every event that names it, so it must not hold sensitive data in the
/// clear.
pub(super) fn context_group(group: &mut Group, errors: &Errors) {
    if !group.context {
        return;
    }
    for field in &mut group.fields {
        if let Some(Mask::Clear { reason }) = &field.mask {
            errors.on(
                reason,
                format!("sensitive field `{}` of a context group is not masked: every event that names the group carries it\nhelp: mask it, with `#[sensitive(hash)]` for example, or take it out of the group", field.name),
            );
            // A mask replaces the reported decision, so that events with this group get no further
            // error.
            field.mask = Some(Mask::Redact);
        }
    }
}
