//! Messages about a name that cannot be read.

use crate::ast::{Domain, Renamed};
use event_grammar::name::{self, Reading, Unreadable, Vocabulary};
use event_grammar::suggest;
use proc_macro2::Ident;

/// The wrong part, and what to write.
pub(super) fn message(
    base: &str,
    why: &Unreadable,
    vocabulary: &Vocabulary<'_>,
    domain: &Domain,
) -> String {
    let snake = name::snake(base);
    if !snake.is_ascii() {
        return format!(
            "event name `{snake}` is not in ASCII\nhelp: write it in ASCII: other systems use names as identifiers"
        );
    }
    let domain_ident = &domain.head.ident;
    let actions = vocabulary.actions.clone().unwrap_or_default();
    let add_action = |action: &str| {
        format!(
            "help: actions are the variants of `{domain_ident}`; to add one, write `{}` there",
            name::camel(action)
        )
    };
    match why {
        Unreadable::NotInDomain => not_in_domain(base, vocabulary.domain, domain_ident),
        Unreadable::TooShort if domain.renamed == Renamed::Yes => format!(
            "event name `{snake}` is its domain and nothing else: a name needs domain, action and status\nhelp: if that is intended, write `#[domain(optional(action, status), ..)]`"
        ),
        Unreadable::TooShort => format!(
            "event name `{snake}` is its domain and nothing else: a name needs domain, action and status\nhelp: for example, write `{base}{}Completed`\nhelp: if that is intended, write `#[domain(rename = \"{snake}\", optional(action, status))] pub enum {base}Domain {{ .. }}`",
            domain
                .actions
                .first()
                .map_or_else(|| "Process".to_owned(), |action| action.ident.to_string())
        ),
        Unreadable::NoStatus { action } => {
            no_status(base, action, &actions, vocabulary, domain_ident)
        }
        Unreadable::NoAction { status } => format!(
            "event name `{snake}` has no action: `{status}` is its status\nhelp: write `{domain_ident}<Action>{}`; a name without one needs `#[domain(optional(action))]`",
            name::camel(status)
        ),
        Unreadable::UnknownAction { action } => format!(
            "event name `{snake}` has the unknown action `{action}`{}\n{}",
            suggest::hint(action, actions.iter().copied()),
            add_action(action)
        ),
        Unreadable::UnknownStatus { status } => {
            unknown_status(base, status, vocabulary, domain_ident)
        }
        Unreadable::UnknownBoth { rest } => format!(
            "event name `{snake}` has neither a known action nor a known status in `{rest}`\n{}; statuses are in `event_core::meta::STATUSES`",
            add_action(rest.rsplit_once('_').map_or(rest.as_str(), |(action, _)| action))
        ),
        Unreadable::Ambiguous(readings) => ambiguous(&snake, vocabulary.domain, readings),
    }
}

fn ambiguous(snake: &str, domain: &str, readings: &[Reading]) -> String {
    let list: Vec<String> =
        readings.iter().map(|reading| format!("`{}`", written(domain, reading))).collect();
    format!(
        "event name `{snake}` can be read in {} ways\nhelp: decide it in its `#[event(..)]`: {}",
        list.len(),
        list.join(" or ")
    )
}

fn not_in_domain(base: &str, domain: &str, domain_ident: &Ident) -> String {
    let snake = name::snake(base);
    let begins = name::words(base).first().cloned().unwrap_or_default();
    let other = format!("event name `{snake}` does not begin with the block's domain `{domain}`");
    if domain.starts_with(&format!("{begins}_")) {
        let shorter = name::camel(&begins);
        return format!(
            "{other}\nhelp: names begin with all of the domain: rename `{domain_ident}` to `{shorter}`, or write `{domain_ident}..`"
        );
    }
    match suggest::closest(&begins, [domain]) {
        Some(near) => format!(
            "event name `{snake}` has the unknown domain `{begins}`, did you mean `{near}`?"
        ),
        None => format!(
            "{other}\nhelp: write `{domain_ident}..`, or move it to the block of its domain"
        ),
    }
}

fn no_status(
    base: &str,
    action: &str,
    actions: &[&str],
    vocabulary: &Vocabulary<'_>,
    domain_ident: &Ident,
) -> String {
    let snake = name::snake(base);
    let is_known = actions.contains(&action);
    if let Some((plain, status)) = action.rsplit_once('_')
        && is_known
        && vocabulary.statuses.contains(&status)
    {
        return format!(
            "event name `{snake}` has no status: `{status}` is a part of the action `{action}`\nhelp: a status is no part of an action: write the action `{}` in `{domain_ident}`",
            name::camel(plain)
        );
    }
    match suggest::closest(action, vocabulary.statuses.iter().copied()) {
        Some(near) if !is_known => format!(
            "event name `{snake}` has no status\nhelp: did you mean the status `{near}`? a name without an action needs `#[domain(optional(action))]`"
        ),
        _ => format!(
            "event name `{snake}` has no status: a name needs domain, action and status\nhelp: for example, write `{base}Failed`; a name without one needs `#[domain(optional(status))]`"
        ),
    }
}

fn unknown_status(
    base: &str,
    status: &str,
    vocabulary: &Vocabulary<'_>,
    domain_ident: &Ident,
) -> String {
    let snake = name::snake(base);
    if versioned(status) {
        return format!(
            "event name `{snake}` ends in a version, which is no part of the name\nhelp: the newest version has the plain name, an older one is `{}V1`: versions count from 1",
            name::camel(snake.rsplit_once("_v").map_or(snake.as_str(), |(plain, _)| plain))
        );
    }
    if status.ends_with("_event") {
        return format!(
            "event name `{snake}` ends in `event`, which is no part of the name\nhelp: write `{}`",
            name::camel(snake.trim_end_matches("_event"))
        );
    }
    format!(
        "event name `{snake}` has the unknown status `{status}`{}\nhelp: to add one, declare `#[statuses] pub enum {domain_ident}Status {{ #[status(ok)] {} }}` in this block",
        suggest::hint(status, vocabulary.statuses.iter().copied()),
        name::camel(status)
    )
}

/// Whether the word ends like a version: `failed_v1`.
fn versioned(word: &str) -> bool {
    word.rsplit_once("_v")
        .is_some_and(|(_, digits)| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn written(domain: &str, reading: &Reading) -> String {
    format!(
        "name({domain}, {}, {})",
        reading.action.as_deref().unwrap_or("_"),
        reading.status.as_deref().unwrap_or("_")
    )
}
