//! What `query` refuses, and that it never shows a password.

use crate::events::CATALOG;
use crate::fixture::{Failing, run_with};
use crate::store::Store;
use event_cli::Env;
use std::io::ErrorKind;

/// Each line has the words of a command, and what its error says.
const REFUSED: &[(&[&str], &str)] = &[
    (
        &["timeline", "ordr", "ord_1"],
        "error: no event is about an entity of type `ordr`, did you mean `order`?\nhelp: ",
    ),
    (
        &["funnel", "order_payment_started", "order_payment_complete"],
        "error[EV0103]: no event is called `order_payment_complete`, did you mean \
         `order_payment_completed`?\nhelp: `list` lists every event\n",
    ),
    (
        &["funnel", "order_payment_started", "parcel_poll_completed"],
        "error: `parcel_poll_completed` is about no entity, so this query cannot find its events\n\
         help: mark the field",
    ),
    (
        &["funnel", "order_payment_started", "parcel_pick_completed"],
        "error: `order_payment_started` is about `order` and `parcel_pick_completed` about \
         `parcel`\nhelp: name steps that are about entities of one type\n",
    ),
    (
        &["duplicates", "order_paid@1"],
        "error: a query finds all versions of `order_paid`\nhelp: leave out `@1`\n",
    ),
    (
        &["duplicates", "order_paid", "--by", "amount_cent"],
        "error: `order_payment_completed` has no field `amount_cent`, did you mean \
         `amount_cents`?\nhelp: `show order_payment_completed` lists the fields\n",
    ),
    (
        &["duplicates", "order_paid", "--by", "pin"],
        "error: `pin` of `order_payment_completed` is never written, so no two events have it in \
         common\nhelp: leave it out of `--by`\n",
    ),
    (
        &["stuck", "order_ship_completed"],
        "error: `order_ship_completed` does not begin an operation\nhelp: in its domain, operations \
         begin with `order_payment_started`, `order_pack_started`\n",
    ),
    (
        &["stuck", "parcel_pick_completed"],
        "error: `parcel_pick_completed` does not begin an operation\nhelp: name an event whose \
         status is of the class `begin`, such as `.._started`\n",
    ),
    (
        &["stuck", "order_pack_started"],
        "error: no event ends the operation that `order_pack_started` begins\nhelp: declare one, \
         such as `order_pack_completed`",
    ),
    (&["holes", "--db", "other.db"], "other.db: No such file or directory"),
    (&["holes", "--db", "."], "it is not a file\nhelp: write the path of a SQLite file"),
];

