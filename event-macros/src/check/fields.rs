//! Fields: each name is unique, and each type can be read back.

use super::by_tokens::{inner_of_option, may_be_missing};
use super::{elapsed, optional, sensitive, types};
use crate::ast::{Event, Field, Head, LevelRule, Mask, Require, Role};
use crate::diag::Errors;
use event_grammar::{Level, StatusClass, name};
use proc_macro2::Span;
use syn::Type;
use syn::ext::IdentExt;

/// The rules for the fields of an event or a group.
pub(super) fn list(head: &mut Head, list: &mut Vec<Field>, errors: &Errors) {
    for field in list.iter_mut() {
        elapsed::unit(head, field, errors);
    }
    nested(head, list, errors);
}

/// The rules for the fields of any item.
pub(super) fn nested(head: &mut Head, list: &mut Vec<Field>, errors: &Errors) {
    for field in list.iter_mut() {
        aliases(field, errors);
    }
    duplicates(list, errors);
    for field in list.iter_mut() {
        spelling(field, errors);
        held(head, &mut field.ty, errors);
        optional::field(head, &field.ty, errors);
        types::group(head, field, errors);
        flattened(field, errors);
        sensitive::field(head, field, errors);
        example(field, errors);
        opaque(field, errors);
        finite(field, errors);
    }
}

/// `finite` on a field whose value is masked or left out has no effect. The type reports the rest.
fn finite(field: &mut Field, errors: &Errors) {
    if field.finite && field.is_masked() {
        errors.on(
            &field.ident,
            format!(
                "`finite` has no effect on `{}`, which is written masked\nhelp: remove the word",
                field.ident
            ),
        );
        field.finite = false;
    }
}

/// serde writes an opaque field, so words that change the encoding have no effect on it.
fn opaque(field: &mut Field, errors: &Errors) {
    if !field.opaque {
        return;
    }
    // Whether the key is present is decided at the field.
    let word = if field.skip_none && !may_be_missing(&field.ty) {
        "skip_none"
    } else if field.default {
        "default"
    } else if field.recursive {
        "recursive"
    } else if field.finite {
        "finite"
    } else {
        return opaque_mask(field, errors);
    };
    errors.on(&field.ident, format!("`{word}` has no effect on an opaque field: its own `Serialize` and `Deserialize` decide\nhelp: remove it, or give the type an `EventValue`"));
    field.opaque = false;
    field.finite = false;
}

/// A mask must hide an opaque field as a whole. The other masks show a part of a text, and an
/// opaque value may be anything.
fn opaque_mask(field: &mut Field, errors: &Errors) {
    let mask = match &field.mask {
        None | Some(Mask::Drop | Mask::Redact | Mask::Hash | Mask::Clear { .. }) => return,
        Some(mask) => mask.as_str(),
    };
    errors.on(
        &field.ident,
        format!("`{mask}` masks a text, and `{}` is opaque\nhelp: mask the whole value, with `redact` or `hash`, or with `drop` on an `Option`; to mask a part of it, declare its type with `#[derive(EventValue)]`", field.ident),
    );
    field.mask = Some(Mask::Redact);
}

/// An alias must differ from the field's own key, and must be written once.
fn aliases(field: &mut Field, errors: &Errors) {
    let mut keys = vec![field.name.clone()];
    field.aliases.retain(|alias| {
        let key = alias.value();
        let is_new = !keys.contains(&key);
        if key == field.name {
            errors.on(alias, format!("alias `{key}` is the field's own key\nhelp: remove it"));
        } else if !is_new {
            errors.on(alias, format!("alias `{key}` is given twice\nhelp: keep one of them"));
        }
        keys.push(key);
        is_new
    });
}

fn duplicates(list: &mut Vec<Field>, errors: &Errors) {
    let mut at = 0;
    while at < list.len() {
        let (earlier, rest) = list.split_at(at);
        let field = &rest[0];
        let under_cfg = !field.cfgs().is_empty();
        let clash = earlier
            .iter()
            .filter(|first| first.cfgs().is_empty() && !under_cfg)
            .find_map(|first| shared(first, field).map(|what| (first, what)));
        if let Some((first, what)) = clash {
            errors.on(&field.ident, format!("{what}\nhelp: rename one of them"));
            errors.on(&first.ident, format!("`{}` is first declared here", first.name));
            list.remove(at);
        } else {
            at += 1;
        }
    }
}

