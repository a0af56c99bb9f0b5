//! Servers that are away, silent, or refuse: a clear error, and nothing is lost.

use crate::outbox::{Directory, insert, outbox, source};
use event_core::Timestamp;
use event_relay::database::{self, Access, DatabaseFault, DatabaseLocation};
use event_relay::source::{EventSource, Progress, SourceError};
use event_relay::targets::Workers;
use event_relay::targets::file::{FileTarget, FileTargetOptions};
use event_relay::{Relay, TargetOptions};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};
use test_servers::Postgres;

#[track_caller]
fn refused(words: &str, text: &str) {
    let (code, printed) = Directory::new().run(words, &[]);
    assert_eq!((code, printed.as_str()), (101, text));
}

fn passing(error: Result<impl std::fmt::Debug, SourceError>) -> String {
    match error {
        Err(SourceError::Passing(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_server_that_is_not_there() {
    // Port 1 is reserved, and nothing listens.
    refused(
        "status --database postgres://relay@127.0.0.1:1/shop",
        "error: cannot use `postgres://relay@127.0.0.1:1/shop`: it cannot be reached: Connection \
         refused (os error 111)\nhelp: check the host and the port, whether the server runs, and \
         the network between\n",
    );
    let location = DatabaseLocation::postgres("postgres://u@host.invalid/x").unwrap();
    let error = database::open(&location, Access::ReadOnly).unwrap_err();
    assert!(error.is_passing(), "{error}");
}

#[test]
fn a_server_that_asks_for_a_password() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        let mut connection = listener.accept().unwrap().0;
        // The message that asks for a connection, and `AuthenticationCleartextPassword`.
        let _ = connection.read(&mut [0; 1024]).unwrap();
        connection.write_all(&[b'R', 0, 0, 0, 8, 0, 0, 0, 3]).unwrap();
        let _ = connection.read(&mut [0; 1024]);
    });
    refused(
        &format!("status --database postgres://relay@127.0.0.1:{port}/shop"),
        &format!(
            "error: cannot use `postgres://relay@127.0.0.1:{port}/shop`: the server asks for a \
             password, and none is configured\nhelp: write `password = \"env:NAME\"` in \
             `[database]`, beside its `url`; or name the whole URL by `env:NAME` or `file:PATH`\n"
        ),
    );
    server.join().unwrap();
}

#[test]
fn databases_that_cannot_be_used() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("empty");
    let host = format!("postgres://postgres@127.0.0.1:{}", server.port());
    refused(
        &format!("status --database {host}/nowhere"),
        &format!(
            "error: cannot use `{host}/nowhere`: the server refuses the connection: database \
             \"nowhere\" does not exist\nhelp: check the user, the password and the name of the \
             database\n"
        ),
    );
    let text = format!(
        "error: cannot use `{url}`: it has no tables of an outbox in the schemas of `search_path`: \
         public\nhelp: run `event-relay migrate`; if the tables are in another schema, name it in \
         the URL: `?options=-csearch_path%3DSCHEMA`\n"
    );
    refused(&format!("status --database {url}"), &text);
    let elsewhere = format!("status --database {url}?options=-csearch_path%3Dnowhere");
    let (code, printed) = Directory::new().run(&elsewhere, &[]);
    assert!(code == 101 && printed.contains("`search_path` names no schema of it"), "{printed}");
    server.sql(&url, "CREATE ROLE without_grants LOGIN");
    let migrate = format!("migrate --database {}", url.replace("postgres@", "without_grants@"));
    let (code, printed) = Directory::new().run(&migrate, &[]);
    let said = "permission denied for schema public\nhelp: run it as the owner of the tables";
    assert!(code == 101 && printed.contains(said), "{printed}");
    server.sql(&url, &event_outbox::sql::postgres::script());
    server.sql(&url, "INSERT INTO outbox_schema VALUES (99, 'of the future', now())");
    let (code, printed) = Directory::new().run(&format!("migrate --database {url}"), &[]);
    assert!(code == 101 && printed.contains("its tables have version 99"), "{printed}");
    server.sql(&url, "DELETE FROM outbox_schema WHERE version = 99");
    server.sql(&url, "INSERT INTO outbox_cursor (target, updated_at) VALUES ('a', now())");
    let read_only = format!("{url}?options=-cdefault_transaction_read_only%3Don");
    let words = format!("rewind --target a --to-seq 0 --yes --database {read_only}");
    assert_eq!(Directory::new().run(&words, &[]).0, 0, "nothing is to be written");
    insert(server, &url, 1);
    let words = words.replace("--to-seq 0", "--to-seq 1");
    let text = "it is a standby, or is set to be read-only\nhelp: name the primary; if the URL has \
                several hosts, add `target_session_attrs=read-write`\n";
    refused(&words, &format!("error: cannot use `{url}`: {text}"));
}

#[test]
fn several_programs_migrate_at_once() {
    let Some(server) = Postgres::shared() else { return };
    let url = server.database("migrate");
    let migrate = || Directory::new().run(&format!("migrate --database {url}"), &[]);
    let mut printed: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..4).map(|_| scope.spawn(migrate)).collect();
        running.into_iter().map(|run| run.join().unwrap()).collect()
    });
    printed.sort();
    let (first, others) = printed.split_first().unwrap();
    assert!(first.0 == 0 && first.1.starts_with("migrated the tables from version 0"), "{first:?}");
    for other in others {
        assert!(other.0 == 0 && other.1.ends_with("nothing was changed\n"), "{other:?}");
    }
    let create = Directory::new().run(&format!("migrate --create --database {url}"), &[]);
    assert!(create.0 == 2 && create.1.contains("help: `createdb`"), "{create:?}");
}

