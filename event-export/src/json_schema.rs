//! JSON Schema: one file per event version, and an index.

use crate::choices::{Choice, Choices, ExportOption};
use crate::exporter::{ExportError, Exporter};
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::{Contract, Dialect, File, Json, Options, Rendering, SchemaError, schema};

/// The file that lists the other files.
pub const INDEX: &str = "index.json";

/// The exporter `json-schema`: see [`json_schema`].
#[derive(Clone, Copy, Debug)]
pub struct JsonSchema;

const OPTIONS: &[ExportOption] = &[
    ExportOption {
        name: "dialect",
        about: "The version of JSON Schema",
        choices: &[
            Choice { name: Dialect::Draft2020_12.as_str(), about: "The current version" },
            Choice {
                name: Dialect::Draft07.as_str(),
                about: "For AsyncAPI and generators of types",
            },
        ],
    },
    ExportOption {
        name: "contract",
        about: "What writers promise, or what readers accept",
        choices: &[
            Choice { name: Contract::Write.as_str(), about: "What writers promise: closed" },
            Choice { name: Contract::Read.as_str(), about: "What readers accept: open" },
            Choice {
                name: Contract::Registry.as_str(),
                about: "For schema registries: what readers accept, closed",
            },
        ],
    },
    ExportOption {
        name: "rendering",
        about: "The flat line, the event's own fields, or the envelope",
        choices: &[
            Choice { name: Rendering::Line.as_str(), about: "The whole flat line" },
            Choice { name: Rendering::Payload.as_str(), about: "The event's own fields" },
            Choice { name: Rendering::Envelope.as_str(), about: "The nested envelope" },
        ],
    },
    ExportOption {
        name: "strict",
        about: "Standard keywords only, without `x-event`",
        choices: &[],
    },
];

impl Exporter for JsonSchema {
    fn name(&self) -> &'static str {
        "json-schema"
    }

    fn about(&self) -> &'static str {
        "Write one JSON Schema per event version, and an index"
    }

    fn directory(&self) -> &'static str {
        "schemas"
    }

    fn options(&self) -> &'static [ExportOption] {
        OPTIONS
    }

    fn files(&self, catalog: &Catalog, choices: &Choices) -> Result<Vec<File>, Vec<ExportError>> {
        let files = json_schema(catalog, chosen(choices));
        files.map_err(|errors| errors.into_iter().map(ExportError::from).collect())
    }

    /// `payment_process_failed.v2.json`.
    fn gives_name(&self, name: &str) -> bool {
        let stem = name.strip_suffix(".json").and_then(|stem| stem.rsplit_once(".v"));
        stem.is_some_and(|(event, version)| {
            let is_number = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
            is_number && event_grammar::name::is_part(event)
        })
    }
}

/// The options of the schema that are chosen on a command line.
fn chosen(choices: &Choices) -> Options {
    let default = Options::default();
    let of = |option| choices.value(option);
    let dialect = Dialect::ALL.into_iter().find(|dialect| dialect.as_str() == of("dialect"));
    let contract = Contract::ALL.into_iter().find(|contract| contract.as_str() == of("contract"));
    let rendering = Rendering::ALL.into_iter().find(|found| found.as_str() == of("rendering"));
    Options {
        dialect: dialect.unwrap_or(default.dialect),
        contract: contract.unwrap_or(default.contract),
        rendering: rendering.unwrap_or(default.rendering),
        annotations: !choices.is_on("strict"),
    }
}

/// The schemas of every version of every event, and [`INDEX`], sorted by name. The same catalog
/// gives the same bytes.
///
/// # Errors
///
/// One error for each event that cannot be described; see [`schema`].
pub fn json_schema(catalog: &Catalog, options: Options) -> Result<Vec<File>, Vec<SchemaError>> {
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

/// The file with an event's schema: `payment_process_failed.v2.json`.
pub fn file_name(event: &EventMeta) -> String {
    format!("{}.v{}.json", event.name.snake, event.version)
}

/// For each event the index has what a reader needs to choose a file; the rest is in the file. Only
/// the index says which version is the latest: the schema of a version does not change when the
/// next version is declared. The index does not have the package's version, so that a release
/// without a change of an event changes no file.
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

#[cfg(test)]
mod tests {
    use super::{JsonSchema, OPTIONS, chosen};
    use crate::choices::Choices;
    use crate::exporter::Exporter as _;
    use event_schema::{Contract, Dialect, Options, Rendering};

    #[test]
    fn only_names_that_an_export_gives() {
        assert!(JsonSchema.gives_name("payment_process_failed.v12.json"));
        for other in [
            "index.json",
            "../secrets.v1.json",
            "/etc/x.v1.json",
            "a.vx.json",
            "a.v.json",
            "a.v1.txt",
            ".v1.json",
        ] {
            assert!(!JsonSchema.gives_name(other), "{other}");
        }
    }

    #[test]
    fn every_schema_can_be_chosen() {
        assert_eq!(chosen(&Choices::of(OPTIONS)), Options::default());
        let with = |option: &str, value: &str| {
            chosen(&Choices::of(OPTIONS).with(option, value).expect("it is in the table"))
        };
        let default = Options::default();
        for dialect in Dialect::ALL {
            assert_eq!(with("dialect", dialect.as_str()), Options { dialect, ..default });
        }
        for contract in Contract::ALL {
            assert_eq!(with("contract", contract.as_str()), Options { contract, ..default });
        }
        for rendering in Rendering::ALL {
            assert_eq!(with("rendering", rendering.as_str()), Options { rendering, ..default });
        }
        assert_eq!(with("strict", "true"), Options { annotations: false, ..default });
    }
}
