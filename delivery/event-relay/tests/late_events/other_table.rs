//! Events in the table of another library, which the relay reads through the script's view.

use super::checks::refused;
use super::outbox::{Outbox, long_transactions};
use super::stress::Random;
use event_outbox::sql::postgres::other_table_script;
use event_relay::targets::{BlockingTarget, Limits, Outcome, Workers};
use event_relay::{Message, Relay, TargetOptions};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{process, thread};

const TABLE: &str =
    "CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text,
    type text NOT NULL, payload jsonb NOT NULL, created_at timestamptz NOT NULL)";

const MONTHS: &str = "CREATE TABLE outbox (id uuid, aggregatetype text, aggregateid text,
    type text NOT NULL, payload jsonb NOT NULL, created_at timestamptz NOT NULL,
    PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
CREATE TABLE outbox_10 PARTITION OF outbox FOR VALUES FROM ('2026-10-01Z') TO ('2026-11-01Z');
CREATE TABLE outbox_11 PARTITION OF outbox FOR VALUES FROM ('2026-11-01Z') TO ('2026-12-01Z')";

const SERVICES: u64 = 8;
const ORDERS: u64 = 5;

/// A row of the table, about an order. Its revision is in the payload.
fn insert(number: u64, order: u64) -> String {
    let (id, month) = (id(number), 10 + number % 2);
    format!(
        "INSERT INTO outbox VALUES ('{id}', 'order', '{order}', 'order.changed', '{{}}',
            '2026-{month}-05Z')"
    )
}

fn id(number: u64) -> String {
    format!("00000000-0000-4000-8000-{number:012x}")
}

/// Remembers what it is sent.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Vec<Arc<Message>>>>);

impl Shelf {
    /// Delivers to it.
    fn relay(&self, outbox: &Outbox) -> Relay {
        let target = Workers::start("shelf", self.clone()).unwrap();
        let builder = Relay::builder(outbox.location());
        builder.target("shelf", target, TargetOptions::default()).start().unwrap()
    }

    /// Delivers all that there is.
    fn drain(&self, outbox: &Outbox) {
        let ended = self.relay(outbox).drain_within(Duration::from_secs(30));
        assert!(ended.is_complete, "{ended:?}");
    }

    /// The ids of the events, in the order of their first arrival.
    fn ids(&self) -> Vec<String> {
        let (sent, mut seen) = (self.0.lock().unwrap(), BTreeSet::new());
        let ids = sent.iter().map(|message| message.event_id.clone());
        ids.filter(|id| seen.insert(id.clone())).collect()
    }
}

impl BlockingTarget for Shelf {
    fn limits(&self) -> Limits {
        Limits { in_flight: 4, events: 10, bytes: 1 << 20 }
    }

    fn publish(&self, batch: &[Arc<Message>]) -> Outcome {
        self.0.lock().unwrap().extend(batch.iter().cloned());
        Outcome::Delivered { duplicates: 0 }
    }
}

/// Writes until all services are to end. An event is inserted before the order is locked, or after
/// it; and before or after other work, with savepoints and rollbacks.
fn write(outbox: &Outbox, mut random: Random, numbers: &AtomicU64, is_done: &AtomicBool) {
    let connection = outbox.connect();
    let number = || numbers.fetch_add(1, Ordering::Relaxed);
    while !is_done.load(Ordering::Relaxed) {
        let (order, own) = (random.below(ORDERS), number());
        connection.run("BEGIN");
        if random.below(2) == 0 {
            connection.number(&format!("SELECT id FROM orders WHERE id = {order} FOR UPDATE"));
        }
        connection.run(&insert(own, order));
        if random.below(4) == 0 {
            let undone = insert(number(), order);
            connection.run(&format!("SAVEPOINT part; {undone}; ROLLBACK TO part"));
        }
        let is_long = random.below(30) == 0;
        thread::sleep(Duration::from_micros(random.below(if is_long { 300_000 } else { 3_000 })));
        connection.run(&format!(
            "WITH changed AS (
                UPDATE orders SET revision = revision + 1 WHERE id = {order} RETURNING revision)
            UPDATE outbox SET payload = jsonb_build_object('revision', revision)
                FROM changed WHERE outbox.id = '{}'",
            id(own)
        ));
        connection.run(if random.below(4) == 0 { "ROLLBACK" } else { "COMMIT" });
    }
}

