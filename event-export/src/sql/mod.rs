//! SQL: views with typed columns over the events that an outbox or a file has.

mod column;
mod comment;
mod dialect;
mod latest;
mod script;

use crate::choices::{Choice, Choices, ExportOption};
use crate::exporter::{ExportError, Exporter};
use dialect::SqlDialect;
use event_core::Catalog;
use event_schema::File;

/// The file with the script.
const SCRIPT: &str = "events.sql";

/// The exporter `sql`: a script that creates views over stored events. `ev_NAME_v1` has the rows of
/// one version of an event, with a typed column for each field. `ev_NAME_latest` has the rows of
/// all versions, in the columns of the newest.
#[derive(Clone, Copy, Debug)]
pub struct Sql;

const OPTIONS: &[ExportOption] = &[ExportOption {
    name: "dialect",
    about: "The database, and what the views read",
    choices: &[
        Choice {
            name: SqlDialect::Postgres.as_str(),
            about: "PostgreSQL: the outbox's table `domain_events`",
        },
        Choice {
            name: SqlDialect::Sqlite.as_str(),
            about: "SQLite: the outbox's table `domain_events`",
        },
        Choice { name: SqlDialect::DuckDb.as_str(), about: "DuckDB: envelopes in NDJSON files" },
        Choice {
            name: SqlDialect::ClickHouse.as_str(),
            about: "ClickHouse: envelopes in NDJSON files",
        },
    ],
}];

impl Exporter for Sql {
    fn name(&self) -> &'static str {
        "sql"
    }

    fn about(&self) -> &'static str {
        "Write views with typed columns over stored events"
    }

    fn directory(&self) -> &'static str {
        "sql"
    }

    fn options(&self) -> &'static [ExportOption] {
        OPTIONS
    }

    fn files(&self, catalog: &Catalog, choices: &Choices) -> Result<Vec<File>, Vec<ExportError>> {
        let chosen = choices.value("dialect");
        let dialect = SqlDialect::ALL.into_iter().find(|dialect| dialect.as_str() == chosen);
        let contents = script::script(catalog, dialect.unwrap_or(SqlDialect::Postgres))?;
        Ok(vec![File { path: SCRIPT.to_owned(), contents }])
    }
}
