//! Names: read with the domain's vocabulary, unique and not too long.

use super::unreadable;
use crate::ast::{Block, Domain, Event, Name, NameOverride, Renamed};
use crate::diag::Errors;
use event_grammar::name::{self, Reading, Vocabulary};
use event_grammar::{STATUSES, Status, StatusClass, suggest};
use proc_macro2::Ident;
use std::collections::HashSet;
use syn::ext::IdentExt;

/// A block's own status must not repeat a standard status or another status of the block.
pub(super) fn statuses(block: &mut Block, errors: &Errors) {
    let mut seen: Vec<String> = Vec::new();
    for statuses in &mut block.statuses {
        statuses.words.retain(|word| {
            if let Some(standard) = Status::standard(&word.name) {
                let help = if standard.class == word.class {
                    "help: remove it here".to_owned()
                } else {
                    format!(
                        "help: use another word: a status means one thing everywhere, `{}` is `{}`",
                        word.name, standard.class
                    )
                };
                errors.on(
                    &word.ident,
                    format!(
                        "`{}` is a standard status of class `{}`\n{help}",
                        word.name, standard.class
                    ),
                );
                return false;
            }
            if seen.contains(&word.name) {
                errors.on(
                    &word.ident,
                    format!("status `{}` is declared twice\nhelp: keep one of them", word.name),
                );
                return false;
            }
            seen.push(word.name.clone());
            true
        });
    }
}

/// An action must be declared once.
pub(super) fn actions(block: &mut Block, errors: &Errors) {
    let Some(domain) = &mut block.domain else { return };
    let mut seen: HashSet<String> = HashSet::new();
    domain.actions.retain(|action| {
        let new = seen.insert(action.name.clone());
        if !new {
            errors.on(
                &action.ident,
                format!("action `{}` is declared twice\nhelp: keep one of them", action.name),
            );
        }
        new
    });
}

/// Reports a missing domain once per block.
fn without_domain(first: &Event, errors: &Errors) {
    let ident = &first.head.ident;
    errors.on(
        ident,
        format!(
            "the block has no domain to read `{ident}` with\nhelp: declare it first: `#[domain] pub enum {} {{ .. }}`, its variants are the actions",
            name::camel(name::words(&ident.to_string()).first().map_or("payment", String::as_str))
        ),
    );
}

/// Reads the name of every event of a block.
pub(super) fn resolve(block: &mut Block, errors: &Errors) {
    let Some(domain) = &block.domain else {
        block.events.first().into_iter().for_each(|first| without_domain(first, errors));
        return unread(&mut block.events);
    };
    if domain.renamed == Renamed::Reported {
        return unread(&mut block.events);
    }
    let own: Vec<(&str, StatusClass)> = block
        .statuses
        .iter()
        .flat_map(|statuses| &statuses.words)
        .map(|word| (word.name.as_str(), word.class))
        .collect();
    let domain_name = domain.name.clone();
    let vocabulary = Vocabulary {
        domain: &domain_name,
        actions: Some(domain.actions.iter().map(|action| action.name.as_str()).collect()),
        statuses: STATUSES
            .iter()
            .map(|status| status.word)
            .chain(own.iter().map(|(word, _)| *word))
            .collect(),
        optional_action: domain.optional_action,
        optional_status: domain.optional_status,
    };
    let mut kept = Vec::new();
    for mut event in std::mem::take(&mut block.events) {
        let (base, _) = split_version(&event.head.ident);
        let reading = match &event.name_override {
            Some(parts) => by_override(parts, &vocabulary, errors)
                .and_then(|reading| spelt(parts, &base, reading, &domain_name, errors)),
            None => name::read(&base, &vocabulary).map_err(|why| {
                let message = unreadable::message(&base, &why, &vocabulary, domain);
                errors.on(&event.head.ident, message);
            }),
        };
        if let Ok(reading) = reading {
            let class = reading.status.as_deref().and_then(|word| class_of(word, &own));
            event.name = Name {
                domain: domain_name.clone(),
                action: reading.action,
                status: reading.status,
                class,
                base,
                latest: true,
            };
        } else {
            event.name = fallback(&event);
            event.poisoned = true;
        }
        if event.head.ident == domain.head.ident {
            called_as_its_domain(&event, domain, errors);
        } else {
            kept.push(event);
        }
    }
    block.events = kept;
}

