//! The schema of one event.

use crate::annotation;
use crate::compiler::{Compiler, Described};
use crate::error::SchemaError;
use crate::json::Json;
use crate::keywords::Keywords;
use crate::options::{Form, Options};
use crate::properties::{FieldSource, Properties};
use event_core::meta::{EventMeta, LevelRule};
use event_core::{Catalog, Level};

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
    if options.form == Form::Line {
        compiler.add_header(event, aliases, &mut properties)?;
        // Context is part of what the event declares. `decode` reads a line without it; whoever looks for what was declared does not find it.
        for field in event.context_fields() {
            compiler.add_field(field, FieldSource::Context, &mut properties)?;
        }
    }
    for field in event.fields() {
        compiler.add_field(field, FieldSource::Payload, &mut properties)?;
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

impl Compiler {
    /// The keys of every line. A writer writes them all; of them a reader needs the name, and the version unless it is 1.
    fn add_header(&self, event: &EventMeta, aliases: &[&str], properties: &mut Properties) -> Described<()> {
        let (name, is_write) = (&event.name, self.is_write());
        let text = Keywords::of_type("string");
        let named = if is_write {
            text.clone().with("const", name.snake)
        } else {
            let names = [name.snake, name.dotted].into_iter().chain(aliases.iter().copied());
            text.clone().with("enum", Json::texts(names))
        };
        properties.add("event", named.with("description", "What happened."), true)?;
        let version = Keywords::of_type("integer").with("const", event.version);
        let version = version.with("description", "The version of the event's declaration.");
        properties.add("version", version, is_write || event.version != 1)?;
        let level = match event.level {
            LevelRule::Fixed(level) if is_write => text.clone().with("const", level.as_str()),
            rule => {
                let levels = if is_write { rule.reachable() } else { Level::ALL.to_vec() };
                text.clone().with("enum", Json::texts(levels.into_iter().map(Level::as_str)))
            }
        };
        properties.add("level", level.with("description", "How much attention it asks for."), is_write)?;
        let time = text.with("format", "date-time").with("description", "When it happened.");
        properties.add("timestamp", time, is_write)?;
        if event.sample.is_some() {
            let rate = Keywords::of_type("number").with("exclusiveMinimum", 0).with("maximum", 1);
            let rate = rate.with("description", "The share of these events that is emitted.");
            properties.add("sample_rate", rate, is_write)?;
        }
        Ok(())
    }
}
