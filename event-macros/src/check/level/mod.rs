//! Level rules: the field exists, the patterns match its type, every arm is reached, and every
//! value has a level.
//!
//! A macro sees only tokens. For numbers, `bool`s and texts it can check all of this, with better
//! messages than rustc's. For enums rustc checks the variants, because a rule expands to a `match`
//! on the field.

mod cover;
mod kind;

use crate::ast::{Around, Case, Event, Field, LevelRule, Mask, Pattern, Value};
use crate::ast::{Variant, VariantBody, last_name};
use crate::check::by_tokens::{boxed, inner_of_option, presence_of};
use crate::check::nameless;
use crate::diag::Errors;
use cover::Cover;
use event_grammar::{Level, suggest};
use kind::Kind;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Path;
use syn::ext::IdentExt;

/// Checks a level rule. After a mistake the level is set to `info`, so that no second error
/// follows.
pub(super) fn check(event: &mut Event, values: &[Value], errors: &Errors) {
    let before = errors.count();
    match &event.level {
        LevelRule::Fixed(_) => return,
        LevelRule::If { field, .. } => {
            if let Some(found) = subject(event, field, errors)
                && !is_presence(found, field, errors)
            {
                condition(found, field, values, errors);
            }
        }
        LevelRule::Match { field, arms } => {
            if let Some(found) = subject(event, field, errors) {
                let kind = Kind::of(&found.ty, values);
                let patterns: Vec<&Pattern> = arms.iter().flat_map(|arm| &arm.patterns).collect();
                if has_names(found, &patterns, values, errors)
                    && fits(found, &kind, &patterns, errors)
                {
                    let mut cover = Cover::new(&kind, &patterns);
                    for arm in arms {
                        reached(&arm.patterns, &mut cover, errors);
                    }
                    total(field, &cover, errors);
                }
            }
        }
    }
    if errors.count() != before {
        event.level = LevelRule::Fixed(Level::Info);
    }
}

/// The field that the rule matches on.
fn subject<'e>(event: &'e Event, field: &Ident, errors: &Errors) -> Option<&'e Field> {
    let known = || event.fields.iter().filter(|known| !known.is_flattened());
    let found = known().find(|known| known.ident.unraw() == field.unraw());
    if found.is_none() {
        let names: Vec<String> = known().map(|known| known.ident.to_string()).collect();
        let hint = suggest::hint(&field.to_string(), names.iter().map(String::as_str));
        let groups = event.fields.iter().filter(|known| known.is_flattened());
        let hint = match groups.map(|group| &group.ident).collect::<Vec<_>>().as_slice() {
            [] => hint,
            groups if groups.contains(&field) => {
                "\nhelp: a level rule looks at a field of the event itself, and not into a `#[group]`".to_owned()
            }
            _ => format!("{hint}\nhelp: a field inside a `#[group]` cannot be looked at"),
        };
        let event = &event.head.ident;
        errors.on(
            field,
            format!("the level rule looks at `{field}`, which is not a field of `{event}`{hint}"),
        );
    }
    found
}

/// Reports a `Presence`: it has three states, and its variants are not values.
fn is_presence(found: &Field, at: &impl ToTokens, errors: &Errors) -> bool {
    let is_one = presence_of(&found.ty).is_some();
    if is_one {
        let name = &found.ident;
        errors.on(at, format!("`{name}` is a `Presence`, which a level rule does not look at\nhelp: look at an `Option`, or at a field that is always there"));
    }
    is_one
}

/// Reports a rule that names variants without a name on the wire.
fn has_names(found: &Field, patterns: &[&Pattern], values: &[Value], errors: &Errors) -> bool {
    let Some(first) = patterns.first() else { return true };
    if is_presence(found, &first.written, errors) {
        return false;
    }
    let ty = inner_of_option(&found.ty);
    let names_one = patterns.iter().find(|pattern| matches!(pattern.case, Case::Variant { .. }));
    if let (Some(first), Some(held)) = (names_one, boxed(ty)) {
        let (name, held) = (&found.ident, held.to_token_stream().to_string().replace(' ', ""));
        errors.at(first.span(), format!("`{name}` is `{}`, and a level rule looks at an enum itself\nhelp: let the field be of the type `{held}`, or look at another field", shown(found)));
        return false;
    }
    if let Some(first) = names_one
        && let Some(message) = nameless::untagged(ty, values)
    {
        errors.at(first.span(), message);
        return false;
    }
    true
}