fn stress(outbox: &Outbox) {
    outbox.run(&other_table_script());
    outbox.run(&format!("INSERT INTO orders SELECT n, 0 FROM generate_series(0, {ORDERS} - 1) n"));
    let (is_done, numbers, shelf) = (AtomicBool::new(false), AtomicU64::new(0), Shelf::default());
    let seed = u64::from(process::id());
    thread::scope(|scope| {
        for service in 0..SERVICES {
            let (random, numbers, is_done) = (Random(seed + service), &numbers, &is_done);
            scope.spawn(move || write(outbox, random, numbers, is_done));
        }
        for _ in 0..3 {
            // One that ends at once: what it has in flight is sent again.
            let relay = shelf.relay(outbox);
            thread::sleep(Duration::from_secs(1));
            relay.stop_within(Duration::ZERO);
        }
        is_done.store(true, Ordering::Relaxed);
    });
    shelf.drain(outbox);
    assert_eq!(outbox.low(), outbox.newest());

    let sent = shelf.ids();
    let place: BTreeMap<&str, usize> =
        sent.iter().enumerate().map(|(at, id)| (&**id, at)).collect();
    let committed = outbox.run("SELECT id FROM outbox");
    println!("{} events of {numbers:?}, seed {seed}", committed.lines().count());
    let lost: Vec<&str> = committed.lines().filter(|id| !place.contains_key(id)).collect();
    assert!(lost.is_empty(), "{} lost: {lost:?}", lost.len());
    assert_eq!(place.len(), committed.lines().count(), "events that were rolled back were sent");
    for order in 0..ORDERS {
        let ids = outbox.run(&format!(
            "SELECT id FROM outbox WHERE aggregateid = '{order}'
            ORDER BY (payload ->> 'revision')::bigint"
        ));
        let places: Vec<usize> = ids.lines().map(|id| place[id]).collect();
        assert!(!places.is_empty() && places.is_sorted(), "order {order}: {places:?}");
    }
}

#[test]
fn events_of_another_table_arrive_in_the_order_of_their_entities() {
    let Some(outbox) = Outbox::without_events("other_stress") else { return };
    outbox.run(TABLE);
    stress(&outbox);
}

#[test]
fn events_of_a_partitioned_table_arrive_in_the_order_of_their_entities() {
    let Some(outbox) = Outbox::without_events("other_months") else { return };
    outbox.run(MONTHS);
    stress(&outbox);
}

/// Waits until so many transactions wait for a lock of the table.
fn await_waiting(outbox: &Outbox, waiting: i64) {
    let sql = "SELECT count(*) FROM pg_locks WHERE relation = 'outbox'::regclass AND NOT granted";
    let begin = Instant::now();
    while outbox.number(sql) < waiting {
        assert!(begin.elapsed() < Duration::from_secs(10), "no transaction waits");
        thread::sleep(Duration::from_millis(5));
    }
}

/// One transaction has inserted when the script begins, one begins while the script waits for it.
#[test]
fn rows_from_before_and_during_the_script_are_delivered_once() {
    let Some(outbox) = Outbox::without_events("other_rows") else { return };
    outbox.run(TABLE);
    for number in [3, 1] {
        outbox.run(&insert(number, 1));
    }
    let before = outbox.connect();
    before.run("BEGIN");
    before.run(&insert(5, 2));
    thread::scope(|scope| {
        scope.spawn(|| outbox.run(&other_table_script()));
        await_waiting(&outbox, 1);
        scope.spawn(|| outbox.connect().run(&insert(7, 3)));
        await_waiting(&outbox, 2);
        before.run("COMMIT");
    });
    let shelf = Shelf::default();
    shelf.drain(&outbox);
    let mut sent = shelf.ids();
    assert_eq!(sent.pop(), Some(id(7)));
    assert_eq!(sent, [1, 3, 5].map(id), "by time, and then by the key");
    assert_eq!(shelf.0.lock().unwrap().len(), 4);
}

/// The places of a table that another owner adapts: its own names, its own schema, its own key.
#[test]
fn the_script_can_be_adapted() {
    let Some(outbox) = Outbox::without_events("other_names") else { return };
    outbox.run(
        "CREATE SCHEMA bus;
        CREATE TABLE bus.messages (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            message uuid NOT NULL DEFAULT gen_random_uuid(), customer text, kind text, body json,
            sent_at timestamptz NOT NULL DEFAULT now())",
    );
    let mut script = other_table_script();
    for (from, to) in [
        ("id AS key", "number AS key"),
        ("id AS event_id", "message AS event_id"),
        ("type AS event_type", "kind AS event_type"),
        ("aggregatetype AS", "'customer' AS"),
        ("aggregateid AS", "customer AS"),
        ("created_at", "sent_at"),
        ("'event_id', id", "'event_id', message"),
        ("'event_type', type", "'event_type', kind"),
        ("payload::jsonb", "body::jsonb"),
        ("FROM outbox;", "FROM bus.messages;"),
        ("key uuid", "key bigint"),
        ("NEW.id", "NEW.number"),
        ("ON outbox\n", "ON bus.messages\n"),
    ] {
        assert!(script.contains(from), "{from}");
        script = script.replace(from, to);
    }
    outbox.run(&script);
    // A service whose search_path does not have the schema of the places.
    outbox.run(
        "SET search_path = bus;
        INSERT INTO messages (customer, kind, body) VALUES ('c-1', 'customer.moved', '{\"to\":
            [1.50, 2]}')",
    );
    let shelf = Shelf::default();
    shelf.drain(&outbox);
    let sent = shelf.0.lock().unwrap();
    let [message] = &**sent else { panic!("{sent:?}") };
    let entity = message.entity.as_ref().map(|entity| (&*entity.kind, &*entity.id));
    assert_eq!((&*message.event_type, entity), ("customer.moved", Some(("customer", "c-1"))));
    assert!(message.envelope.contains("\"payload\": {\"to\": [1.50, 2]}"), "{}", message.envelope);
}

