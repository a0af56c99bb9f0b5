//! `explain CODE`.

use crate::codes::FINDINGS;
use crate::console::{Console, Ending};
use crate::table::Table;
use event_grammar::suggest::hint;

pub(crate) fn run(code: Option<&str>, console: &mut Console<'_>) -> Result<(), Ending> {
    let Some(wanted) = code else { return console.print(&list()) };
    if let Some(finding) = FINDINGS.iter().find(|finding| finding.code.eq_ignore_ascii_case(wanted)) {
        return console.print(&format!("{}: {}\n\n{}\n", finding.code, finding.title, finding.text.trim()));
    }
    let hint = hint(&wanted.to_ascii_uppercase(), FINDINGS.iter().map(|finding| finding.code));
    let what = format!("no finding has the code `{}`{hint}", wanted.escape_debug());
    Err(Ending::could_not_run(what, "`explain` without a code lists all of them".to_owned()))
}

fn list() -> String {
    let mut table = Table::new();
    for finding in FINDINGS {
        table.row([finding.code.to_owned(), finding.title.to_owned()]);
    }
    table.lines().join("\n") + "\n"
}