/// An `if` must have a `bool` field as its condition.
fn condition(found: &Field, field: &Ident, values: &[Value], errors: &Errors) {
    if found.is_masked() {
        return errors.on(field, secret(found));
    }
    let kind = Kind::of(&found.ty, values);
    let help = match (kind.is_option, kind.held) {
        (false, kind::Held::Bool | kind::Held::Other) => return,
        (true, kind::Held::Bool) => "Some(true) => info, _ => error",
        (false, kind::Held::Enum(variants)) => &variants
            .first()
            .map_or_else(String::new, |first| format!("{} => info, _ => error", bodied(first))),
        (false, kind::Held::Integer { .. }) => "0 => info, _ => error",
        (true, kind::Held::Integer { .. }) => "Some(0) | None => info, _ => error",
        (false, kind::Held::Text) => "\"ok\" => info, _ => error",
        (true, kind::Held::Text) => "Some(\"ok\") => info, _ => error",
        (true, _) => "Some(_) => error, None => info",
        (false, kind::Held::Float) => {
            return errors.on(field, float(found, &kind));
        }
    };
    let ty = shown(found);
    errors.on(field, format!("`{field}` is `{ty}`, and `if` looks at a `bool`\nhelp: write a `match`: `level = match {field} {{ {help} }}`"));
}

fn float(found: &Field, kind: &Kind) -> String {
    let article = if kind.is_option { "an optional number" } else { "a number" };
    format!(
        "`{}` is {article} with a fraction, which a level rule does not look at\nhelp: give the event a field that says what matters, `is_slow: bool` say",
        found.ident
    )
}

/// The type, for messages.
fn shown(found: &Field) -> String {
    found.ty.to_token_stream().to_string().replace(' ', "").replace(',', ", ")
}

/// Whether the patterns match the field's type. A mismatch is reported once.
fn fits(found: &Field, kind: &Kind, patterns: &[&Pattern], errors: &Errors) -> bool {
    if matches!(kind.held, kind::Held::Float) {
        errors.at(
            patterns.first().map_or_else(|| found.ident.span(), |first| first.span()),
            float(found, kind),
        );
        return false;
    }
    for pattern in patterns {
        if let Some(message) = misfit(found, kind, pattern) {
            errors.at(pattern.span(), message);
            return false;
        }
        if let Some(message) = beyond(found, kind, pattern) {
            errors.on(&pattern.written, message);
            return false;
        }
    }
    true
}

fn misfit(found: &Field, kind: &Kind, pattern: &Pattern) -> Option<String> {
    let (name, ty, case) = (&found.ident, shown(found), pattern.shown());
    let is_held = matches!(pattern.around, Around::Some(_));
    let is_none = matches!(pattern.case, Case::None(_));
    if kind.is_option && !is_held && !is_none && !pattern.takes_all() {
        return Some(format!(
            "`{name}` is an `Option`, and `{case}` is not\nhelp: write `Some({case})`, and `None` for a value that is missing"
        ));
    }
    if !kind.is_option && kind.is_known() && (is_held || is_none) {
        let help = match (&pattern.case, is_none) {
            (_, true) => "remove the arm".to_owned(),
            (Case::Any, _) => "write `_`".to_owned(),
            _ => format!(
                "write `{}`",
                Pattern { around: Around::Nothing, ..(*pattern).clone() }.shown()
            ),
        };
        return Some(format!("`{name}` is `{ty}`, which is never `{case}`\nhelp: {help}"));
    }
    if let Some(message) = masked(found, pattern) {
        return Some(message);
    }
    if found.opaque && matches!(pattern.case, Case::Variant { .. }) {
        return Some(format!(
            "`{name}` is opaque: what its variants are called on the wire is not known\nhelp: look at another field, or derive `EventValue` for its type"
        ));
    }
    if let (kind::Held::Enum(variants), Case::Variant { path, body }) = (kind.held, &pattern.case) {
        return variant(path, body, &ty, variants);
    }
    let help = kind.wanted(&pattern.case)?;
    Some(format!("`{name}` is `{ty}`, and `{case}` is not\nhelp: {help}"))
}

