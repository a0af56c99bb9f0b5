//! What was retired does not come back under the same name with another meaning.

use crate::ast::Event;
use crate::diag::Errors;
use crate::lock::Contract;
use event_grammar::lock::Status;

pub(super) fn check(event: &mut Event, contract: &Contract, errors: &Errors) {
    if event.poisoned {
        return;
    }
    let snake = event.name.snake();
    let version = event.version;
    let mut is_known = false;
    let mut are_all_retired = true;
    for (number, known) in contract.of(&snake) {
        is_known = true;
        are_all_retired &= known.status == Status::Retired;
        if number == version && known.status == Status::Retired {
            errors.at(
                event.head.ident.span(),
                format!("[EV0217] `{snake}` v{version} was retired: its name and number stay taken\nhelp: declare a version that is newer, or take another name"),
            );
            event.poisoned = true;
            return;
        }
    }
    if is_known && are_all_retired {
        errors.at(
            event.head.ident.span(),
            format!("[EV0217] `{snake}` was retired: what was written under the name meant something else\nhelp: take another name"),
        );
        event.poisoned = true;
        return;
    }
    for field in event.fields.iter().filter(|field| !field.is_flattened()) {
        let retired = contract.of(&snake).filter(|(number, _)| *number <= version);
        if let Some((number, form)) =
            retired.filter_map(|(number, known)| Some((number, known.retired.get(&field.name)?))).last()
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
