//! How the SQL of SQLite and of PostgreSQL differ. Everything else is written once, with
//! parameters `?1`, `?2`. PostgreSQL takes the type of a parameter from its first use: in
//! `a = ?1 OR ?1 IS NULL` it is that of `a`, and the other way round there is none.

/// The differences of a database's SQL.
#[derive(Debug)]
pub(crate) struct Dialect {
    /// The function that returns the largest of its arguments.
    pub(crate) greatest: &'static str,
    /// What keeps the planner from using an index for the column behind it.
    pub(crate) unindexed: &'static str,
    /// The newest place that the outbox has given out: a query of one number. 0 if there was none.
    pub(crate) newest: &'static str,
    /// The time of the database's clock in `?3` milliseconds. Sets `lease_until` in a statement.
    pub(crate) lease_until: &'static str,
    /// The milliseconds from now, by the database's clock, to `lease_until`.
    pub(crate) lease_millis: &'static str,
    /// The schemas in which tables are looked for: a query of one text.
    pub(super) searched: Option<&'static str>,
    /// Ends a subquery in `EXISTS` that is to run for each row. PostgreSQL may otherwise read a
    /// whole table once, to look for few rows in it.
    pub(crate) for_each: &'static str,
    /// Whether the order of `seq` is the order of commits.
    pub(crate) commits_in_order: bool,
    /// Whether a query can name the index that it needs.
    names_indexes: bool,
    /// Begins a transaction that reads from one snapshot.
    pub(super) begin_read: &'static str,
    /// Begins a transaction that writes.
    pub(super) begin_write: &'static str,
    /// Begins a transaction that writes, while no relay writes a cursor.
    pub(super) begin_alone: &'static str,
}

impl Dialect {
    /// ` INDEXED BY` an index, where the database would not find it by itself.
    pub(crate) fn indexed_by(&self, index: &str) -> String {
        if self.names_indexes { format!(" INDEXED BY {index}") } else { String::new() }
    }
}

/// SQLite has one writer at a time. A transaction that reads first and writes later fails if
/// another one has written between the two, so writers begin with `IMMEDIATE`.
pub(super) static SQLITE: Dialect = Dialect {
    greatest: "max",
    unindexed: "+",
    newest: "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'domain_events'), 0)",
    lease_until: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (?3 / 1000.0) || ' seconds')",
    lease_millis: "CAST((julianday(lease_until) - julianday('now')) * 86400000.0 AS INTEGER)",
    searched: None,
    for_each: "",
    commits_in_order: true,
    names_indexes: true,
    begin_read: "BEGIN",
    begin_write: "BEGIN IMMEDIATE",
    begin_alone: "BEGIN IMMEDIATE",
};

/// A change by hand locks the cursors: relays that write theirs wait for it, others and producers
/// do not. The name of the sequence is the one that an identity column gives it.
#[cfg(feature = "postgres")]
pub(super) static POSTGRES: Dialect = Dialect {
    greatest: "greatest",
    unindexed: "",
    newest: "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM domain_events_seq_seq",
    lease_until: "clock_timestamp() + ?3::bigint * interval '1 millisecond'",
    lease_millis: "CAST(extract(epoch FROM lease_until - clock_timestamp()) * 1000 AS bigint)",
    searched: Some("SELECT array_to_string(current_schemas(false), ', ')"),
    for_each: " OFFSET 0",
    commits_in_order: false,
    names_indexes: false,
    begin_read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    begin_write: "BEGIN",
    begin_alone: "BEGIN; LOCK TABLE outbox_cursor IN SHARE ROW EXCLUSIVE MODE",
};
