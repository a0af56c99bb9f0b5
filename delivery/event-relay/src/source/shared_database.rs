//! What [`OutboxSource`] does to a database that a service uses too.

use super::{EventSource, Lease, OnPoison, OutboxSource};
use event_core::Timestamp;
use rusqlite::Connection;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs, process};

/// How many events are parked: 5 entities have one dead event and many behind it.
const PARKED: i64 = 100_000;

/// Events of other entities, behind the cursor.
const WAITING: usize = 1_000;

fn fill(connection: &Connection) {
    connection
        .execute_batch(&format!(
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number
                WHERE n < {})
            INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
                occurred_at, recorded_at, envelope)
            SELECT n, 'order.created', 1, 'order', iif(n <= {PARKED}, n % 5, n), '', '', '{{}}'
                FROM number;
            INSERT INTO outbox_cursor (target, low_seq, updated_at) VALUES ('a', {PARKED}, '');
            INSERT INTO outbox_parked SELECT 'a', seq, event_id, event_type, entity_type, entity_id,
                iif(seq <= 5, 'dead', 'behind'), 0, '', '', '' FROM domain_events
                WHERE seq <= {PARKED};",
            PARKED + i64::try_from(WAITING).unwrap()
        ))
        .unwrap();
}

/// An outbox in a file of this name, without WAL.
fn outbox(name: &str) -> (PathBuf, Connection) {
    let path = env::temp_dir().join(format!("relay-{name}-{}.db", process::id()));
    let _ = fs::remove_file(&path);
    let mut connection = Connection::open(&path).unwrap();
    event_outbox_rusqlite::migrate(&mut connection).unwrap();
    (path, connection)
}

#[test]
fn the_relay_waits_for_the_disk_where_a_loss_of_power_could_damage_the_database() {
    let (path, connection) = outbox("power");
    for (journal, synchronous) in [("DELETE", 2), ("WAL", 1)] {
        connection.pragma_update(None, "journal_mode", journal).unwrap();
        let (location, lease) = (path.as_path().into(), Lease::new("relay"));
        let source = OutboxSource::open(&location, "a", OnPoison::default(), lease).unwrap();
        let used = source.database.one("PRAGMA synchronous", &[], |row| row.integer(0)).unwrap();
        assert_eq!(used, synchronous, "{journal}");
    }
    drop(connection);
    fs::remove_file(&path).unwrap();
}

/// A search through all parked events, for each event or for each parked event, takes minutes.
#[test]
fn many_parked_events_do_not_slow_the_others_down() {
    let (path, connection) = outbox("scale");
    connection.pragma_update(None, "synchronous", "OFF").unwrap();
    fill(&connection);
    for (on_poison, requeued) in [(OnPoison::BlockEntity, 5), (OnPoison::Skip, 0)] {
        let (location, lease) = (path.as_path().into(), Lease::new("relay"));
        let mut source = OutboxSource::open(&location, "a", on_poison, lease).unwrap();
        let now = Timestamp::now();
        source.rewind(now).unwrap();
        let begin = Instant::now();
        assert_eq!(source.read(WAITING, usize::MAX).unwrap().len(), WAITING);
        source.tidy(now).unwrap();
        let requeue = "UPDATE outbox_parked SET state = 'retry' WHERE state = 'dead'";
        assert_eq!(connection.execute(requeue, []).unwrap(), requeued);
        assert_eq!(source.due(now, WAITING, usize::MAX).unwrap().len(), 5);
        // Each envelope has 2 bytes.
        assert_eq!(source.due(now, WAITING, 5).unwrap().len(), 3);
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
    }
    drop(connection);
    fs::remove_file(&path).unwrap();
}
