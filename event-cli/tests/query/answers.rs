//! Each query in each format, over fixed events.

use crate::store::{HOSTILE, Store};
use std::path::PathBuf;
use std::{env, fs};

/// The commands that are run, without `query`.
const COMMANDS: &[&[&str]] = &[
    &["timeline", "order", "ord_1"],
    &["timeline", "order", HOSTILE],
    &["funnel", "order_payment_started", "order.payment.completed", "order_ship_completed"],
    &["funnel", "order_payment_started", "order_paid", "--within", "1m"],
    &["duplicates", "order_payment_completed"],
    &["duplicates", "order_paid", "--by", "entity,amount_cents", "--since", "1d"],
    &["stuck", "order_payment_started", "--older-than", "1h"],
    &["holes"],
    &["state", "order", "ord_1"],
    &["state", "order", "ord_1", "--at", "2026-11-30T01:00:00Z"],
];

/// The output of commands, each below its command line.
fn printed(store: &Store, commands: &[&[&str]], options: &[&str]) -> String {
    let mut text = String::new();
    for command in commands {
        let ran = store.query(&[command, options].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        let line = [&["$ query"], *command].concat().join(" ");
        text.extend([&line.escape_debug().to_string(), "\n", &ran.out.replace('\r', "␍"), "\n"]);
    }
    text
}

/// Holds what is printed against a file.
fn hold(name: &str, printed: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/query/snapshots").join(name);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, printed).unwrap();
    }
    let command = "`UPDATE_SNAPSHOTS=1 cargo test -p event-cli --test query` writes it";
    assert_eq!(printed, fs::read_to_string(&path).unwrap_or_default(), "{name}: {command}");
}

fn hold_answers(store: &Store) {
    for format in ["table", "json", "csv"] {
        let printed = printed(store, COMMANDS, &["--format", format]);
        let is_control = |c: char| event_grammar::is_hostile(c) && !"\n\r".contains(c);
        assert!(!printed.contains(is_control), "{printed:?}");
        hold(&format!("{format}.txt"), &printed);
    }
}

#[test]
fn answers_of_sqlite() {
    let store = Store::sqlite();
    hold_answers(&store);
}

#[cfg(feature = "query-postgres")]
#[test]
fn answers_of_postgres() {
    let Some(store) = Store::postgres() else { return };
    hold_answers(&store);
}

#[test]
fn a_statement_is_printed_without_a_database() {
    let store = Store::sqlite();
    // A statement has ids as they are.
    let commands: Vec<_> =
        COMMANDS.iter().copied().filter(|command| !command.contains(&HOSTILE)).collect();
    for (file, url) in [
        ("sqlite.sql", "not-there.db"),
        ("postgres.sql", "postgres://reader:planted@db.invalid/shop"),
    ] {
        let printed = printed(&store, &commands, &["--sql", "--db", url]);
        assert!(!printed.contains("planted"), "{printed}");
        hold(file, &printed);
    }
}

#[test]
fn colours_are_for_a_terminal() {
    let store = Store::sqlite();
    let args = ["query", "timeline", "order", "ord_3"];
    let run = |output_terminal: bool, no_color: &str| {
        let variables = [("NO_COLOR".to_owned(), no_color.to_owned())].into();
        let env = event_cli::Env { output_terminal, variables, ..store.env() };
        crate::fixture::run_with(&env, &crate::events::CATALOG, &args).out
    };
    let colour = "\u{1b}[31morder.payment.failed v1\u{1b}[0m";
    assert!(run(true, "").contains(colour), "{}", run(true, ""));
    assert!(!run(true, "1").contains('\u{1b}') && !run(false, "").contains('\u{1b}'));
}

#[test]
fn an_answer_without_rows_says_so() {
    let store = Store::sqlite();
    let ran = store.query(&["timeline", "order", "ord_9"]);
    let note = "note: the store has no event of this entity\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", note));
    let ran = store.query(&["timeline", "order", "ord_9", "--format", "csv"]);
    assert!(ran.out.starts_with("seq,event_id,") && ran.out.lines().count() == 1, "{}", ran.out);
    assert_eq!(ran.err, note);
}

#[test]
fn a_long_answer_is_whole() {
    let store = Store::sqlite();
    let connection = rusqlite::Connection::open(store.env().directory.join("shop.db")).unwrap();
    let copies = "INSERT INTO domain_events (event_id, event_type, event_version, entity_type,
            entity_id, occurred_at, recorded_at, envelope)
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 5000)
        SELECT event_id, event_type, event_version, entity_type, 'ord_4', occurred_at, recorded_at,
            envelope
        FROM domain_events, number WHERE seq = 1";
    connection.execute_batch(copies).unwrap();
    for (format, heads) in [("json", 0), ("csv", 1), ("table", 1)] {
        let ran = store.query(&["timeline", "order", "ord_4", "--format", format]);
        assert_eq!(ran.out.lines().count(), 5_000 + heads, "{format}");
    }
}
