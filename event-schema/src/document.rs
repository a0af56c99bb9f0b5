//! The schema of one event.

use crate::annotation;
use crate::compiler::{Compiler, Described};
use crate::error::SchemaError;
use crate::json::Json;
use crate::options::{Options, Rendering};
use crate::properties::Properties;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_grammar::name::camel;

/// The JSON Schema of one version of an event.
///
/// It depends on the version only: not on the event's other versions, and not on the name of the
/// Rust type, which gets a `V1` at its end when version 2 is declared. So the file of a locked
/// version changes only when the version changes. The schema has the aliases of this version.
///
/// # Errors
///
/// If the declaration contradicts itself: two types or two fields of one name, or an example that
/// is not JSON.
pub fn schema(event: &'static EventMeta, options: Options) -> Result<Json, SchemaError> {
    with_aliases(event, &sorted(event.aliases.to_vec()), options)
}

/// The schema of what the catalog's own readers accept: [`schema`] with the aliases of every
/// version of the event, because `decode` reads all of them.
///
/// It changes when another version is declared. Use it to compare, not for a file.
///
/// # Errors
///
/// As [`schema`].
pub fn schema_in(
    catalog: &Catalog,
    event: &'static EventMeta,
    options: Options,
) -> Result<Json, SchemaError> {
    let versions = catalog.events().filter(|other| other.name.snake == event.name.snake);
    let aliases = versions.flat_map(|version| version.aliases.iter().copied()).collect();
    with_aliases(event, &sorted(aliases), options)
}

fn sorted(mut aliases: Vec<&str>) -> Vec<&str> {
    aliases.sort_unstable();
    aliases.dedup();
    aliases
}

fn with_aliases(
    event: &'static EventMeta,
    aliases: &[&str],
    options: Options,
) -> Result<Json, SchemaError> {
    document(event, aliases, options).map_err(|kind| SchemaError { event, kind })
}

fn document(event: &'static EventMeta, aliases: &[&str], options: Options) -> Described<Json> {
    let mut compiler = Compiler::new(options);
    let mut properties = Properties::new();
    match options.rendering {
        Rendering::Line => compiler.add_line(event, aliases, &mut properties)?,
        Rendering::Payload => compiler.add_payload(event, &mut properties)?,
        Rendering::Envelope => compiler.add_envelope(event, aliases, &mut properties)?,
    }
    compiler.describe_types()?;
    let mut document = properties
        .into_object(options.contract)
        .with("$schema", options.dialect.uri())
        .with("$id", id(event, options))
        .with("title", title(event))
        .with_text("description", &description(event))
        .with_some(options.dialect.definitions(), compiler.types.into_definitions());
    if event.governance.deprecated.is_some() {
        document.set("deprecated", true);
    }
    if options.annotations {
        document.set("x-event", annotation::of_event(event));
    }
    Ok(document.into())
}

/// The id of the schema, independent of where it is stored:
/// `urn:event:payment_process_failed:2:line:write`.
fn id(event: &EventMeta, options: Options) -> String {
    let (rendering, contract) = (options.rendering.as_str(), options.contract.as_str());
    format!("urn:event:{}:{}:{rendering}:{contract}", event.name.snake, event.version)
}

/// The name that generators give to the type of the schema: `PaymentProcessFailedV2`.
///
/// Every version has its number in the title, also the newest. A title without the number would
/// change when the next version is declared.
fn title(event: &EventMeta) -> String {
    format!("{}V{}", camel(event.name.snake), event.version)
}

fn description(event: &EventMeta) -> String {
    match event.governance.deprecated {
        None => event.docs.to_owned(),
        Some(why) => {
            format!("{}\n\nDeprecated: {}", event.docs.trim(), why.trim()).trim().to_owned()
        }
    }
}
