//! The name of a free event. Its domain is declared elsewhere, so its action is looked up in a
//! constant.

use super::names::{class_of, fallback, spelt, split_version, unknown};
use crate::ast::{Event, Name, NameOverride, last_name};
use crate::diag::Errors;
use event_grammar::name::{self, Reading, Unreadable, Vocabulary};
use event_grammar::{STATUSES, suggest};
use proc_macro2::Ident;

/// Reads the name of a free event.
pub(super) fn resolve(event: &mut Event, errors: &Errors) {
    versions(event, errors);
    let ident = &event.head.ident;
    let (base, _) = split_version(ident);
    let domain = event.domain_path.as_ref();
    // Only the domain's constant knows a `rename` of the enum. `name(..)` may give the name, and an
    // assertion compares it with the constant.
    let written = event.name_override.as_ref().and_then(|written| written.parts[0].as_ref());
    let domain =
        domain.map(|path| written.map_or_else(|| name::snake(&last_name(path)), Ident::to_string));
    let Some(domain) = domain else {
        errors.on(
            ident,
            format!("event `{ident}` has no domain\nhelp: name the `#[domain]` enum that its name is read with: `#[event(domain = path::Payment, ..)]`"),
        );
        event.name = fallback(event);
        event.poisoned = true;
        return;
    };
    let vocabulary = Vocabulary {
        domain: &domain,
        actions: None,
        statuses: STATUSES.iter().map(|status| status.word).collect(),
        optional_action: true,
        optional_status: false,
    };
    let reading = match &event.name_override {
        Some(parts) => by_override(parts, &base, &vocabulary, errors),
        None => name::read(&base, &vocabulary)
            .map_err(|why| errors.on(ident, message(&base, &why, &vocabulary))),
    };
    if let Ok(reading) = reading {
        let class = reading.status.as_deref().and_then(|word| class_of(word, &[]));
        event.name = Name {
            domain,
            action: reading.action,
            status: reading.status,
            class,
            base,
            latest: true,
        };
    } else {
        event.name = fallback(event);
        event.poisoned = true;
    }
}

/// All versions of an event must be in one block, so a free event has only one.
fn versions(event: &mut Event, errors: &Errors) {
    let ident = &event.head.ident;
    let (base, suffix) = split_version(ident);
    let what = "all versions of an event are declared in one `events!` block";
    if suffix.is_some() {
        errors.on(ident, format!("{what}\nhelp: move the event there, or rename it to `{base}`"));
    } else if let Some(span) = event.upcast_auto {
        errors.at(span, format!("{what}\nhelp: move the event there, or remove `upcast = auto`"));
    } else {
        return;
    }
    event.poisoned = true;
}

fn by_override(
    parts: &NameOverride,
    base: &str,
    vocabulary: &Vocabulary<'_>,
    errors: &Errors,
) -> Result<Reading, ()> {
    let [_, action, status] = &parts.parts;
    if let Some(status) = status
        && !vocabulary.statuses.iter().any(|known| status == known)
    {
        return unknown(status, "status", &vocabulary.statuses, errors);
    }
    let reading = Reading {
        action: action.as_ref().map(Ident::to_string),
        status: status.as_ref().map(Ident::to_string),
    };
    spelt(parts, base, reading, vocabulary.domain, errors)
}

fn message(base: &str, why: &Unreadable, vocabulary: &Vocabulary<'_>) -> String {
    let (snake, domain) = (name::snake(base), vocabulary.domain);
    match why {
        Unreadable::NotInDomain => format!(
            "event name `{snake}` does not begin with its domain `{domain}`\nhelp: write `{}..`, or name the domain that it belongs to",
            name::camel(domain)
        ),
        Unreadable::TooShort => format!(
            "event name `{snake}` is its domain and nothing else: a name needs domain, action and status\nhelp: if that is intended, write `name({snake}, _, _)`"
        ),
        _ => {
            let last = name::words(base).last().cloned().unwrap_or_default();
            format!(
                "event name `{snake}` has the unknown status `{last}`{}\nhelp: statuses are in `event_core::meta::STATUSES`; one of your own needs an `events!` block with `#[statuses]`",
                suggest::hint(&last, vocabulary.statuses.iter().copied())
            )
        }
    }
}
