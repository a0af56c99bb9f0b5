//! Queries, connections, transactions.

use event_core::{Str, events};

events!(
    /// Work in the database, as the services that use it see it.
    #[domain(owner = "platform")]
    pub enum Database {
        /// Run a statement.
        Query,
        /// Hold a connection to the server.
        Connection,
        /// Make several changes one.
        Transaction,
    }

    /// The statement that a query runs, without its values.
    #[derive(Clone)]
    #[group]
    pub struct Statement<'a> {
        /// The table that it is about.
        #[field(example = "orders")]
        pub table: Str<'a>,
        /// What it does there.
        #[field(example = "select")]
        pub operation: Str<'a>,
    }

    /// A query was sent.
    #[event(debug)]
    pub struct DatabaseQueryStarted<'a> {
        /// What is run.
        #[group]
        pub statement: Statement<'a>,
    }

    /// A query was answered.
    #[event(debug, skip_none)]
    pub struct DatabaseQueryCompleted<'a> {
        /// What was run.
        #[group]
        pub statement: Statement<'a>,
        /// Size of the answer, absent when the statement has none.
        #[field(unit = "rows")]
        pub rows_returned: Option<u64>,
        /// How long the answer took. A fraction keeps what is faster than a millisecond.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// A query was refused or got lost.
    #[event(error)]
    pub struct DatabaseQueryFailed<'a> {
        /// What was run.
        #[group]
        pub statement: Statement<'a>,
        /// How long it took until that was known.
        #[elapsed]
        pub duration_ms: f64,
        /// What went wrong.
        pub error: Str<'a>,
    }

    /// A query took longer than its limit. It is emitted beside the query's own end.
    #[event(warning)]
    pub struct DatabaseQuerySlow<'a> {
        /// What was run.
        #[group]
        pub statement: Statement<'a>,
        /// How long the answer took.
        #[field(unit = "ms")]
        pub duration_ms: f64,
        /// Size of the answer.
        #[field(unit = "rows")]
        pub rows_returned: u64,
    }

    /// A connection to the server was opened.
    #[event(info)]
    pub struct DatabaseConnectionOpened<'a> {
        /// The server.
        pub host: Str<'a>,
        /// Its TCP port.
        pub port: u16,
    }

    /// The server could not be reached. A pool tries again.
    #[event(warning)]
    pub struct DatabaseConnectionFailed<'a> {
        /// The server.
        pub host: Str<'a>,
        /// What went wrong.
        pub error: Str<'a>,
    }

    /// A connection was given up as intended.
    #[event(info)]
    pub struct DatabaseConnectionClosed {
        /// How long it stood.
        #[field(unit = "s")]
        pub duration_s: u64,
    }

    /// The server went away while it was in use: everything that depends on it is blocked.
    #[event(critical)]
    pub struct DatabaseConnectionLost;

    /// A transaction began.
    #[event(debug)]
    pub struct DatabaseTransactionStarted<'a> {
        /// How far it is kept apart from others.
        #[field(example = "serializable")]
        pub isolation_level: Str<'a>,
    }

    /// A transaction's changes are there to stay.
    #[event(info)]
    pub struct DatabaseTransactionCommitted {
        /// How much it changed.
        #[field(unit = "rows")]
        pub changes: u64,
        /// How long it stood open, and held its locks.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// A transaction's changes were undone.
    #[event(warning)]
    pub struct DatabaseTransactionRollback<'a> {
        /// Why.
        #[field(example = "serialization_failure")]
        pub reason: Str<'a>,
    }
);
