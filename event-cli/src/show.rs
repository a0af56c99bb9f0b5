//! `show EVENT[@VERSION]`.

use crate::args::{EventArg, Format};
use crate::console::{Console, Ending};
use crate::event_json::{self, place};
use crate::field_type::describe;
use crate::find::{find, versions};
use crate::table::{Table, first_sentence};
use clap::Args;
use event_core::Catalog;
use event_core::meta::{EventMeta, FieldMeta, Role, Sensitivity, Stability};
use event_export::file_name;
use event_schema::{Json, sample};

/// The arguments of `show`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShowArgs {
    /// A name in either spelling, or an alias; without a version, the newest version
    #[arg(value_name = "EVENT[@VERSION]")]
    event: EventArg,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

const EXAMPLES: &str = "Examples:
  show payment_process_failed
  show payment.process.failed@1 --format json";

pub(crate) fn run(
    catalog: &'static Catalog,
    args: &ShowArgs,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let wanted = &args.event;
    let event = find(catalog, wanted)?;
    if wanted.name != event.name.snake && wanted.name != event.name.dotted {
        console.note(&format!("note: `{}` is an alias of `{}`", wanted.name, event.name.snake));
    }
    let text = match args.format {
        Format::Human => text(catalog, event),
        Format::Json => json(catalog, event).to_string(),
    };
    console.print(&text)
}

fn json(catalog: &'static Catalog, event: &'static EventMeta) -> Json {
    let example = serde_json::from_str::<serde_json::Value>(&sample::line(event, 0));
    let versions = versions(catalog, event).into_iter().map(|event| event.version.into());
    let mut members = event_json::of_event(event);
    members.push(("versions", Json::List(versions.collect())));
    members.push(("schema", file_name(event).into()));
    members.push(("example", example.map_or(Json::Null, Json::from)));
    Json::object(members)
}

fn text(catalog: &'static Catalog, event: &'static EventMeta) -> String {
    let mut lines = vec![format!("{} v{}", event.name.snake, event.version)];
    if !event.docs.trim().is_empty() {
        lines.push(String::new());
        lines.extend(event.docs.trim().lines().map(|line| line.trim_end().to_owned()));
    }
    section(&mut lines, "", &properties(catalog, event));
    section(&mut lines, "fields", &fields(&event.fields()));
    section(&mut lines, "context", &fields(&event.context_fields()));
    section(&mut lines, "wide", &fields(&event.wide_fields()));
    lines.extend([
        String::new(),
        "example".to_owned(),
        format!("  {}", sample::line(event, 0)),
        String::new(),
    ]);
    lines.join("\n")
}

fn section(lines: &mut Vec<String>, title: &str, table: &Table) {
    if table.is_empty() {
        return;
    }
    lines.push(String::new());
    if !title.is_empty() {
        lines.push(title.to_owned());
    }
    lines.extend(table.lines().into_iter().map(|line| format!("  {line}")));
}

/// The properties of the event besides its fields. Properties that are not set are left out.
fn properties(catalog: &'static Catalog, event: &'static EventMeta) -> Table {
    let governance = &event.governance;
    let mut table = Table::new();
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            table.row([name.to_owned(), value]);
        }
    };
    let text = |value: Option<&str>| value.map(str::to_owned);
    say("type", Some(event.name.dotted.to_owned()));
    say("status", event.name.status.map(|status| format!("{} ({})", status.word, status.class)));
    say("level", Some(event.level.to_string()));
    let steps: Vec<_> = event.transitions().iter().map(ToString::to_string).collect();
    say("transitions", Some(steps.join(", ")).filter(|steps| !steps.is_empty()));
    say("aliases", Some(event.aliases.join(", ")).filter(|aliases| !aliases.is_empty()));
    let others =
        versions(catalog, event).into_iter().filter(|other| other.version != event.version);
    let others: Vec<_> = others.map(|other| format!("v{}", other.version)).collect();
    say("also", Some(others.join(", ")).filter(|others| !others.is_empty()));
    say("sampled", event.sample.map(|rate| format!("{} of {}", rate.keep, rate.of)));
    say("deduplicate", Some(event.deduplicate.join(", ")).filter(|keys| !keys.is_empty()));
    say("owner", text(governance.owner));
    say("stability", text(governance.stability.map(Stability::as_str)));
    say("since", text(governance.since));
    say("deprecated", text(governance.deprecated));
    say("replaced by", text(governance.replaced_by));
    say("expires", text(governance.expires));
    say("retention", text(governance.retention));
    say("schema", Some(format!("{} (from `export json-schema`)", file_name(event))));
    say("source", Some(place(&event.source)));
    table
}

fn fields(fields: &[&'static FieldMeta]) -> Table {
    let mut table = Table::new();
    for field in fields {
        let optional = if field.shape.is_optional() { "optional" } else { "" };
        let notes = notes(field).join(", ");
        table.row([
            field.name.to_owned(),
            describe(field.shape),
            optional.to_owned(),
            notes,
            first_sentence(field.docs),
        ]);
    }
    table
}

fn notes(field: &FieldMeta) -> Vec<String> {
    let mut notes = Vec::new();
    match field.role {
        Role::Entity { kind } => notes.push(format!("entity {kind}")),
        role => notes.extend(event_schema::role(role).map(str::to_owned)),
    }
    match field.sensitivity {
        Some(Sensitivity::Clear { reason }) => notes.push(format!("sensitive, clear: {reason}")),
        Some(Sensitivity::Drop) => notes.push("sensitive, never written".to_owned()),
        Some(Sensitivity::Custom { name }) => notes.push(format!("sensitive, masked: {name}")),
        Some(mask) => notes.push(format!("sensitive, masked: {}", mask.as_str())),
        None => {}
    }
    notes.extend(field.unit.map(|unit| format!("in {unit}")));
    if field.finite {
        notes.push("finite".to_owned());
    }
    if field.label {
        notes.push("label".to_owned());
    }
    notes
}
