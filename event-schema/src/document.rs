//! The schema of one event.

use crate::annotation;
use crate::compiler::{Compiler, Described};
use crate::error::SchemaError;
use crate::json::Json;
use crate::options::{Form, Options};
use crate::properties::Properties;
use event_core::Catalog;
use event_core::meta::EventMeta;

/// The JSON Schema of one version of an event.
///
/// A reader accepts the aliases of every version of the event. Of other versions only the catalog knows: see [`schema_in`].
///
/// # Errors
///
/// When the declaration contradicts itself: two types or two fields of one name, an example that is not JSON.
pub fn schema(event: &'static EventMeta, options: Options) -> Result<Json, SchemaError> {
    schema_among(&[event], event, options)
}

/// The JSON Schema of one version of an event of a catalog.
///
/// # Errors
///
/// As [`schema`].
pub fn schema_in(catalog: &Catalog, event: &'static EventMeta, options: Options) -> Result<Json, SchemaError> {
    let versions: Vec<_> = catalog.events().filter(|other| other.name.snake == event.name.snake).collect();
    schema_among(&versions, event, options)
}

/// The JSON Schema of one of the versions of an event.
pub(crate) fn schema_among(
    versions: &[&'static EventMeta],
    event: &'static EventMeta,
    options: Options,
) -> Result<Json, SchemaError> {
    let mut aliases: Vec<&str> = versions.iter().flat_map(|version| version.aliases.iter().copied()).collect();
    aliases.sort_unstable();
    aliases.dedup();
    document(event, &aliases, options).map_err(|kind| SchemaError { event, kind })
}

fn document(event: &'static EventMeta, aliases: &[&str], options: Options) -> Described<Json> {
    let mut compiler = Compiler::new(options);
    let mut properties = Properties::new();
    match options.form {
        Form::Line => compiler.add_line(event, aliases, &mut properties)?,
        Form::Payload => compiler.add_payload(event, &mut properties)?,
        Form::Envelope => compiler.add_envelope(event, aliases, &mut properties)?,
    }
    compiler.describe_types()?;
    let mut document = properties
        .into_object(options.contract)
        .with("$schema", options.dialect.uri())
        .with("$id", id(event, options))
        .with("title", event.type_name)
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

/// A name for the schema that does not say where it is kept: `urn:event:payment_process_failed:2:line:write`.
fn id(event: &EventMeta, options: Options) -> String {
    let (form, contract) = (options.form.as_str(), options.contract.as_str());
    format!("urn:event:{}:{}:{form}:{contract}", event.name.snake, event.version)
}

fn description(event: &EventMeta) -> String {
    match event.governance.deprecated {
        None => event.docs.to_owned(),
        Some(why) => format!("{}\n\nDeprecated: {}", event.docs.trim(), why.trim()).trim().to_owned(),
    }
}
