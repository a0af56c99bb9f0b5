//! A row of a query's answer, and how it is read.

use crate::entity::StoredEntity;
use event_core::{EventId, Timestamp};
use std::fmt;

/// A row, as each driver gives it: whole numbers and texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Cell>);

/// The value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// `NULL`.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// A row that a query does not understand: the table is not the outbox's, or was written by
/// something else than an adapter of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableRow {
    /// The column.
    pub column: &'static str,
    /// What the column should have.
    pub expected: &'static str,
    /// The number of the event in the store. `None` if the row is not of one event.
    pub seq: Option<i64>,
}

impl fmt::Display for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, expected, seq } = self;
        match seq {
            Some(seq) => write!(f, "event {seq} of the store: ")?,
            None => f.write_str("a row of the answer: ")?,
        }
        write!(
            f,
            "`{column}` is not {expected}\nhelp: the table `domain_events` must be the outbox's, \
             and its rows written by an adapter of the outbox"
        )
    }
}

impl std::error::Error for UnreadableRow {}

/// Reads the columns of a row from the left to the right.
pub(crate) struct Columns {
    cells: std::vec::IntoIter<Cell>,
    seq: Option<i64>,
}

impl Columns {
    pub(crate) fn of(row: Row) -> Self {
        Self { cells: row.0.into_iter(), seq: None }
    }

    fn error(&self, column: &'static str, expected: &'static str) -> UnreadableRow {
        UnreadableRow { column, expected, seq: self.seq }
    }

    /// The number of the event. Errors of the columns behind it name it.
    pub(crate) fn seq(&mut self) -> Result<i64, UnreadableRow> {
        let seq = self.integer("seq")?;
        self.seq = Some(seq);
        Ok(seq)
    }

    pub(crate) fn integer(&mut self, column: &'static str) -> Result<i64, UnreadableRow> {
        self.integer_or_null(column)?.ok_or_else(|| self.error(column, "a whole number"))
    }

    pub(crate) fn integer_or_null(
        &mut self,
        column: &'static str,
    ) -> Result<Option<i64>, UnreadableRow> {
        match self.cells.next() {
            Some(Cell::Null) => Ok(None),
            Some(Cell::Integer(number)) => Ok(Some(number)),
            Some(Cell::Text(_)) | None => Err(self.error(column, "a whole number")),
        }
    }

    pub(crate) fn count(&mut self, column: &'static str) -> Result<u64, UnreadableRow> {
        let number = self.integer(column)?;
        u64::try_from(number).map_err(|_| self.error(column, "a count"))
    }

    pub(crate) fn version(&mut self) -> Result<u32, UnreadableRow> {
        let number = self.integer("event_version")?;
        u32::try_from(number).map_err(|_| self.error("event_version", "a version"))
    }

    pub(crate) fn text(&mut self, column: &'static str) -> Result<String, UnreadableRow> {
        self.text_or_null(column)?.ok_or_else(|| self.error(column, "a text"))
    }

    pub(crate) fn text_or_null(
        &mut self,
        column: &'static str,
    ) -> Result<Option<String>, UnreadableRow> {
        match self.cells.next() {
            Some(Cell::Null) => Ok(None),
            Some(Cell::Text(text)) => Ok(Some(text)),
            Some(Cell::Integer(_)) | None => Err(self.error(column, "a text")),
        }
    }

    pub(crate) fn time(&mut self, column: &'static str) -> Result<Timestamp, UnreadableRow> {
        let text = self.text(column)?;
        Timestamp::parse(&text).ok_or_else(|| self.error(column, "a time in RFC 3339"))
    }

    pub(crate) fn event_id(&mut self) -> Result<EventId, UnreadableRow> {
        let text = self.text("event_id")?;
        EventId::parse(&text).ok_or_else(|| self.error("event_id", "a UUID"))
    }

    pub(crate) fn entity(&mut self) -> Result<StoredEntity, UnreadableRow> {
        Ok(StoredEntity { kind: self.text("entity_type")?, id: self.text("entity_id")? })
    }

    pub(crate) fn entity_or_none(&mut self) -> Result<Option<StoredEntity>, UnreadableRow> {
        let (kind, id) = (self.text_or_null("entity_type")?, self.text_or_null("entity_id")?);
        Ok(kind.zip(id).map(|(kind, id)| StoredEntity { kind, id }))
    }

    pub(crate) fn json(
        &mut self,
        column: &'static str,
    ) -> Result<serde_json::Value, UnreadableRow> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|_| self.error(column, "JSON"))
    }
}
