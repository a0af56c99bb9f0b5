//! The database of a shop.

#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

#[cfg(feature = "postgres")]
pub use postgres::Session;

use std::fmt;
use std::path::PathBuf;

/// The database of a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A database of PostgreSQL, by its URL.
    #[cfg(feature = "postgres")]
    Postgres(String),
}

/// The rows of a statement, as texts. NULL is empty.
pub type Rows = Vec<Vec<String>>;

impl Store {
    /// The database that `text` names: `postgres://..` is a URL, all else is a file.
    ///
    /// # Panics
    ///
    /// If it is a URL and the feature `postgres` is off.
    pub fn of(text: &str) -> Self {
        if !text.starts_with("postgres://") {
            return Self::Sqlite(text.into());
        }
        #[cfg(feature = "postgres")]
        return Self::Postgres(text.to_owned());
        #[cfg(not(feature = "postgres"))]
        panic!("this program is built without `postgres`");
    }

    /// What `--database` takes.
    pub fn location(&self) -> String {
        match self {
            Self::Sqlite(path) => path.to_string_lossy().into_owned(),
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => url.clone(),
        }
    }

    /// The word for it in the names of scenes.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Runs the statements, which have no parameters, on a connection of its own.
    ///
    /// # Panics
    ///
    /// If the database refuses one.
    pub fn execute(&self, sql: &str) {
        match self {
            Self::Sqlite(path) => sqlite::open(path).execute_batch(sql).expect("the statements"),
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => Session::open(url).execute(sql),
        }
    }

    /// The rows of each query, all of one moment. The queries are written for both databases.
    ///
    /// # Panics
    ///
    /// If the database refuses one.
    pub fn rows<const N: usize>(&self, queries: [&str; N]) -> [Rows; N] {
        match self {
            Self::Sqlite(path) => sqlite::rows(path, queries).expect("the queries"),
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => Session::open(url).snapshot(queries),
        }
    }

    /// The number that a query has as its only row.
    ///
    /// # Panics
    ///
    /// If it has another.
    pub fn number(&self, query: &str) -> i64 {
        let [rows] = self.rows([query]);
        let only = rows.first().and_then(|row| row.first());
        only.and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no number: {query}"))
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}
