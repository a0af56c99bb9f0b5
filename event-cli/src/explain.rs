//! `explain CODE`.

use crate::codes::kinds;
use crate::console::{Console, Ending};
use crate::table::Table;
use event_grammar::suggest::hint;

pub(crate) fn run(code: Option<&str>, console: &mut Console<'_>) -> Result<(), Ending> {
    let Some(wanted) = code else { return console.print(&list()) };
    if let Some(kind) = kinds().into_iter().find(|kind| kind.code.eq_ignore_ascii_case(wanted)) {
        return console.print(&format!("{}: {}\n\n{}\n", kind.code, kind.title, kind.text.trim()));
    }
    let hint = hint(&wanted.to_ascii_uppercase(), kinds().into_iter().map(|kind| kind.code));
    let what = format!("no finding has the code `{}`{hint}", wanted.escape_debug());
    Err(Ending::could_not_run(what, "`explain` without a code lists all of them".to_owned()))
}

fn list() -> String {
    let mut table = Table::new();
    for kind in kinds() {
        table.row([kind.code.to_owned(), kind.title.to_owned()]);
    }
    table.lines().join("\n") + "\n"
}