/// The error about two fields that share a name or a key.
fn shared(first: &Field, field: &Field) -> Option<String> {
    if first.ident == field.ident {
        return Some(format!("field `{}` is declared twice", field.ident));
    }
    if first.is_flattened() || field.is_flattened() {
        return None;
    }
    let key = keys(field).find(|key| keys(first).any(|other| other == *key))?;
    Some(format!(
        "field `{}` has the key `{key}`, which `{}` has already",
        field.ident, first.ident
    ))
}

/// The keys under which a field is read.
fn keys(field: &Field) -> impl Iterator<Item = String> + '_ {
    std::iter::once(field.name.clone()).chain(field.aliases.iter().map(syn::LitStr::value))
}

fn spelling(field: &Field, errors: &Errors) {
    if field.renamed.is_some() {
        return;
    }
    let raw = field.ident.unraw().to_string();
    if !raw.is_ascii() {
        errors.on(&field.ident, format!("field `{raw}` is not in ASCII, as keys are\nhelp: write it in ASCII, or give its key: `#[field(rename = \"{raw}\")]`"));
        return;
    }
    let plain = raw.strip_prefix('_').unwrap_or(&raw);
    if !name::is_part(plain) || plain != raw {
        let suggestion = name::snake(&raw).trim_matches('_').replace("__", "_");
        errors.on(&field.ident, format!("field `{raw}` is not in snake_case\nhelp: write `{suggestion}`, or give its key: `#[field(rename = \"{raw}\")]`"));
    }
}

/// The rules for the type of a field or of an unnamed value.
pub(super) fn held(head: &mut Head, ty: &mut Type, errors: &Errors) {
    borrowed(head, ty, errors);
    types::empty_or_cow(head, ty, errors);
}

/// A borrowed field cannot be read back. References are refused here, with a help text; rustc
/// refuses a reference behind an alias.
fn borrowed(head: &mut Head, ty: &mut Type, errors: &Errors) {
    let Type::Reference(reference) = inner_of_option(ty) else { return };
    let is_text = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
    let help = match &*reference.elem {
        _ if is_text => "help: write `Str<'a>`: it borrows when emitted and owns when read back",
        Type::Slice(_) => "help: write a `Vec`",
        _ => "help: hold the value, or a `Box` of it",
    };
    errors.on(ty, format!("a borrowed field cannot be read back\n{help}"));
    head.shell = true;
    // rustc would report an undeclared lifetime as well.
    if let Type::Reference(reference) = ty {
        reference.lifetime.get_or_insert_with(|| syn::Lifetime::new("'static", Span::call_site()));
    }
}

/// A group's fields take the place of its field, so words about a key have no effect.
fn flattened(field: &mut Field, errors: &Errors) {
    if !field.is_flattened() {
        return;
    }
    let word = if field.unit.is_some() {
        Some("unit")
    } else if field.finite {
        Some("finite")
    } else if field.renamed.is_some() {
        Some("rename")
    } else if !field.aliases.is_empty() {
        Some("alias")
    } else if field.skip_none {
        Some("skip_none")
    } else if field.default {
        Some("default")
    } else if field.opaque {
        Some("opaque")
    } else {
        None
    };
    if let Some(word) = word {
        errors.on(&field.ident, format!("`{word}` has no effect on `{}`: the fields of the group are written in its place\nhelp: write it at the group's own fields", field.ident));
    }
    if field.mask.is_some() {
        errors.on(
            &field.ident,
            "a group is masked field by field\nhelp: put `#[sensitive(..)]` on the group's own fields",
        );
        field.mask = None;
    }
}

