//! The place of a finding.

use event_core::meta::Source;
use std::path::Path;

/// A file, and a position in it as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The path as the command line or rustc writes it, with `/` between its parts.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: Option<u32>,
    /// The column, from 1, in characters.
    pub(crate) column: Option<u32>,
    /// The column after the last character.
    pub(crate) end_column: Option<u32>,
    /// A place in a JSON document, as a JSON pointer.
    pub(crate) pointer: Option<String>,
}

impl Place {
    /// A whole file.
    pub(crate) fn file(file: &Path) -> Self {
        let file = file.display().to_string();
        let file = if cfg!(windows) { file.replace('\\', "/") } else { file };
        Self { file, line: None, column: None, end_column: None, pointer: None }
    }

    /// A line of the file, from 1.
    pub(crate) fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// A column of the line, from 1.
    pub(crate) fn column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    /// A place in the JSON document in the file or in the line.
    pub(crate) fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// `shop/src/payment.rs:12:16`, which editors and terminals can open, or `v2.json#/required/1`.
    pub(crate) fn to_text(&self) -> String {
        let file = &self.file;
        match (self.line, self.column, &self.pointer) {
            (Some(line), Some(column), _) => format!("{file}:{line}:{column}"),
            (Some(line), None, _) => format!("{file}:{line}"),
            (None, _, Some(pointer)) => format!("{file}#{pointer}"),
            (None, _, None) => file.clone(),
        }
    }
}

impl From<&Source> for Place {
    fn from(source: &Source) -> Self {
        Self::file(Path::new(source.file)).line(source.line).column(source.column)
    }
}