/// Checks that the enum has the variant and that the pattern matches its content.
fn variant(path: &Path, body: &TokenStream, ty: &str, variants: &[Variant]) -> Option<String> {
    let name = last_name(path);
    let Some(known) = variants.iter().find(|known| known.ident.unraw() == name) else {
        let names: Vec<String> =
            variants.iter().map(|known| known.ident.unraw().to_string()).collect();
        let hint = suggest::hint(&name, names.iter().map(String::as_str));
        return Some(format!("`{ty}` has no variant `{name}`{hint}"));
    };
    let wanted = bodied(known);
    let starts = |with: char| body.to_string().starts_with(with);
    let fits = match known.body {
        VariantBody::Unit => body.is_empty(),
        VariantBody::Newtype(_) => starts('(') || starts('{'),
        VariantBody::Struct(_) => starts('{'),
    };
    let what = if matches!(known.body, VariantBody::Unit) { "nothing" } else { "a value" };
    (!fits).then(|| format!("the variant `{name}` holds {what}\nhelp: write `{wanted}`"))
}

/// A pattern for a variant with any content.
pub(super) fn bodied(variant: &Variant) -> String {
    let body = match variant.body {
        VariantBody::Unit => "",
        VariantBody::Newtype(_) => "(..)",
        VariantBody::Struct(_) => " { .. }",
    };
    format!("{}{body}", variant.ident)
}

/// A level that follows from a masked value reveals the value. Whether the value exists is not
/// secret, unless the field is left out.
fn masked(found: &Field, pattern: &Pattern) -> Option<String> {
    let tells = match &found.mask {
        None | Some(Mask::Clear { .. }) => false,
        Some(Mask::Drop) => !pattern.takes_all(),
        Some(_) => !matches!(pattern.case, Case::Any | Case::None(_)),
    };
    tells.then(|| secret(found))
}

fn secret(found: &Field) -> String {
    let (name, what) = (&found.ident, if found.is_dropped() { "dropped" } else { "masked" });
    format!(
        "`{name}` is {what}, and the level would reveal its value\nhelp: look at a field that is neither masked nor dropped"
    )
}

/// A number outside the range of the type.
fn beyond(found: &Field, kind: &Kind, pattern: &Pattern) -> Option<String> {
    let (kind::Held::Integer { min, max }, Case::Integers { low, high }) =
        (kind.held, &pattern.case)
    else {
        return None;
    };
    let is_within = |end: i128| (min..=max).contains(&end) || end == i128::MIN || end == i128::MAX;
    if is_within(*low) && is_within(*high) {
        return None;
    }
    let (low, high) = ((*low).max(min), (*high).min(max));
    let help = match (low <= high, (low, high) == (min, max)) {
        (false, _) => "remove it".to_owned(),
        (true, true) => "write `_`".to_owned(),
        (true, false) => format!("write `{}`", cover::range((low, high), (min, max))),
    };
    let (name, ty, case) =
        (&found.ident, shown(found), pattern.written.to_string().replace(' ', ""));
    Some(format!(
        "`{name}` is `{ty}`, whose numbers are {min} to {max}: `{case}` is beyond them\nhelp: {help}"
    ))
}

/// Every arm must match a value that no earlier arm matches.
fn reached(patterns: &[Pattern], cover: &mut Cover, errors: &Errors) {
    let thing = if patterns.len() == 1 { "arm" } else { "pattern" };
    for pattern in patterns {
        if let Some(why) = cover.hides(pattern) {
            errors.at(pattern.span(), format!("no value reaches this {thing}: {why}"));
        }
        cover.add(pattern);
    }
}

/// Every value must have a level, as far as the macro can know the values.
fn total(field: &Ident, cover: &Cover, errors: &Errors) {
    let missing = cover.missing();
    if missing.is_empty() {
        return;
    }
    let listed: Vec<String> = missing.iter().map(|case| format!("`{case}`")).collect();
    let verb = if listed.len() == 1 { "is" } else { "are" };
    let listed = match listed.as_slice() {
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => return,
    };
    let joined = missing.join(" | ");
    let otherwise = if joined == "_" { "" } else { ", or `_ => info`" };
    errors.on(
        field,
        format!("the level rule is not total: {listed} {verb} not covered\nhelp: add `{joined} => info`{otherwise}"),
    );
}
