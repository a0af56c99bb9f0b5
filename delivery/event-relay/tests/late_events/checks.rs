//! What a relay refuses at its start, because events would be lost.

use super::outbox::Outbox;
use event_core::Timestamp;
use event_relay::source::{Claim, EventSource, SourceError};

/// Why the relay does not start.
pub(super) fn refused(outbox: &Outbox) -> String {
    match outbox.source().and_then(|mut source| source.rewind(Timestamp::now())) {
        Err(SourceError::Fatal(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sequence_that_was_set_back_is_refused() {
    let Some(outbox) = Outbox::new("set_back") else { return };
    let (service, mut reader) = (outbox.connect(), outbox.reader());
    service.append(1, 1);
    service.append(1, 2);
    assert_eq!(reader.deliver(), [1, 2]);
    outbox.run("DELETE FROM domain_events; SELECT setval('domain_events_seq_seq', 1, false)");
    let reason = refused(&outbox);
    assert!(reason.contains("places up to 0") && reason.contains("is at 2"), "{reason}");
    assert!(reason.contains("help: ") && reason.contains("rewind"), "{reason}");
    let SourceError::Fatal(running) = reader.source.backlog().unwrap_err() else { panic!() };
    assert_eq!(running, reason, "a relay that runs finds it too");
}

/// As if the server had lost its last commits.
#[test]
fn a_place_that_is_given_out_again_is_read_again() {
    let Some(outbox) = Outbox::new("again") else { return };
    let (service, mut reader) = (outbox.connect(), outbox.reader());
    let places: Vec<i64> = (1..=3).map(|revision| service.append(1, revision)).collect();
    assert_eq!(reader.read(), places);
    outbox.run(
        "DELETE FROM domain_events WHERE seq = 3; SELECT setval('domain_events_seq_seq', 2);
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE application_name = 'event-relay' AND datname = current_database()",
    );
    assert_eq!(service.append(1, 3), 3);
    let lost = reader.source.read(10, 1 << 20);
    assert!(lost.as_ref().is_ok_and(Vec::is_empty) || lost.is_err(), "{lost:?}");
    assert!(reader.source.backlog().unwrap().is_moved);
    assert!(!reader.settle());
    let claim = reader.source.rewind(Timestamp::now()).unwrap();
    assert!(matches!(claim, Claim::Granted { low: 0, .. }), "{claim:?}");
    assert_eq!(reader.deliver(), places);
    assert!(!reader.source.backlog().unwrap().is_moved);
}

#[test]
fn tables_that_would_lose_events_are_refused() {
    let Some(outbox) = Outbox::new("refused") else { return };
    let cases = [
        ("ALTER SEQUENCE domain_events_seq_seq CACHE 20", "in advance", "CACHE 1"),
        ("ALTER SEQUENCE domain_events_seq_seq CACHE 1 CYCLE", "again", "NO CYCLE"),
        (
            "ALTER SEQUENCE domain_events_seq_seq NO CYCLE;
            ALTER TABLE domain_events ALTER txid DROP DEFAULT",
            "`txid`",
            "migrate --print",
        ),
        (
            "ALTER TABLE domain_events DROP COLUMN txid;
            ALTER TABLE domain_events ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id()",
            "`txid`",
            "migrate --print",
        ),
        ("ALTER TABLE domain_events ALTER seq DROP IDENTITY", "no sequence", "migrate"),
    ];
    for (sql, what, help) in cases {
        outbox.run(sql);
        let reason = refused(&outbox);
        let (first, second) = reason.split_once("\nhelp: ").unwrap_or_else(|| panic!("{reason}"));
        assert!(first.contains(what) && second.contains(help), "{reason}");
    }
}

#[test]
fn a_role_that_may_not_read_the_sequence_is_refused() {
    let Some(outbox) = Outbox::new("role") else { return };
    outbox.run(
        "CREATE ROLE reader_without_sequence LOGIN;
        GRANT SELECT ON domain_events, outbox_schema TO reader_without_sequence;
        GRANT ALL ON outbox_cursor, outbox_parked TO reader_without_sequence",
    );
    let url = outbox.url.replace("//postgres@", "//reader_without_sequence@");
    let reason = refused(&Outbox { url, ..outbox });
    assert!(reason.contains("may not read the sequence"), "{reason}");
    assert!(reason.contains("help: ") && reason.contains("GRANT SELECT ON SEQUENCE"), "{reason}");
}
