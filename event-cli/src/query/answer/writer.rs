//! Writes an answer while it comes. Memory does not grow with the answer.

use super::table::Columns;
use super::{Answer, AnswerFormat, csv, json};
use crate::console::{Console, Ending};
use event_core::Timestamp;

/// How much text waits to be written, in bytes.
const CHUNK: usize = 16 << 10;

/// Writes the rows of an answer.
pub(in crate::query) struct Writer<'q, Q> {
    query: &'q Q,
    now: Timestamp,
    form: Form,
    is_empty: bool,
    text: String,
}

enum Form {
    Table(Columns),
    Json,
    Csv,
}

impl AnswerFormat {
    /// A writer of this format. `colours` are for a table.
    pub(in crate::query) fn writer<Q: Answer>(
        self,
        query: &Q,
        now: Timestamp,
        colours: bool,
    ) -> Writer<'_, Q> {
        let mut text = String::new();
        let form = match self {
            Self::Table => Form::Table(Columns::new(&query.heads(), colours)),
            Self::Json => Form::Json,
            Self::Csv => {
                csv::head(&query.names(), &mut text);
                Form::Csv
            }
        };
        Writer { query, now, form, is_empty: true, text }
    }
}

impl<Q: Answer> Writer<'_, Q> {
    pub(in crate::query) fn row(
        &mut self,
        item: &Q::Item,
        console: &mut Console<'_>,
    ) -> Result<(), Ending> {
        self.is_empty = false;
        match &mut self.form {
            Form::Table(columns) => {
                columns.row(self.query.cells(item, self.now), &mut self.text);
            }
            Form::Json => {
                json::write(&self.query.names(), &self.query.values(item), &mut self.text);
            }
            Form::Csv => csv::write(&self.query.values(item), &mut self.text),
        }
        if self.text.len() < CHUNK {
            return Ok(());
        }
        let printed = console.print(&self.text);
        self.text.clear();
        printed
    }

    /// Writes what still waits.
    pub(in crate::query) fn end(mut self, console: &mut Console<'_>) -> Result<(), Ending> {
        if let Form::Table(columns) = &mut self.form {
            columns.end(&mut self.text);
        }
        console.print(&self.text)?;
        if self.is_empty {
            console.note(&format!("note: {}", self.query.nothing()));
        }
        Ok(())
    }
}
