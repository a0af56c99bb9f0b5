//! Names as other systems see them: not too long, and every alias unique.

use crate::ast::{Block, Event};
use crate::diag::Errors;
use event_grammar::name;
use syn::LitStr;

/// A name must fit into the identifiers of the systems that carry it.
pub(super) fn length(event: &mut Event, errors: &Errors) {
    let snake = event.name.snake();
    if !event.poisoned && snake.len() > name::MAX_LEN {
        errors.on(
            &event.head.ident,
            format!(
                "event name `{snake}` has {} bytes, more than {}\nhelp: shorten it: databases cut identifiers off there",
                snake.len(),
                name::MAX_LEN
            ),
        );
        event.poisoned = true;
    }
}

/// An alias must be a valid name that no other event has.
pub(super) fn of_block(block: &mut Block, errors: &Errors) {
    let names: Vec<(String, String)> = block
        .events
        .iter()
        .map(|event| (event.name.snake(), event.head.ident.to_string()))
        .collect();
    let mut taken: Vec<(String, String)> = Vec::new();
    for event in &mut block.events {
        check(event, &names, &mut taken, errors);
    }
}

/// The aliases of a free event. The catalog compares them with other names.
pub(super) fn of_event(event: &mut Event, errors: &Errors) {
    let names = [(event.name.snake(), event.head.ident.to_string())];
    check(event, &names, &mut Vec::new(), errors);
}

/// `names` maps each name to the type that has it. An invalid or taken alias is reported and
/// removed.
fn check(
    event: &mut Event,
    names: &[(String, String)],
    taken: &mut Vec<(String, String)>,
    errors: &Errors,
) {
    let own = event.head.ident.to_string();
    event.aliases.retain(|alias| {
        let snake = alias.value().replace('.', "_");
        match mistake(alias, &snake, &own, names, taken) {
            Some(mistake) => {
                errors.on(alias, mistake);
                false
            }
            None => {
                taken.push((snake, own.clone()));
                true
            }
        }
    });
}

fn mistake(
    alias: &LitStr,
    snake: &str,
    own: &str,
    names: &[(String, String)],
    taken: &[(String, String)],
) -> Option<String> {
    let text = alias.value();
    let whose = |list: &[(String, String)]| {
        list.iter().find(|(name, _)| name == snake).map(|(_, owner)| owner.clone())
    };
    if !name::is_part(snake) {
        return Some(format!(
            "`{text}` is not a name\nhelp: a name is words in lower case, joined by `_` or `.`"
        ));
    }
    if let Some(owner) = whose(names) {
        let whose = if owner == own {
            "the event's own name".to_owned()
        } else {
            format!("the name of `{owner}`")
        };
        return Some(format!(
            "alias `{text}` is {whose}\nhelp: remove it: an alias must be unique"
        ));
    }
    let owner = whose(taken)?;
    let whose = if owner == own {
        "given twice".to_owned()
    } else {
        format!("an alias of `{owner}` already")
    };
    Some(format!("alias `{text}` is {whose}\nhelp: keep one of them"))
}
