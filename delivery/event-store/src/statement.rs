//! A statement: its text, and the values of its parameters.

use crate::dialect::{StoreDialect, quoted};
use event_core::Timestamp;
use std::fmt;

/// A statement of SQL and the values of its parameters.
///
/// Its `Display` is the statement with the values in their places, to copy into a client of the
/// database. To run it, bind the values: [`text`](Self::text) has a placeholder for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    dialect: StoreDialect,
    /// The text around the parameters: one more than there are parameters.
    pieces: Vec<String>,
    parameters: Vec<Parameter>,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A time. SQLite's tables have it as text in RFC 3339, which [`Timestamp`] writes.
    Time(Timestamp),
}

impl Statement {
    pub(crate) fn new(dialect: StoreDialect) -> Self {
        Self { dialect, pieces: vec![String::new()], parameters: Vec::new() }
    }

    pub(crate) fn dialect(&self) -> StoreDialect {
        self.dialect
    }

    /// Adds SQL.
    pub(crate) fn sql(&mut self, sql: impl AsRef<str>) -> &mut Self {
        if let Some(last) = self.pieces.last_mut() {
            last.push_str(sql.as_ref());
        }
        self
    }

    /// Adds a parameter.
    pub(crate) fn value(&mut self, value: Parameter) -> &mut Self {
        self.parameters.push(value);
        self.pieces.push(String::new());
        self
    }

    /// Adds a list of texts in parentheses, for `IN`.
    pub(crate) fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        for (place, text) in texts.into_iter().enumerate() {
            self.sql(if place == 0 { "(" } else { ", " });
            self.value(Parameter::Text(text.to_owned()));
        }
        self.sql(")")
    }

    /// The statement, with a placeholder for each parameter: `?1`, or `$1` with its type.
    pub fn text(&self) -> String {
        let parameters = self.parameters.iter().enumerate();
        self.joined(parameters.map(|(place, value)| match (self.dialect, value) {
            (StoreDialect::Sqlite, _) => format!("?{}", place + 1),
            (StoreDialect::Postgres, Parameter::Text(_)) => format!("CAST(${} AS text)", place + 1),
            (StoreDialect::Postgres, Parameter::Integer(_)) => {
                format!("CAST(${} AS bigint)", place + 1)
            }
            // A driver then needs no type for times.
            (StoreDialect::Postgres, Parameter::Time(_)) => {
                format!("CAST(CAST(${} AS text) AS timestamptz)", place + 1)
            }
        }))
    }

    /// The values of the parameters, in their order.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn joined(&self, parameters: impl Iterator<Item = String>) -> String {
        let mut pieces = self.pieces.iter();
        let mut text = pieces.next().cloned().unwrap_or_default();
        for (parameter, piece) in parameters.zip(pieces) {
            text.push_str(&parameter);
            text.push_str(piece);
        }
        text
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let literals = self.parameters.iter().map(|value| match value {
            Parameter::Text(text) => quoted(text),
            Parameter::Integer(number) => number.to_string(),
            Parameter::Time(time) => quoted(&time.to_string()),
        });
        f.write_str(&self.joined(literals))
    }
}
