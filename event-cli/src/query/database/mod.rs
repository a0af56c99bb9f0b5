//! The database that `--db` names. It alone knows a driver.

#[cfg(feature = "query-postgres")]
mod postgres;
#[cfg(feature = "query-sqlite")]
mod sqlite;

use crate::console::Ending;
use crate::environment::Env;
use event_core::Secret;
use event_store::{Query, StoreDialect};
use std::path::PathBuf;

/// What to write in `--db`.
const HELP: &str = "write the path of a SQLite file, or `postgres://USER@HOST/DATABASE`; or set the environment \
     variable `EVENTS_DATABASE_URL`";

/// A database with an outbox.
pub(super) enum Database {
    Sqlite(PathBuf),
    /// The URL may have a password.
    Postgres(Secret<String>),
}

impl Database {
    /// The database of the command line, else of the environment.
    pub(super) fn of(argument: Option<&Secret<String>>, env: &Env) -> Result<Self, Ending> {
        let usage = |what: &str| Err(Ending::Usage(format!("error: {what}\nhelp: {HELP}")));
        let Some(database) = argument.or(env.database.as_ref()) else {
            return usage("the database is missing: `--db PATH|URL`");
        };
        let text = database.expose();
        let is_scheme = |scheme: &str| text.starts_with(&format!("{scheme}://"));
        if is_scheme("postgres") || is_scheme("postgresql") {
            return Ok(Self::Postgres(database.clone()));
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        let path = path.strip_prefix("//").filter(|_| path != text).unwrap_or(path);
        // A path is shown. What may be a URL, or the settings of a connection, may have a password.
        let lower = path.to_ascii_lowercase();
        let may_hold_a_password =
            lower.contains("://") || lower.contains("password") || lower.starts_with("postgres");
        if path.is_empty() || may_hold_a_password {
            return usage("`--db` is neither a path nor a URL of PostgreSQL");
        }
        Ok(Self::Sqlite(env.directory.join(path)))
    }

    pub(super) const fn dialect(&self) -> StoreDialect {
        match self {
            Self::Sqlite(_) => StoreDialect::Sqlite,
            Self::Postgres(_) => StoreDialect::Postgres,
        }
    }

    /// Shows `look` each row of the answer. Holds a few rows at a time.
    pub(super) fn each<Q: Query>(&self, query: &Q, look: &mut Look<'_, Q>) -> Result<(), Ending> {
        match self {
            #[cfg(feature = "query-sqlite")]
            Self::Sqlite(path) => sqlite::each(path, query, look),
            #[cfg(not(feature = "query-sqlite"))]
            Self::Sqlite(path) => {
                let _ = (path, query, look);
                Err(Ending::without("`query` on SQLite", &["query-sqlite"]))
            }
            #[cfg(feature = "query-postgres")]
            Self::Postgres(url) => postgres::each(url, query, look),
            #[cfg(not(feature = "query-postgres"))]
            Self::Postgres(url) => {
                let _ = (url, query, look);
                Err(Ending::without("`query` on PostgreSQL", &["query-postgres"]))
            }
        }
    }
}

/// What is done with a row. An error ends the query.
type Look<'l, Q> = dyn FnMut(<Q as Query>::Item) -> Result<(), Ending> + 'l;

/// The failure of a query. `error` is what the driver says, `help` what the store does.
#[cfg(any(feature = "query-sqlite", feature = "query-postgres"))]
fn failed(database: &str, error: &str, help: Option<&str>) -> Ending {
    Ending::could_not_run(format!("{database}: {error}"), help.map(str::to_owned))
}

/// The failure of a row that cannot be read. Its text ends with a line of help.
#[cfg(any(feature = "query-sqlite", feature = "query-postgres"))]
fn unreadable(database: &str, row: &event_store::UnreadableRow) -> Ending {
    let text = row.to_string();
    let (error, help) = text.split_once("\nhelp: ").unwrap_or((&text, ""));
    failed(database, error, Some(help).filter(|help| !help.is_empty()))
}
