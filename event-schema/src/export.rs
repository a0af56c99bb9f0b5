//! The files of a catalog.

use crate::document::schema;
use crate::error::SchemaError;
use crate::json::Json;
use crate::options::Options;
use event_core::Catalog;
use event_core::meta::EventMeta;

/// The file that lists the others.
pub const INDEX: &str = "index.json";

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name; there are no directories.
    pub path: String,
    /// What is in it.
    pub contents: String,
}

/// The schemas of every version of every event, and [`INDEX`], sorted by name. The same catalog
/// gives the same bytes.
///
/// # Errors
///
/// One for each event that cannot be described; see [`schema`].
pub fn export(catalog: &Catalog, options: Options) -> Result<Vec<File>, Vec<SchemaError>> {
    let mut events: Vec<_> = catalog.events().collect();
    events.sort_by_key(|event| (event.name.snake, event.version));
    let (mut files, mut errors) = (Vec::with_capacity(events.len() + 1), Vec::new());
    for event in &events {
        match schema(event, options) {
            Ok(schema) => files.push(File { path: file_name(event), contents: schema.to_string() }),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    files.push(File {
        path: INDEX.to_owned(),
        contents: index(catalog, &events, options).to_string(),
    });
    Ok(files)
}

/// The file that holds an event's schema: `payment_process_failed.v2.json`.
pub fn file_name(event: &EventMeta) -> String {
    format!("{}.v{}.json", event.name.snake, event.version)
}

/// What the index says of each event is what a reader needs to choose a file; the rest is in the
/// file. It is the one file that says which version is the latest: a version's own schema does not
/// change when the next version is declared. The package's version is not in it: a release without
/// a change of an event changes no file.
fn index(catalog: &Catalog, events: &[&'static EventMeta], options: Options) -> Json {
    let entry = |event: &&'static EventMeta| {
        Json::object([
            ("file", file_name(event).into()),
            ("event", event.name.snake.into()),
            ("event_type", event.name.dotted.into()),
            ("version", event.version.into()),
            ("latest", event.latest.into()),
            ("deprecated", event.governance.deprecated.is_some().into()),
        ])
    };
    Json::object([
        ("catalog", catalog.type_name.into()),
        ("package", catalog.package.into()),
        ("dialect", options.dialect.as_str().into()),
        ("contract", options.contract.as_str().into()),
        ("rendering", options.rendering.as_str().into()),
        ("annotations", options.annotations.into()),
        ("schemas", Json::List(events.iter().map(entry).collect())),
    ])
}
