//! An action that begins must be able to end: an action with a `begin` status also has an `ok` and
//! a `fault` status.

use crate::ast::{Block, Event};
use crate::diag::Errors;
use event_grammar::StatusClass;
use proc_macro2::{Ident, Span};
use std::collections::HashMap;

pub(super) fn check(block: &mut Block, errors: &Errors) {
    let Some(domain) = &block.domain else { return };
    // If there are other errors, the missing status may be a misspelt one.
    if errors.count() > 0 {
        return;
    }
    let mut warnings = Vec::new();
    let mut by_action: HashMap<Option<&str>, Vec<&Event>> = HashMap::new();
    for event in block.events.iter().filter(|event| event.name.latest) {
        by_action.entry(event.name.action.as_deref()).or_default().push(event);
    }
    let of = |action| by_action.get(&action).map(Vec::as_slice).unwrap_or_default();
    for action in &domain.actions {
        let open = open(of(Some(action.name.as_str())));
        answer(
            open,
            action.open_ended.as_ref(),
            &format!("action `{}`", action.name),
            &mut warnings,
            errors,
        );
    }
    let open = open(of(None));
    answer(open, domain.open_ended.as_ref(), "what has no action", &mut warnings, errors);
    block.warnings.extend(warnings);
}

/// The event that begins, and the missing classes of statuses that end it.
fn open<'a>(of_action: &[&'a Event]) -> Option<(&'a Event, Vec<StatusClass>)> {
    let begin =
        of_action.iter().copied().find(|event| event.name.class == Some(StatusClass::Begin))?;
    let missing: Vec<StatusClass> = [StatusClass::Ok, StatusClass::Fault]
        .into_iter()
        .filter(|class| !of_action.iter().any(|event| event.name.class == Some(*class)))
        .collect();
    (!missing.is_empty()).then_some((begin, missing))
}

fn answer(
    open: Option<(&Event, Vec<StatusClass>)>,
    answer: Option<&Ident>,
    what: &str,
    warnings: &mut Vec<(Span, String)>,
    errors: &Errors,
) {
    match (open, answer) {
        (Some((event, missing)), None) => {
            let missing: Vec<String> = missing.iter().map(|class| format!("`{class}`")).collect();
            let place = if event.name.action.is_some() { "action" } else { "domain" };
            warnings.push((
                event.head.ident.span(),
                format!(
                    "`{}` begins, but no event of the same action ends with a status of class {}; declare one (`failed` is `fault`, `completed` is `ok`), or write `#[{place}(open_ended = \"reason\")]`",
                    event.name.snake(),
                    missing.join(" or ")
                ),
            ));
        }
        (None, Some(word)) => {
            errors.on(word, format!("`open_ended` has no effect: {what} does not begin, or has an `ok` and a `fault` end\nhelp: remove it"));
        }
        _ => {}
    }
}
