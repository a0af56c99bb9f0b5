//! The same tests on PostgreSQL: this binary runs them a second time, with a shop whose database is
//! on a server.

use event_core::Timestamp;
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::env;
use std::process::Command;
use test_servers::Postgres;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

/// Set in the second run.
const VARIABLE: &str = "EVENTS_TEST_DATABASE";

/// The tests that are also of PostgreSQL: their modules.
const MODULES: &[&str] = &[
    "audit::",
    "dead::",
    "dry_run::",
    "lag::",
    "purge",
    "replay::",
    "rewind::",
    "secrets::",
    "status::",
];

/// The tests in them that are about SQLite.
const OF_SQLITE: &[&str] = &[
    "configuration::",
    "audit::without_its_audit_event_a_change_is_rolled_back",
    "dry_run::a_dry_run_writes_to_no_file",
    "lag::an_age_that_cannot_be_read_exceeds_every_limit",
    "purge::producers_are_not_held_up",
];

/// Whether the databases are on a server.
pub fn is_used() -> bool {
    env::var_os(VARIABLE).is_some()
}

#[test]
fn the_other_tests_pass_on_postgresql() {
    if is_used() || Postgres::start().is_none() {
        return;
    }
    let mut command = Command::new(env::current_exe().unwrap());
    command.env(VARIABLE, "postgres").args(MODULES);
    for test in OF_SQLITE {
        command.args(["--skip", test]);
    }
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{printed}");
    let passed = printed.split(" passed").next().and_then(|text| text.rsplit(' ').next());
    let passed: u32 = passed.unwrap().parse().unwrap();
    assert!(passed > 40, "{printed}");
}

/// A new database with the outbox's tables. Returns its URL.
pub fn database() -> String {
    let url = Postgres::shared().unwrap().database("operation");
    run(&url, &event_outbox::sql::postgres::script());
    url
}

/// Runs statements.
pub fn run(url: &str, statements: &str) {
    let (runtime, client) = connect(url);
    runtime.block_on(client.batch_execute(statements)).unwrap();
}

/// What a query answers, as the shop shows it.
pub fn query(url: &str, sql: &str) -> String {
    let (runtime, client) = connect(url);
    let messages = runtime.block_on(client.simple_query(sql)).unwrap();
    let rows = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|at| shown(row.get(at)))),
        _ => None,
    });
    rows.map(|row| row.collect::<Vec<_>>().join("|")).collect::<Vec<_>>().join("\n")
}

fn connect(url: &str) -> (Runtime, Client) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls)).unwrap();
    runtime.spawn(connection);
    (runtime, client)
}

/// As in SQLite, where a truth value is a number, and a time is in RFC 3339.
fn shown(value: Option<&str>) -> String {
    match value {
        None => "-".to_owned(),
        Some("t") => "1".to_owned(),
        Some("f") => "0".to_owned(),
        Some(text) => {
            let time = text.strip_suffix("+00").map(|time| time.replacen(' ', "T", 1) + "Z");
            let time = time.as_deref().and_then(Timestamp::parse);
            time.map_or_else(|| text.to_owned(), |time| time.to_string())
        }
    }
}

/// A statement with its parameters in it.
pub fn filled(sql: &str, parameters: &[&dyn ToSql]) -> String {
    let literal = |parameter: &&dyn ToSql| {
        let value = parameter.to_sql().unwrap();
        let value = match &value {
            ToSqlOutput::Borrowed(value) => *value,
            ToSqlOutput::Owned(value) => value.into(),
            _ => panic!("no value"),
        };
        match value {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Text(text) => {
                format!("'{}'", str::from_utf8(text).unwrap().replace('\'', "''"))
            }
            other => panic!("{other:?}"),
        }
    };
    // From the last: `?1` is the beginning of `?14`.
    let numbered = parameters.iter().enumerate().rev();
    numbered.fold(sql.to_owned(), |sql, (at, parameter)| {
        sql.replace(&format!("?{}", at + 1), &literal(parameter))
    })
}
