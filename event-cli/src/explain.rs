//! `explain CODE` and `explain RULE`.

use crate::console::{Console, Ending};
use crate::finding::codes::kinds;
use crate::table::Table;
use clap::Args;
use event_grammar::suggest::hint;
use schema_compat::{CONFLUENT_RULES, Example, RULES, Rule};

/// The arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// As a finding shows it: EV0102, property-removed
    code: Option<String>,
}

const EXAMPLES: &str = "Examples:
  explain
  explain EV0102";

pub(crate) fn run(args: &ExplainArgs, console: &mut Console<'_>) -> Result<(), Ending> {
    let Some(wanted) = args.code.as_deref() else { return console.print(&list()) };
    if let Some(kind) = kinds().into_iter().find(|kind| kind.code.eq_ignore_ascii_case(wanted)) {
        return console.print(&format!("{}: {}\n\n{}\n", kind.code, kind.title, kind.text.trim()));
    }
    if let Some(rule) = schema_compat::rule(&wanted.to_ascii_lowercase()) {
        return console.print(&of_rule(rule));
    }
    // A code in capitals, a rule in small letters: whichever it was meant to be.
    let hint = if wanted.contains('-') {
        hint(&wanted.to_ascii_lowercase(), rules().map(|rule| rule.id))
    } else {
        hint(&wanted.to_ascii_uppercase(), kinds().into_iter().map(|kind| kind.code))
    };
    let what = format!("no finding has the code `{}`{hint}", wanted.escape_debug());
    Err(Ending::could_not_run(what, "`explain` without a code lists all of them".to_owned()))
}

fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    RULES.iter().chain(CONFLUENT_RULES)
}

fn of_rule(rule: &Rule) -> String {
    let Rule { id, category, severity, explanation, remedy, example } = rule;
    let mut lines = vec![
        format!("{id}: {explanation}"),
        String::new(),
        format!("{}, {}", severity.as_str(), category.as_str()),
        String::new(),
        (*remedy).to_owned(),
    ];
    if let Some(Example { old, new }) = example {
        for (name, schema) in [("old", old), ("new", new)] {
            lines.extend([String::new(), name.to_owned()]);
            lines.extend(schema.lines().map(|line| format!("    {line}")));
        }
    }
    lines.join("\n") + "\n"
}

fn list() -> String {
    let mut table = Table::new();
    for kind in kinds() {
        table.row([kind.code.to_owned(), kind.title.to_owned()]);
    }
    for rule in rules() {
        table.row([rule.id.to_owned(), rule.explanation.to_owned()]);
    }
    table.lines().join("\n") + "\n"
}
