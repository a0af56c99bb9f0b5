//! PostgreSQL.

use crate::rows::{self, Column, View, Views};
use crate::{assert_golden, emitted, events, script};
use delivery_faults::store::Session;
use event_outbox_tokio_postgres::{Error, Outbox, migrate};
use std::fs;
use std::path::Path;
use std::process::Command;
use test_servers::Postgres;
use tokio_postgres::SimpleQueryMessage;

/// An outbox with the events. `None`: there is no server.
fn outbox(name: &str) -> Option<Session> {
    let mut session = Session::open(&Postgres::shared()?.database(name));
    session.run(migrate).unwrap();
    let outbox = Outbox::new(emitted::emitter());
    let emit = async |_: &mut tokio_postgres::Transaction<'_>, events: &mut _| {
        emitted::emit(events);
        Ok::<_, Error>(())
    };
    session.run(async |client| outbox.transaction(client, emit).await).unwrap();
    session.execute("SET TIME ZONE 'UTC'");
    Some(session)
}

/// The rows of a query. NULL is `None`.
fn query(session: &mut Session, query: &str) -> Vec<Vec<Option<String>>> {
    let messages = session.run(async |client| client.simple_query(query).await).unwrap();
    let rows = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => {
            Some((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect())
        }
        _ => None,
    });
    rows.collect()
}

fn columns(session: &mut Session, view: &str) -> Vec<Column> {
    let rows = query(
        session,
        &format!(
            "SELECT column_name, data_type FROM information_schema.columns \
             WHERE table_name = '{view}' ORDER BY ordinal_position"
        ),
    );
    let column = |row: Vec<Option<String>>| {
        let mut texts = row.into_iter().flatten();
        (texts.next().unwrap(), texts.next().unwrap())
    };
    rows.into_iter().map(column).collect()
}

#[test]
fn rows_of_a_real_outbox_are_read_as_they_were_emitted() {
    let Some(mut session) = outbox("views") else { return };
    let script = script(&events::CATALOG, "postgres");
    session.execute(&script);
    // A second run replaces the views.
    session.execute(&script);
    let mut views = Views::new();
    let names = "SELECT viewname FROM pg_views WHERE schemaname = 'public'";
    for name in query(&mut session, names).into_iter().flatten().flatten() {
        let columns = columns(&mut session, &name);
        let rows = query(&mut session, &format!("SELECT * FROM {name} ORDER BY event_id"));
        let values = |row: Vec<Option<String>>| {
            let kinds = columns.iter().zip(row);
            kinds.map(|((_, kind), text)| rows::value(kind, text)).collect()
        };
        let rows = rows.into_iter().map(values).collect();
        views.insert(name, View { columns, rows });
    }
    assert_golden("rows.json", &rows::text(&views));
}

#[test]
fn comments_are_those_of_the_declaration() {
    let Some(mut session) = outbox("comments") else { return };
    session.execute(&script(&events::CATALOG, "postgres"));
    let view = query(&mut session, "SELECT obj_description('ev_parcel_changed_v1'::regclass)");
    let text = view[0][0].clone().unwrap();
    assert!(text.starts_with("A parcel was changed. It's the event that has \"everything\":\n"));
    let comment = "SELECT col_description(attrelid, attnum) FROM pg_attribute \
                   WHERE attrelid = 'ev_parcel_changed_v1'::regclass AND attname = 'card_number'";
    let card = query(&mut session, comment);
    assert_eq!(card[0][0].as_deref(), Some("Who pays.\n\nMasked: last4."));
}

#[test]
fn the_views_of_the_reference_catalog_can_be_read() {
    let Some(mut session) = outbox("reference") else { return };
    session.execute(&script(&catalog::CATALOG, "postgres"));
    for event in catalog::CATALOG.events() {
        for view in [format!("v{}", event.version), "latest".to_owned()] {
            let name = format!("ev_{}_{view}", event.name.snake);
            assert!(query(&mut session, &format!("SELECT * FROM {name}")).is_empty());
        }
    }
}

#[test]
fn the_command_of_the_page_creates_and_replaces_the_views() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("by_psql");
    let mut session = Session::open(&url);
    session.run(migrate).unwrap();
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("by_psql");
    fs::create_dir_all(directory.join("sql")).unwrap();
    fs::write(directory.join("sql/events.sql"), script(&events::CATALOG, "postgres")).unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas.md");
    let page = fs::read_to_string(page).unwrap();
    let row = page.lines().find(|line| line.starts_with("| `postgres` | the table ")).unwrap();
    let command = row.trim_end_matches("` |").rsplit('`').next().unwrap();
    assert!(command.starts_with("psql ") && command.ends_with(" sql/events.sql"), "{command}");
    for _ in 0..2 {
        let ran = Command::new("sh")
            .args(["-c", command])
            .current_dir(&directory)
            .env("PATH", format!("{}:/usr/bin:/bin", server.programs().display()))
            .envs([("PGHOST", "127.0.0.1"), ("PGUSER", "postgres")])
            .env("PGDATABASE", url.rsplit('/').next().unwrap())
            .env("PGPORT", server.port().to_string())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
    let counted = query(&mut session, "SELECT count(*) FROM ev_parcel_sent_latest");
    assert_eq!(counted[0][0].as_deref(), Some("0"));
}

#[test]
fn the_statements_to_copy_run_in_psql() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("copied");
    Session::open(&url).run(migrate).unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/queries.md");
    let page = fs::read_to_string(page).unwrap();
    let mut names = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let (command, statement) = block.split_once('\n').unwrap();
        if command.contains(" --sql --db postgres://") {
            server.sql(&url, statement);
            names.extend(command.split(" query ").nth(1).and_then(|rest| rest.split(' ').next()));
        }
    }
    assert_eq!(names, ["timeline", "funnel", "duplicates", "stuck", "holes"]);
}
