//! A retired name must not be used again with another meaning.

use crate::ast::Event;
use crate::diag::Errors;
use crate::lock::Contract;
use event_grammar::lock::{Stage, Version};

pub(super) fn check(event: &mut Event, contract: &Contract, errors: &Errors) {
    if event.poisoned {
        return;
    }
    let snake = event.name.snake();
    let version = event.version;
    let is_retired = |known: &Version| known.stage == Stage::Retired;
    let is_known = contract.of(&snake).next().is_some();
    let problem = if is_known && contract.of(&snake).all(|(_, known)| is_retired(known)) {
        format!(
            "`{snake}` was retired: what was written under the name meant something else\nhelp: take another name"
        )
    } else if contract.of(&snake).any(|(number, known)| number == version && is_retired(known)) {
        format!(
            "`{snake}` v{version} was retired: its number stays taken\nhelp: declare a version that is newer"
        )
    } else {
        String::new()
    };
    if !problem.is_empty() {
        errors.at(event.head.ident.span(), format!("[EV0217] {problem}"));
        event.poisoned = true;
        return;
    }
    for field in event.fields.iter().filter(|field| !field.is_flattened()) {
        let retired = contract.of(&snake).filter(|(number, _)| *number <= version);
        if let Some((number, form)) = retired
            .filter_map(|(number, known)| Some((number, known.retired.get(&field.name)?)))
            .last()
        {
            let name = &field.name;
            errors.at(
                field.ident.span(),
                format!("[EV0217] field `{name}` was retired in v{number} of `{snake}`, where it was `{form}`\nhelp: take another name: what was written under this one meant something else"),
            );
            event.poisoned = true;
        }
    }
}
