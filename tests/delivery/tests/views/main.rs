//! The views of `export sql` show the rows of a real outbox as they were emitted: in SQLite, and
//! with the feature `postgres` in PostgreSQL. `tests/interop/run` reads the same events with DuckDB
//! and ClickHouse, and compares them with the same rows.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod emitted;
#[allow(dead_code, reason = "a field that is left out of every record is never read")]
mod events;
#[cfg(feature = "postgres")]
mod postgres;
mod rows;
mod sqlite;

use event_core::Catalog;
use event_export::{Choices, Exporter as _, Sql, export};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The script of a catalog.
fn script(catalog: &Catalog, dialect: &str) -> String {
    let choices = Choices::of(Sql.options()).with("dialect", dialect).unwrap();
    export(&Sql, catalog, &choices).unwrap().remove(0).contents
}

fn golden_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../interop/sql").join(name)
}

/// Compares a text with a file that other tests read.
fn assert_golden(name: &str, text: &str) {
    let path = golden_file(name);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == text,
        "{} differs from:\n{text}\n`UPDATE_SNAPSHOTS=1 cargo test -p delivery-faults --features \
         postgres --test views` writes it",
        path.display()
    );
}

#[test]
fn the_scripts_of_the_other_databases_are_those_that_their_test_runs() {
    for dialect in ["duckdb", "clickhouse"] {
        assert_golden(&format!("{dialect}.sql"), &script(&events::CATALOG, dialect));
    }
}