/// An example must match the field's type, as far as the tokens show.
fn example(field: &Field, errors: &Errors) {
    let Some(example) = &field.example else { return };
    if field.is_dropped() {
        errors.on(example, "a field that is left out has no example\nhelp: remove it");
    }
    let Type::Path(path) = inner_of_option(&field.ty) else { return };
    let Some(last) = path.path.segments.last() else { return };
    let (fits, wanted) = match last.ident.to_string().as_str() {
        "Str" | "String" => (matches!(example, syn::Lit::Str(_)), "a text"),
        "bool" => (matches!(example, syn::Lit::Bool(_)), "`true` or `false`"),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" => {
            (matches!(example, syn::Lit::Int(_)), "a whole number")
        }
        "f32" | "f64" => (matches!(example, syn::Lit::Float(_) | syn::Lit::Int(_)), "a number"),
        _ => (true, ""),
    };
    if !fits {
        errors.on(
            example,
            format!(
                "the example is not {wanted}, which `{}` is\nhelp: write {wanted}",
                field.ident
            ),
        );
    }
}

/// An event has at most one entity.
pub(super) fn entity(event: &Event, errors: &Errors) {
    let mut entities =
        event.fields.iter().filter(|field| matches!(field.role, Role::Entity { .. }));
    let Some(first) = entities.next() else { return };
    if let Some(second) = entities.next() {
        errors.on(&second.ident, "an event is about one entity\nhelp: keep one `#[entity]`");
        errors.on(&first.ident, "the first `#[entity]` is here");
    }
}

/// `sample` and `limit` must have an effect: errors and faults are exempt from both unless
/// declared.
pub(super) fn thinning(event: &Event, errors: &Errors) {
    let is_error = event.name.class == Some(StatusClass::Fault)
        || matches!(event.level, LevelRule::Fixed(level) if level >= Level::Error);
    for (said, is_read, even_errors, even_word) in [
        (&event.sample_word, event.sample.is_some(), &event.sample_errors, "sample_errors"),
        (&event.limit_word, event.limit.is_some(), &event.limit_errors, "limit_errors"),
    ] {
        match (said, even_errors) {
            (Some(word), None) if is_error && is_read => errors.on(
                word,
                format!("`{word}` leaves nothing out: errors and faults are always emitted\nhelp: remove it, or add `{even_word}`"),
            ),
            (None, Some(word)) => {
                let missing = even_word.trim_end_matches("_errors");
                errors.on(word, format!("`{word}` has no effect without `{missing}`\nhelp: remove it, or add `{missing}`"));
            }
            _ => {}
        }
    }
}

/// The requirements of the domain.
pub(super) fn required(
    event: &mut Event,
    require: Require,
    domain_has_owner: bool,
    errors: &Errors,
) {
    let ident = &event.head.ident;
    if require.docs {
        if event.head.docs.is_empty() {
            errors.on(ident, format!("event `{ident}` has no documentation, which its domain requires\nhelp: write `/// What happened.` above it"));
        }
        for field in
            event.fields.iter().filter(|field| field.docs.is_empty() && !field.is_flattened())
        {
            errors.on(&field.ident, format!("field `{}` has no documentation, which its domain requires\nhelp: write `/// What it means, and in which unit.` above it", field.ident));
        }
    }
    let has = |wanted: fn(&Role) -> bool| event.fields.iter().any(|field| wanted(&field.role));
    let lacks_entity =
        require.entity && event.name.latest && !has(|role| matches!(role, Role::Entity { .. }));
    // Only the type of a group knows the group's fields.
    event.entity_by_group = lacks_entity && has(|role| matches!(role, Role::Group));
    if lacks_entity && !event.entity_by_group {
        errors.on(ident, format!("event `{ident}` does not say what it is about, which its domain requires\nhelp: put `#[entity]` on the field that identifies it"));
    }
    if require.owner && !domain_has_owner && event.governance.owner.is_none() {
        errors.on(ident, format!("event `{ident}` has no owner, which its domain requires\nhelp: write `owner = \"team\"` in its `#[event(..)]`"));
    }
}

/// `domain = ..` and `crate = ..` are for a free event; a block declares them once.
pub(super) fn free_only_words(event: &mut Event, errors: &Errors) {
    if let Some(path) = event.domain_path.take() {
        errors.on(&path, "an event of a block has the block's domain\nhelp: remove `domain = ..`");
        event.poisoned = true;
    }
}
