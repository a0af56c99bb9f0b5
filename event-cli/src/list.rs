//! `list`.

use crate::args::Format;
use crate::console::{Console, Ending};
use crate::event_json;
use crate::table::{Table, first_sentence};
use clap::Args;
use event_core::meta::EventMeta;
use event_core::{Catalog, Level};
use event_schema::Json;

/// The arguments of `list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

const EXAMPLES: &str = "Examples:
  list
  list --format json";

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &ListArgs,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    match args.format {
        Format::Json => {
            let events = catalog.events().map(|event| Json::object(event_json::of_event(event)));
            console.print(&Json::List(events.collect()).to_string())
        }
        Format::Human => console.print(&table(catalog)),
    }
}

/// One block per domain, in the catalog's order, with one row per version.
fn table(catalog: &'static Catalog) -> String {
    let events: Vec<_> = catalog.events().collect();
    let mut table = Table::new();
    for event in &events {
        table.row(row(event));
    }
    let lines = table.lines();
    let mut domains: Vec<&str> = Vec::new();
    for event in &events {
        if !domains.contains(&event.name.domain) {
            domains.push(event.name.domain);
        }
    }
    let mut text = String::new();
    for domain in domains {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(domain);
        text.push('\n');
        for (_, line) in events.iter().zip(&lines).filter(|(event, _)| event.name.domain == domain)
        {
            text.push_str("  ");
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn row(event: &EventMeta) -> [String; 5] {
    let standing = match (event.latest, event.governance.deprecated) {
        (false, _) => "(superseded) ",
        (true, Some(_)) => "(deprecated) ",
        (true, None) => "",
    };
    [
        event.name.snake.to_owned(),
        format!("v{}", event.version),
        event.level.reachable().into_iter().map(Level::as_str).collect::<Vec<_>>().join("|"),
        event.governance.owner.unwrap_or("-").to_owned(),
        format!("{standing}{}", first_sentence(event.docs)),
    ]
}