#[test]
fn a_server_that_is_restarted_is_used_again() {
    let Some(server) = Postgres::start() else { return };
    let url = outbox(&server);
    insert(&server, &url, 3);
    let mut source = source(&url);
    source.rewind(Timestamp::now()).unwrap();
    assert_eq!(source.read(2, usize::MAX).unwrap().len(), 2);
    server.kill();
    // The server may say that it ends, or not.
    passing(source.read(2, usize::MAX));
    let away = passing(source.read(2, usize::MAX));
    assert!(away.contains("it cannot be reached"), "{away}");
    server.restart();
    assert!(source.read(2, usize::MAX).unwrap().is_empty(), "the cursor must be read first");
    assert!(source.backlog().unwrap().is_moved);
    source.rewind(Timestamp::now()).unwrap();
    assert_eq!(source.read(9, usize::MAX).unwrap().len(), 3, "nothing was committed");
    assert!(!source.backlog().unwrap().is_moved);
}

#[test]
fn a_server_that_is_silent_does_not_hold_the_relay_for_ever() {
    let Some(server) = Postgres::start() else { return };
    let url = outbox(&server);
    insert(&server, &url, 1);
    let mut source = source(&url);
    source.rewind(Timestamp::now()).unwrap();
    server.pause();
    let begin = Instant::now();
    let silent = passing(source.read(1, usize::MAX));
    assert!(silent.contains("the server has not answered for 30 s"), "{silent}");
    assert!(begin.elapsed() < Duration::from_secs(40), "{:?}", begin.elapsed());
    server.resume();
    source.rewind(Timestamp::now()).unwrap();
    assert_eq!(source.read(1, usize::MAX).unwrap().len(), 1);
}

/// Holds every lock of the cursors for a moment.
const HOLDER: &str = "BEGIN; LOCK TABLE outbox_cursor; SELECT pg_sleep(2); ROLLBACK";

#[test]
fn a_connection_that_is_cut_within_a_transaction_writes_nothing() {
    let Some(server) = Postgres::start() else { return };
    let url = outbox(&server);
    insert(&server, &url, 2);
    let mut source = source(&url);
    let now = Timestamp::now();
    let progress = Progress { settled: Some(2), published: 2, ..Progress::default() };
    let cursor = || server.sql(&url, "SELECT low_seq, published FROM outbox_cursor");
    let blocked = "SELECT count(*) FROM pg_stat_activity
        WHERE application_name = 'event-relay' AND wait_event_type = 'Lock'";
    for (cut, text) in [
        ("pg_terminate_backend", "the server is not available"),
        ("pg_cancel_backend", "the server has not answered"),
    ] {
        source.rewind(now).unwrap();
        assert_eq!(source.read(2, usize::MAX).unwrap().len(), 2);
        thread::scope(|scope| {
            // Held until the commit waits for it, and its connection is cut.
            let held = scope.spawn(|| server.sql(&url, HOLDER));
            while server.sql(
                &url,
                "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock'
                AND relation = 'outbox_cursor'::regclass",
            ) == "0"
            {
                thread::sleep(Duration::from_millis(10));
            }
            let commit = scope.spawn(|| passing(source.commit(&progress, now)));
            while server.sql("postgres", blocked) == "0" {
                thread::sleep(Duration::from_millis(10));
            }
            let sql = format!(
                "SELECT {cut}(pid) FROM pg_stat_activity
                WHERE application_name = 'event-relay' AND wait_event_type = 'Lock'"
            );
            server.sql("postgres", &sql);
            let said = commit.join().unwrap();
            assert!(said.contains(text), "{said}");
            held.join().unwrap();
        });
        assert_eq!(cursor(), "0|0");
    }
    assert!(!source.commit(&progress, now).unwrap(), "the cursor must be read first");
    source.rewind(now).unwrap();
    source.read(2, usize::MAX).unwrap();
    assert!(source.commit(&progress, now).unwrap());
    assert_eq!(cursor(), "2|2");
}

#[test]
fn a_lock_that_is_held_is_waited_for_and_then_given_up() {
    let Some(server) = Postgres::shared() else { return };
    let url = outbox(server);
    insert(server, &url, 1);
    server.sql(&url, "INSERT INTO outbox_cursor (target, updated_at) VALUES ('a', now())");
    thread::scope(|scope| {
        let holder = "BEGIN; LOCK TABLE outbox_cursor IN ROW EXCLUSIVE MODE; SELECT pg_sleep(7)";
        scope.spawn(|| server.sql(&url, holder));
        thread::sleep(Duration::from_millis(500));
        let text = format!(
            "error: cannot use `{url}`: another program has locked it for more than 5 s\nhelp: run \
             it again; if it stays locked, look for a program that keeps a transaction open\n"
        );
        refused(&format!("rewind --target a --to-seq 1 --yes --database {url}"), &text);
        let (code, printed) = Directory::new().run(&format!("status --database {url}"), &[]);
        assert_eq!(code, 0, "{printed}");
    });
}

#[test]
fn an_asynchronous_service_can_start_a_relay_and_cannot_block_on_a_database() {
    let Some(server) = Postgres::shared() else { return };
    let location = DatabaseLocation::postgres(&outbox(server)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let error = database::open(&location, Access::ReadOnly).unwrap_err();
        assert_eq!(*error.fault(), DatabaseFault::Asynchronous);
        let path = std::env::temp_dir().join(format!("relay-async-{}", std::process::id()));
        let target = FileTarget::open(FileTargetOptions::new(&path));
        let workers = Workers::start("a", target.unwrap()).unwrap();
        let relay = Relay::builder(location.clone()).target("a", workers, TargetOptions::default());
        assert!(relay.start().unwrap().stop_within(Duration::from_secs(5)).is_complete);
        std::fs::remove_file(path).unwrap();
    });
}
