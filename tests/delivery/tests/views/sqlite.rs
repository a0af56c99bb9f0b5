//! SQLite.

use crate::rows::{self, View, Views};
use crate::{assert_golden, emitted, events, golden_file, script};
use event_outbox_rusqlite::{Error, Outbox, migrate};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::fs;

/// An outbox with the events.
fn outbox() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    let emit = |_: &rusqlite::Transaction<'_>, events: &mut _| {
        emitted::emit(events);
        Ok::<_, Error>(())
    };
    Outbox::new(emitted::emitter()).transaction(&mut connection, emit).unwrap();
    connection
}

fn text(row: &Row<'_>, at: usize) -> Option<String> {
    match row.get_ref(at).unwrap() {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(str::from_utf8(text).unwrap().to_owned()),
        ValueRef::Blob(_) => panic!("no view has a blob"),
    }
}

#[test]
fn rows_of_a_real_outbox_are_read_as_they_were_emitted() {
    let connection = outbox();
    let script = script(&events::CATALOG, "sqlite");
    connection.execute_batch(&script).unwrap();
    // A second run replaces the views.
    connection.execute_batch(&script).unwrap();
    let golden = fs::read_to_string(golden_file("rows.json")).unwrap_or_default();
    let mut views = Views::new();
    for (name, columns) in rows::columns(&golden) {
        let mut query =
            connection.prepare(&format!("SELECT * FROM {name} ORDER BY event_id")).unwrap();
        assert_eq!(query.column_names(), columns.iter().map(|(name, _)| name).collect::<Vec<_>>());
        let values = |row: &Row<'_>| {
            let kinds = columns.iter().enumerate();
            Ok(kinds.map(|(at, (_, kind))| rows::value(kind, text(row, at))).collect())
        };
        let rows = query.query_map([], values).unwrap().collect::<Result<_, _>>().unwrap();
        views.insert(name, View { columns, rows });
    }
    assert!(rows::text(&views) == golden, "{}", rows::text(&views));
}

#[test]
fn whole_numbers_are_integers_where_sqlite_has_them() {
    let connection = outbox();
    connection.execute_batch(&script(&events::CATALOG, "sqlite")).unwrap();
    let query = "SELECT typeof(largest), largest > 5, typeof(smallest), typeof(ratio) \
                 FROM ev_parcel_changed_v1 ORDER BY seq";
    let mut query = connection.prepare(query).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    let rows: Vec<(String, bool, String, String)> = rows.unwrap().map(Result::unwrap).collect();
    let row = |largest: &str, is_larger, ratio: &str| {
        (largest.to_owned(), is_larger, "integer".to_owned(), ratio.to_owned())
    };
    assert_eq!(rows, [row("integer", false, "real"), row("text", true, "null")]);
}

#[test]
fn the_views_of_the_reference_catalog_can_be_read() {
    let connection = outbox();
    connection.execute_batch(&script(&catalog::CATALOG, "sqlite")).unwrap();
    for event in catalog::CATALOG.events() {
        for view in [format!("v{}", event.version), "latest".to_owned()] {
            let query = format!("SELECT * FROM ev_{}_{view}", event.name.snake);
            assert!(!connection.prepare(&query).unwrap().exists([]).unwrap());
        }
    }
}

/// What DuckDB and ClickHouse read: the lines that a file target writes are the envelopes of the
/// outbox.
#[test]
fn the_lines_of_the_other_databases_are_the_envelopes_of_the_outbox() {
    let connection = outbox();
    let mut query = connection.prepare("SELECT envelope FROM domain_events ORDER BY seq").unwrap();
    let lines = query.query_map([], |row| Ok(row.get::<_, String>(0)? + "\n")).unwrap();
    assert_golden("events.ndjson", &lines.map(Result::unwrap).collect::<String>());
}