#[test]
fn errors_say_what_to_do() {
    let store = Store::sqlite();
    for (args, expected) in REFUSED {
        let ran = store.query(args);
        assert_eq!((ran.code, ran.out.as_str()), (101, ""), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_masked_key_is_noted() {
    let store = Store::sqlite();
    let ran = store.query(&["duplicates", "order_paid", "--by", "card_number"]);
    let note = "note: the store has `card_number` masked, and different values may have one mask\n\
                note: no two events have this key in common\n";
    assert_eq!((ran.code, ran.err.as_str()), (0, note));
}

#[test]
fn wrong_command_lines() {
    let store = Store::sqlite();
    for args in [
        &[][..],
        &["timeline", "order"],
        &["funnel", "order_payment_started"],
        &["holes", "--format", "xml"],
        &["holes", "--sql", "--format", "csv"],
        &["stuck", "order_payment_started", "--older-than", "1 hour"],
        &["state", "order", "ord_1", "--at", "yesterday"],
        &["holes", "--db", ""],
        &["holes", "--db", "mysql://u:planted@h/shop"],
        &["holes", "--db", "host=h password=planted"],
        &["holes", "--db", "Postgres:u:planted@h"],
    ] {
        let ran = store.query(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
        assert!(!ran.err.contains("planted"), "{}", ran.err);
    }
    let ran = run_with(&Env::default(), &CATALOG, &["query", "holes"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: the database is missing: `--db PATH|URL`\nhelp: "),
        "{}",
        ran.err
    );
}

#[test]
fn a_database_that_is_no_outbox_is_refused() {
    let store = Store::sqlite();
    let directory = store.env().directory;
    std::fs::write(directory.join("text.db"), "no database at all, but a text of some length")
        .unwrap();
    rusqlite::Connection::open(directory.join("empty.db"))
        .unwrap()
        .execute_batch("CREATE TABLE orders (id TEXT)")
        .unwrap();
    let error = |database: &str| {
        let ran = store.query(&["holes", "--db", database]);
        assert_eq!(ran.code, 101);
        ran.err
    };
    assert!(error("text.db").contains("text.db: file is not a database"), "{}", error("text.db"));
    let empty = error("sqlite:empty.db");
    assert!(
        empty.contains("no such table: domain_events") && empty.contains("\nhelp: "),
        "{empty}"
    );
    assert!(!directory.join("other.db").exists(), "nothing is made");
}

/// The database of a row that no adapter writes.
#[test]
fn a_row_that_cannot_be_read_is_named() {
    let store = Store::sqlite();
    let connection = rusqlite::Connection::open(store.env().directory.join("shop.db")).unwrap();
    connection
        .execute_batch(
            "INSERT INTO domain_events (seq, event_id, event_type, event_version, entity_type,
                entity_id, occurred_at, recorded_at, envelope)
            VALUES (90, 'no id', 'order.payment.started', 1, 'order', 'ord_1', '', '', '{}')",
        )
        .unwrap();
    let ran = store.query(&["timeline", "order", "ord_1", "--format", "json"]);
    assert_eq!(ran.code, 101);
    let error = "shop.db: event 90 of the store: `event_id` is not a UUID\nhelp: the table";
    assert!(ran.err.contains(error), "{}", ran.err);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let store = Store::sqlite();
    for format in ["table", "json", "csv"] {
        let args = ["query", "timeline", "order", "ord_1", "--format", format];
        let (mut out, mut err) = (Failing(ErrorKind::BrokenPipe), Vec::new());
        let args = args.iter().map(Into::into);
        let code = event_cli::run(&CATALOG, args, &mut out, &mut err, &store.env());
        assert_eq!((code, err), (0, Vec::new()), "{format}");
    }
}

#[cfg(feature = "query-postgres")]
#[test]
fn a_password_is_never_shown() {
    use event_core::Secret;
    use std::net::TcpListener;

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (url, code) in [
        (format!("postgres://ada:planted@127.0.0.1:{closed}/shop"), 101),
        ("postgres://ada:planted@db.invalid/shop".to_owned(), 101),
        ("postgres://ada:pl@nted:planted@h/shop".to_owned(), 2),
        ("postgres://ada:planted@h:port/shop".to_owned(), 2),
        ("postgres://ada:planted@h/shop?unknown=planted".to_owned(), 2),
        ("postgres://ada:planted@/shop".to_owned(), 2),
    ] {
        let env = Env { database: Some(Secret::new(url.clone())), ..Env::default() };
        assert!(!format!("{env:?}").contains("planted"));
        for ran in [
            run_with(&env, &CATALOG, &["query", "holes"]),
            run_with(&Env::default(), &CATALOG, &["query", "holes", "--db", &url]),
        ] {
            assert_eq!(ran.code, code, "{}", ran.err);
            assert!(!ran.err.contains("planted") && !ran.err.contains("nted:"), "{}", ran.err);
        }
    }
}

#[cfg(feature = "query-postgres")]
#[test]
fn a_server_that_refuses_is_told_in_its_words() {
    let hba = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    let Some(server) = test_servers::Postgres::setup().hba(hba).start() else { return };
    let store = Store::sqlite();
    let error = |url: &str| {
        let ran = store.query(&["holes", "--db", url]);
        assert_eq!((ran.code, ran.out.as_str()), (101, ""));
        assert!(!ran.err.contains("planted"), "{}", ran.err);
        ran.err
    };
    let address = format!("127.0.0.1:{}", server.port());
    let refused = error(&format!("postgres://ada:planted@{address}/postgres"));
    assert!(refused.contains("cannot connect: password authentication failed"), "{refused}");
    let without = error(&format!("postgres://ada@{address}/postgres"));
    assert!(without.contains("cannot connect: password missing"), "{without}");
    let plain = error(&format!("postgres://postgres@{address}/postgres?sslmode=require"));
    assert!(plain.contains("cannot connect: ") && plain.contains("sslmode=disable"), "{plain}");
    let empty = error(&format!("postgres://postgres@{address}/postgres"));
    assert!(empty.contains("\"domain_events\" does not exist\nhelp: "), "{empty}");
}