#[test]
fn another_table_that_would_lose_events_is_refused() {
    let Some(outbox) = Outbox::without_events("other_refused") else { return };
    outbox.run(TABLE);
    outbox.run(&other_table_script());
    let cases = [
        ("ALTER TABLE outbox DISABLE TRIGGER outbox_place", "is disabled", "enable it"),
        ("DROP TRIGGER outbox_place ON outbox", "or dropped", "Rows without a place"),
        ("ALTER TABLE outbox_place ALTER txid DROP DEFAULT", "`outbox_place`", "--print"),
        ("ALTER SEQUENCE domain_events_seq_seq CACHE 20", "in advance", "CACHE 1"),
        ("ALTER TABLE outbox_place ALTER seq DROP IDENTITY", "no sequence", "--other-table"),
        ("ALTER TABLE outbox_place RENAME TO places", "no sequence", "--other-table"),
    ];
    for (sql, what, help) in cases {
        outbox.run(sql);
        let reason = refused(&outbox);
        let (first, second) = reason.split_once("\nhelp: ").unwrap_or_else(|| panic!("{reason}"));
        assert!(first.contains(what) && second.contains(help), "{reason}");
    }
}

/// The statement of the guide.
const PLACES: &str = "INSERT INTO outbox_place (key)
SELECT key FROM outbox_other AS other
WHERE NOT EXISTS (SELECT FROM outbox_place AS place WHERE place.key = other.key)
ORDER BY recorded_at, key;
";

#[test]
fn rows_that_were_inserted_without_the_trigger_get_places() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/other_table.md");
    assert!(std::fs::read_to_string(page).unwrap().contains(PLACES));
    let Some(outbox) = Outbox::without_events("other_places") else { return };
    outbox.run(MONTHS);
    outbox.run(&other_table_script());
    outbox.run(&insert(1, 1));
    outbox.run("ALTER TABLE outbox DISABLE TRIGGER outbox_place");
    outbox.run(&insert(2, 1));
    outbox.run("ALTER TABLE outbox ENABLE TRIGGER outbox_place");
    outbox.run(&insert(3, 1));
    outbox.run(PLACES);
    let shelf = Shelf::default();
    shelf.drain(&outbox);
    assert_eq!(shelf.ids(), [1, 3, 2].map(id));
    assert_eq!(shelf.0.lock().unwrap().len(), 3);
}

#[test]
fn a_script_that_another_role_runs_changes_nothing() {
    let Some(outbox) = Outbox::without_events("other_role") else { return };
    outbox.run(TABLE);
    outbox.run(
        "CREATE ROLE \"The-owner\"; GRANT ALL ON SCHEMA public TO \"The-owner\";
        ALTER TABLE outbox OWNER TO \"The-owner\"",
    );
    let script = other_table_script();
    let error = outbox.connect().failure(&script);
    assert_eq!(error, "another role owns the other table");
    outbox.run(&format!("SET ROLE \"The-owner\"; {script}"));
    outbox.run(&insert(1, 1));
    assert_eq!(outbox.newest(), 1);
}

/// The script changes nothing where a transaction keeps it waiting, and writers wait no longer.
#[test]
fn a_script_that_waits_for_long_ends() {
    let Some(outbox) = Outbox::without_events("other_wait") else { return };
    let _alone = long_transactions();
    outbox.run(TABLE);
    let open = outbox.connect();
    open.run("BEGIN");
    open.run(&insert(1, 1));
    let error = outbox.connect().failure(&other_table_script());
    assert!(error.contains("lock timeout"), "{error}");
    assert_eq!(outbox.number("SELECT count(*) FROM pg_class WHERE relname = 'outbox_other'"), 0);
    open.run("COMMIT");
    outbox.run(&other_table_script());
}
