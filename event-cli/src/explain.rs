//! `explain CODE`, or a rule of compatibility.

use crate::codes::KINDS;
use crate::console::{Console, Ending};
use crate::table::Table;
use event_grammar::suggest::hint;
use event_schema::compat::RULES;

pub(crate) fn run(code: Option<&str>, console: &mut Console<'_>) -> Result<(), Ending> {
    let Some(wanted) = code else { return console.print(&list()) };
    if let Some(kind) = KINDS.iter().find(|kind| kind.code.eq_ignore_ascii_case(wanted)) {
        return console.print(&format!("{}: {}\n\n{}\n", kind.code, kind.title, kind.text.trim()));
    }
    if let Some(rule) = RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(wanted)) {
        return console.print(&format!(
            "{}: {}\n\nA rule of compatibility; docs/compatibility.md has all of them.\n",
            rule.id, rule.explanation
        ));
    }
    let hint = hint(&wanted.to_ascii_uppercase(), KINDS.iter().map(|kind| kind.code));
    let what = format!("no finding has the code `{}`{hint}", wanted.escape_debug());
    Err(Ending::could_not_run(what, "`explain` without a code lists all of them".to_owned()))
}

fn list() -> String {
    let mut table = Table::new();
    for kind in KINDS {
        table.row([kind.code.to_owned(), kind.title.to_owned()]);
    }
    table.lines().join("\n") + "\n"
}
