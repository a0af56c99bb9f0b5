//! What an exporter is.

use crate::choices::{Choices, ExportOption};
use crate::manifest::MANIFEST;
use crate::path;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::{File, SchemaError};
use std::collections::HashSet;
use std::fmt;

/// One form of a catalog: options in, a list of files out.
///
/// An exporter reads the model of the catalog and nothing else. The same catalog and the same
/// choices give the same bytes on every machine: no clock, no environment, no order of a hash map.
pub trait Exporter: Sync {
    /// Its name, the word after `export`: `json-schema`. In lower case with `-` between words.
    fn name(&self) -> &'static str;

    /// What it writes, in a line without a full stop: `Write one JSON Schema per event version`.
    fn about(&self) -> &'static str;

    /// The directory that its files go to unless the command line names one.
    fn directory(&self) -> &'static str;

    /// Its options. None by default.
    fn options(&self) -> &'static [ExportOption] {
        &[]
    }

    /// The files of a catalog. Call it through [`export`], which checks their paths.
    ///
    /// # Errors
    ///
    /// One for each event that this form cannot express.
    fn files(&self, catalog: &Catalog, choices: &Choices) -> Result<Vec<File>, Vec<ExportError>>;

    /// Whether a file directly in the directory has the form of a name that this exporter gives.
    /// Such a file that no export lists is reported, because a consumer may take it for an
    /// exported one. `false` by default.
    fn gives_name(&self, _name: &str) -> bool {
        false
    }
}

/// Why an exporter gives no files.
#[derive(Clone, Debug)]
pub struct ExportError {
    /// The code that the command's `explain` explains.
    pub code: &'static str,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The event that it is about.
    pub event: Option<&'static EventMeta>,
}

impl ExportError {
    /// An error of an exporter without codes of its own: `EV0110`.
    pub fn new(message: impl Into<String>) -> Self {
        Self { code: "EV0110", message: message.into(), help: None, event: None }
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which event it is about.
    #[must_use]
    pub const fn event(mut self, event: &'static EventMeta) -> Self {
        self.event = Some(event);
        self
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ExportError {}

impl From<SchemaError> for ExportError {
    fn from(error: SchemaError) -> Self {
        let (message, help) = (error.to_string(), Some(error.help()));
        Self { code: error.code(), message, help, event: Some(error.event) }
    }
}

/// The files that an exporter gives for a catalog.
///
/// # Errors
///
/// What the exporter cannot express; a path that is not below the directory, or that it gives
/// twice (also in other case: some file systems do not tell them apart).
pub fn export(
    exporter: &dyn Exporter,
    catalog: &Catalog,
    choices: &Choices,
) -> Result<Vec<File>, Vec<ExportError>> {
    let files = exporter.files(catalog, choices)?;
    let mut seen = HashSet::new();
    let wrong = files.iter().filter_map(|file| {
        let what = if !path::is_below(&file.path) || file.path == MANIFEST {
            "is not one of a file below the directory"
        } else if !seen.insert(file.path.to_lowercase()) {
            "is there twice"
        } else {
            return None;
        };
        let (name, path) = (exporter.name(), file.path.escape_debug());
        let message = format!("the path `{path}`, which the exporter `{name}` gives, {what}");
        Some(ExportError::new(message).help("this is a defect of the exporter: report it"))
    });
    let wrong: Vec<_> = wrong.collect();
    if wrong.is_empty() { Ok(files) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::{ExportError, Exporter, export};
    use crate::choices::Choices;
    use event_core::Catalog;
    use event_schema::File;

    static NOTHING: Catalog = Catalog::new("Event", "", &[]).of_package("shop", "1.0.0");

    struct Paths(&'static [&'static str]);

    impl Exporter for Paths {
        fn name(&self) -> &'static str {
            "paths"
        }

        fn about(&self) -> &'static str {
            "Write files of no contents"
        }

        fn directory(&self) -> &'static str {
            "out"
        }

        fn files(&self, _: &Catalog, _: &Choices) -> Result<Vec<File>, Vec<ExportError>> {
            let file = |path: &&str| File { path: (*path).to_owned(), contents: String::new() };
            Ok(self.0.iter().map(file).collect())
        }
    }

    #[test]
    fn a_path_is_below_the_directory_and_given_once() {
        let ran =
            |paths: &'static [&'static str]| export(&Paths(paths), &NOTHING, &Choices::of(&[]));
        assert_eq!(ran(&["a.json", "b/a.json"]).map(|files| files.len()).ok(), Some(2));
        for paths in [&["../a"][..], &["/a"], &[".events-export.json"], &["a", "b", "A"]] {
            let errors = ran(paths).err().unwrap_or_default();
            assert_eq!(errors.len(), 1, "{paths:?}: {errors:?}");
        }
    }
}
