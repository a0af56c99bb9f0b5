//! Runs queries through sqlx, on a pool or a connection of SQLite or PostgreSQL.
//!
#![cfg_attr(feature = "sqlx-sqlite", doc = "```no_run")]
#![cfg_attr(not(feature = "sqlx-sqlite"), doc = "```ignore")]
//! use event_store::{holes, pool};
//! use sqlx::SqlitePool;
//!
//! # async fn ask() -> Result<(), Box<dyn std::error::Error>> {
//! let database = SqlitePool::connect("sqlite:shop.db").await?;
//! let mut answer = pool::stream(&database, holes());
//! while let Some(hole) = answer.next().await {
//!     println!("{:?}", hole?);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! In a transaction, give it the connection: `pool::all(&mut *tx, holes())`.

#[cfg(feature = "sqlx-postgres")]
mod postgres;
#[cfg(feature = "sqlx-sqlite")]
mod sqlite;

use crate::answer::{Answer, Driver};
use crate::dialect::StoreDialect;
use crate::error::{Error, OTHER_TABLE};
use crate::query::Query;
use crate::row::{Cell, Row};
use crate::statement::{Parameter, Statement};
use event_outbox::sql;
use sqlx::query::Query as SqlxQuery;
use sqlx::{AssertSqlSafe, Database, Encode, Executor, IntoArguments, Type};

/// A database of sqlx that can be a store: `Sqlite` with the feature `sqlx-sqlite`, `Postgres` with
/// the feature `sqlx-postgres`.
pub trait StoreDatabase: Database<Arguments: IntoArguments<Self>> + Cells {}

/// A statement of sqlx.
pub type Asked<D> = SqlxQuery<'static, D, <D as Database>::Arguments>;

/// What differs between the databases. Not for other crates.
pub trait Cells: Database {
    /// The SQL of the database.
    const DIALECT: StoreDialect;

    /// A statement with its parameters.
    fn asked(statement: &Statement) -> Asked<Self>;

    /// The value of a column, from 0.
    ///
    /// # Errors
    ///
    /// If the column is not a whole number or a text.
    fn cell(row: &Self::Row, place: usize) -> Result<Cell, sqlx::Error>;
}

/// Asks a query. The statement runs when the first row is asked for.
pub fn stream<'c, Q, E>(
    executor: E,
    query: Q,
) -> Answer<'c, Q, <E::Database as Database>::Row, sqlx::Error>
where
    Q: Query + Unpin,
    E: Executor<'c, Database: StoreDatabase> + 'c,
{
    let statement = query.statement(E::Database::DIALECT);
    let driver = Driver { row: row::<E::Database>, refused };
    Answer::new(query, E::Database::asked(&statement).fetch(executor), driver)
}

/// The whole answer.
///
/// # Errors
///
/// If the database refuses the statement, the connection is lost, or a row cannot be read.
pub async fn all<'c, Q, E>(executor: E, query: Q) -> Result<Vec<Q::Item>, Error<sqlx::Error>>
where
    Q: Query + Unpin,
    E: Executor<'c, Database: StoreDatabase> + 'c,
{
    stream(executor, query).all().await
}

fn row<D: StoreDatabase>(row: &D::Row) -> Result<Row, sqlx::Error> {
    let cells = (0..sqlx::Row::len(row)).map(|place| D::cell(row, place));
    Ok(Row(cells.collect::<Result<_, _>>()?))
}

/// Both databases take a time as a text.
fn bound<D>(statement: &Statement) -> Asked<D>
where
    D: Database<Arguments: IntoArguments<D>>,
    for<'q> i64: Encode<'q, D> + Type<D>,
    for<'q> String: Encode<'q, D> + Type<D>,
{
    // All that a user gives is a parameter.
    let asked = sqlx::query(AssertSqlSafe(statement.text()));
    statement.parameters().iter().fold(asked, |asked, value| match value {
        Parameter::Text(text) => asked.bind(text.clone()),
        Parameter::Integer(number) => asked.bind(*number),
        Parameter::Time(time) => asked.bind(time.to_string()),
    })
}

fn refused(error: sqlx::Error) -> Error<sqlx::Error> {
    let help = error.as_database_error().and_then(|error| {
        let (code, message) = (error.code()?, error.message());
        match code.parse::<i32>() {
            // PostgreSQL: "undefined column".
            _ if code == "42703" => Some(OTHER_TABLE),
            _ if code.len() == SQLSTATE => sql::postgres::help(&code, message),
            // The lowest byte of an extended code is the primary one.
            Ok(code) => sql::sqlite::help(code & 0xff, message)
                .or_else(|| message.contains("no such column").then_some(OTHER_TABLE)),
            Err(_) => None,
        }
    });
    Error::Database { error, help }
}

/// The length of PostgreSQL's codes. SQLite's are numbers of at most four digits.
const SQLSTATE: usize = 5;
