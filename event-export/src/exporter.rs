//! The trait of exporters, and their errors.

use crate::choices::{Choices, ExportOption};
use crate::manifest::MANIFEST;
use crate::path;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::{File, SchemaError};
use std::collections::HashSet;
use std::fmt;

/// A format of a catalog: options in, a list of files out.
///
/// An exporter reads only the model of the catalog. The same catalog and the same choices give the
/// same bytes on every machine: an exporter does not use a clock, the environment, or the iteration
/// order of a hash map.
pub trait Exporter: Sync {
    /// The exporter's name, which is the word after `export`: `json-schema`. In lower case with `-`
    /// between words.
    fn name(&self) -> &'static str;

    /// What the exporter writes, in a line without a full stop:
    /// `Write one JSON Schema per event version`.
    fn about(&self) -> &'static str;

    /// The default directory of the files. The command line can name another one.
    fn directory(&self) -> &'static str;

    /// The exporter's options. None by default.
    fn options(&self) -> &'static [ExportOption] {
        &[]
    }

    /// The files of a catalog. Call it through [`export`], which checks their paths.
    ///
    /// # Errors
    ///
    /// One error for each event that this format cannot express.
    fn files(&self, catalog: &Catalog, choices: &Choices) -> Result<Vec<File>, Vec<ExportError>>;

    /// Whether a file name, directly in the directory, has the format of this exporter's file
    /// names. Such a file is reported if no export lists it, because a consumer may mistake it for
    /// an exported file. `false` by default.
    fn gives_name(&self, _name: &str) -> bool {
        false
    }
}

/// Why an exporter returns no files.
#[derive(Clone, Debug)]
pub struct ExportError {
    /// The code, for the command `explain`.
    pub code: &'static str,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The event that the error is about.
    pub event: Option<&'static EventMeta>,
}

impl ExportError {
    /// An error without a code of its own: `EV0110`.
    pub fn new(message: impl Into<String>) -> Self {
        Self { code: "EV0110", message: message.into(), help: None, event: None }
    }

    /// Sets the help text: what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the event that the error is about.
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

/// The files of an exporter for a catalog.
///
/// # Errors
///
/// Returns the errors of the exporter, or an error for a path that is not below the directory or
/// occurs twice. Paths that differ only in case count as equal, because some file systems do not
/// distinguish them.
pub fn export(
    exporter: &dyn Exporter,
    catalog: &Catalog,
    choices: &Choices,
) -> Result<Vec<File>, Vec<ExportError>> {
    let files = exporter.files(catalog, choices)?;
    let mut seen = HashSet::new();
    let wrong = files.iter().filter_map(|file| {
        let what = if !path::is_below(&file.path) || file.path == MANIFEST {
            "is not below the directory"
        } else if !seen.insert(file.path.to_lowercase()) {
            "occurs twice"
        } else {
            return None;
        };
        let (name, path) = (exporter.name(), file.path.escape_debug());
        let message = format!("the path `{path}` of the exporter `{name}` {what}");
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