/// rustc would also report two types of one name, so the event is removed after one error.
fn called_as_its_domain(event: &Event, domain: &Domain, errors: &Errors) {
    if event.poisoned {
        return;
    }
    errors.on(
        &event.head.ident,
        format!("the event `{0}` has the name of its domain's enum\nhelp: give the enum another one: `#[domain(rename = \"{1}\", optional(action, status))] pub enum {0}Domain`", event.head.ident, domain.name),
    );
}

pub(super) fn class_of(word: &str, own: &[(&str, StatusClass)]) -> Option<StatusClass> {
    let standard = Status::standard(word).map(|status| status.class);
    standard.or_else(|| own.iter().find(|(known, _)| *known == word).map(|(_, class)| *class))
}

/// Without a domain names cannot be read; the missing domain is already reported.
fn unread(events: &mut [Event]) {
    for event in events {
        event.name = fallback(event);
        event.poisoned = true;
    }
}

/// A name for an event whose name cannot be read, so that calls of its functions compile.
pub(super) fn fallback(event: &Event) -> Name {
    let (base, _) = split_version(&event.head.ident);
    Name { domain: name::snake(&base), base, latest: true, ..Name::default() }
}

/// `PaymentProcessFailedV2` is `PaymentProcessFailed`, version 2.
pub(super) fn split_version(ident: &Ident) -> (String, Option<u32>) {
    let ident = ident.unraw().to_string();
    if let Some((base, digits)) = ident.rsplit_once('V')
        && !base.is_empty()
        && !digits.starts_with('0')
        && let Ok(version) = digits.parse()
    {
        return (base.to_owned(), Some(version));
    }
    (ident, None)
}

fn by_override(
    parts: &NameOverride,
    vocabulary: &Vocabulary<'_>,
    errors: &Errors,
) -> Result<Reading, ()> {
    let [domain, action, status] = &parts.parts;
    match domain {
        Some(domain) if *domain != vocabulary.domain => {
            return unknown(domain, "domain", &[vocabulary.domain], errors);
        }
        None => {
            errors.at(
                parts.span,
                format!("a name has a domain\nhelp: write `name({}, ..)`", vocabulary.domain),
            );
            return Err(());
        }
        Some(_) => {}
    }
    let actions = vocabulary.actions.clone().unwrap_or_default();
    let action_text = action.as_ref().map(Ident::to_string);
    if let (Some(action), Some(text)) = (action, &action_text)
        && !actions.contains(&text.as_str())
    {
        return unknown(action, "action", &actions, errors);
    }
    let status_text = status.as_ref().map(Ident::to_string);
    if let (Some(status), Some(text)) = (status, &status_text)
        && !vocabulary.statuses.contains(&text.as_str())
    {
        return unknown(status, "status", &vocabulary.statuses, errors);
    }
    let missing = match (&action_text, &status_text) {
        (None, _) if !vocabulary.optional_action => Some("action"),
        (_, None) if !vocabulary.optional_status => Some("status"),
        _ => None,
    };
    if let Some(part) = missing {
        errors.at(
            parts.span,
            format!(
                "the name has no {part}\nhelp: names of the domain may leave it out with `#[domain(optional({part}))]`"
            ),
        );
        return Err(());
    }
    Ok(Reading { action: action_text, status: status_text })
}

/// Reports a part of `name(..)` that is not in the vocabulary.
pub(super) fn unknown<T>(
    ident: &Ident,
    what: &str,
    known: &[&str],
    errors: &Errors,
) -> Result<T, ()> {
    let word = ident.to_string();
    let hint = suggest::hint(&word, known.iter().copied());
    errors.on(ident, format!("unknown {what} `{word}`{hint}"));
    Err(())
}

/// `name(..)` selects one reading of the type's name; it cannot give another name.
pub(super) fn spelt(
    parts: &NameOverride,
    base: &str,
    reading: Reading,
    domain: &str,
    errors: &Errors,
) -> Result<Reading, ()> {
    let said: Vec<&str> = [Some(domain), reading.action.as_deref(), reading.status.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let (said, snake) = (said.join("_"), name::snake(base));
    if said == snake {
        return Ok(reading);
    }
    errors.at(
        parts.span,
        format!("`name(..)` says `{said}`, the type's name says `{snake}`\nhelp: rename the type to `{}`: a name is found by searching for it", name::camel(&said)),
    );
    Err(())
}
