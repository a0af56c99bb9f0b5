//! What differs between the databases.

/// The SQL of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreDialect {
    /// SQLite 3.38 and later, which has the operator `->`.
    Sqlite,
    /// PostgreSQL 14 and later.
    Postgres,
}

impl StoreDialect {
    /// A time as text in RFC 3339, with microseconds, as SQLite's tables have it.
    pub(crate) fn time(self, column: &str) -> String {
        match self {
            Self::Sqlite => column.to_owned(),
            Self::Postgres => {
                format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            }
        }
    }

    /// A time in microseconds since 1970.
    pub(crate) fn micros(self, column: &str) -> String {
        match self {
            // Its functions of dates know milliseconds.
            Self::Sqlite => format!(
                "CAST(strftime('%s', substr({column}, 1, 19)) AS INTEGER) * 1000000 \
                 + CAST(substr({column}, 21, 6) AS INTEGER)"
            ),
            Self::Postgres => format!("CAST(extract(epoch FROM {column}) * 1000000 AS bigint)"),
        }
    }

    /// A value of the envelope as JSON text. NULL if the envelope does not have the key.
    pub(crate) fn json(self, column: &str, path: &[&str]) -> String {
        let steps = path
            .iter()
            .fold(String::new(), |steps, key| steps + " -> " + &quoted(&self.label(key)));
        match self {
            Self::Sqlite => format!("({column}{steps})"),
            Self::Postgres => format!("CAST({column}{steps} AS text)"),
        }
    }

    /// A key of an object, as the right side of `->`.
    fn label(self, key: &str) -> String {
        match self {
            // A text that begins with `$` would be a path.
            Self::Sqlite if key.starts_with('$') => format!("$.\"{key}\""),
            Self::Sqlite | Self::Postgres => key.to_owned(),
        }
    }

    /// `part` of `whole` in percent with two digits, as text. NULL of nothing.
    pub(crate) fn percent(self, part: &str, whole: &str) -> String {
        match self {
            Self::Sqlite => {
                format!("CASE WHEN {whole} > 0 THEN printf('%.2f', 100.0 * {part} / {whole}) END")
            }
            Self::Postgres => {
                format!("CAST(round(100.0 * {part} / nullif({whole}, 0), 2) AS text)")
            }
        }
    }

    /// A column in a condition that is to be checked in the index by entity, which has it. SQLite
    /// would rather take the index by type, and read each of its rows in the table.
    pub(crate) fn by_entity(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("+{column}"),
            Self::Postgres => column.to_owned(),
        }
    }

    /// A column of a type that only one of the databases has, as text.
    pub(crate) fn text(self, column: &str) -> String {
        match self {
            Self::Sqlite => column.to_owned(),
            Self::Postgres => format!("CAST({column} AS text)"),
        }
    }
}

/// A text as a literal of SQL. Both databases take all characters but the quote as they are.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
