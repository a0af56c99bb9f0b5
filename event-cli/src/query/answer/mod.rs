//! An answer, written row by row: as a table, as lines of JSON, or as CSV.

mod csv;
mod envelope;
mod json;
mod rows;
mod table;
mod writer;

use clap::ValueEnum;
use event_core::{Level, Timestamp};
use event_store::Query;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// Text to read
    Table,
    /// One JSON document per row and line
    Json,
    /// CSV for a spreadsheet
    Csv,
}

/// A query whose answer can be written.
pub(super) trait Answer: Query {
    /// The names of the values, for programs.
    fn names(&self) -> Vec<&'static str>;
    /// The values of a row, in the order of the names.
    fn values(&self, item: &Self::Item) -> Vec<Value>;
    /// The heads of the columns, for people.
    fn heads(&self) -> Vec<&'static str>;
    /// The cells of a row, in the order of the heads.
    fn cells(&self, item: &Self::Item, now: Timestamp) -> Vec<Cell>;
    /// What is said of an answer without rows.
    fn nothing(&self) -> &'static str;
}

/// A value, for programs.
pub(super) enum Value {
    Null,
    Number(i128),
    Text(String),
    /// A JSON document, as it is stored.
    Json(String),
}

impl Value {
    fn text_or_null(text: Option<&str>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.to_owned()))
    }
}

/// A cell of a table.
pub(super) struct Cell {
    text: String,
    tone: Tone,
}

/// How a cell is coloured on a terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Of less weight than the other cells.
    Dim,
    Head,
    Of(Level),
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    fn dim(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Dim }
    }
}
