//! `explain CODE` and `explain RULE`.

use crate::console::{Console, Ending};
use crate::finding::{kind, kinds};
use crate::table::Table;
use clap::Args;
use event_grammar::suggest::hint;

/// The arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// A code or a rule, as a finding prints it: EV0102, property-removed
    code: Option<String>,
}

const EXAMPLES: &str = "Examples:
  explain
  explain EV0102";

pub(crate) fn run(args: &ExplainArgs, console: &mut Console<'_>) -> Result<(), Ending> {
    let Some(wanted) = args.code.as_deref() else { return console.print(&list()) };
    if let Some(kind) = kind(wanted) {
        let explanation = kind.explanation.trim();
        return console.print(&format!("{}: {}\n\n{explanation}\n", kind.id, kind.title));
    }
    // A code is in capitals and a rule in small letters; suggest the kind that was meant.
    let hint = if wanted.contains('-') {
        let rules: Vec<_> = kinds().filter_map(|kind| kind.rule).collect();
        hint(&wanted.to_ascii_lowercase(), rules.iter().copied())
    } else {
        let codes: Vec<_> = kinds().map(|kind| kind.id).filter(|id| id.starts_with("EV")).collect();
        hint(&wanted.to_ascii_uppercase(), codes.iter().copied())
    };
    let what = format!("no finding has the code `{}`{hint}", wanted.escape_debug());
    Err(Ending::could_not_run(what, "`explain` without a code lists all codes".to_owned()))
}

fn list() -> String {
    let mut table = Table::new();
    for kind in kinds() {
        table.row([kind.id.to_owned(), kind.title.to_owned()]);
    }
    table.lines().join("\n") + "\n"
}
