//! Rows that cannot be read, envelopes that the contract refuses, and versions that it does not
//! have yet.

use super::{LATE, SOON, scene, stop};
use delivery_faults::scene::{Scene, State};
use delivery_faults::target::Way;
use std::fs;
use std::path::Path;

/// Ids that no emitter makes.
const IDS: [&str; 2] =
    ["01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"];

/// Inserts a copy of the newest event of an order, for an order of its own, with this SQL as its
/// envelope. Returns its place.
fn insert(scene: &Scene, order: &str, id: &str, envelope: &str) -> i64 {
    let sql = format!(
        "INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
            entity_version, occurred_at, recorded_at, envelope)
        SELECT '{id}', event_type, event_version, entity_type, '{order}', 1, occurred_at,
            recorded_at, {envelope}
        FROM domain_events WHERE entity_id LIKE 'order-%' ORDER BY seq DESC LIMIT 1"
    );
    let connection = scene.connect();
    connection.execute(&sql, []).unwrap();
    connection.last_insert_rowid()
}

#[test]
fn a_row_that_cannot_be_sent_stops_its_entity_only() {
    let mut scene = scene("bad rows", &Way::File);
    let mut producer = scene.producer(500, &[]);
    producer.succeeds(SOON);
    let corrupt = insert(&scene, "corrupt", IDS[0], "CAST(x'7b22ff' AS TEXT)");
    let envelope = format!(
        "replace(replace(envelope, event_id, '{}'), '\"is_meant\":true', '\"is_meant\":7')",
        IDS[1]
    );
    let refused = insert(&scene, "refused", IDS[1], &envelope);
    let mut producer = scene.producer(1_000, &[]);
    producer.succeeds(SOON);
    let mut relay = scene.relay();
    scene.wait("parked", SOON, |scene| {
        let State { cursor, newest, parked, dead } = scene.state();
        cursor == newest && parked == 2 && dead == 1
    });
    let ledger = scene.ledger();
    assert_eq!(ledger.parked.get("contract"), Some(&1), "{:?}", ledger.parked);
    let verdict = scene.verdict(false);
    assert!(verdict.lost == 2 && verdict.is_sound_so_far(), "{verdict:#?}");
    let list = scene.operate(&["dead", "list"]);
    assert!(list.contains("envelope") && list.contains("is_meant"), "{list}");

    let places = [corrupt.to_string(), refused.to_string()];
    scene.operate(&["dead", "skip", "--seq", &places[0], &places[1], "--yes", "--by", "test"]);
    scene.wait_delivered(SOON);
    stop(&mut relay);
    let verdict = scene.verdict(false);
    assert!(verdict.lost == 2 && verdict.is_sound_so_far(), "a person gave them up: {verdict:#?}");
}

/// Copies the lock, without the paragraph of this event.
fn copy_lock(from: &Path, to: &Path, without: Option<&str>) {
    let text = fs::read_to_string(from.join("events.lock")).unwrap();
    let starts = without.map(|event| format!("\"{event}@"));
    let is_kept = |part: &&str| starts.as_ref().is_none_or(|starts| !part.starts_with(starts));
    let parts: Vec<&str> = text.split("\n\n").filter(is_kept).collect();
    // As a whole: a relay may read it now.
    fs::write(to.join("lock.new"), parts.join("\n\n")).unwrap();
    fs::rename(to.join("lock.new"), to.join("events.lock")).unwrap();
}

fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_directory(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_version_that_is_locked_later_is_delivered_in_order() {
    let mut scene = scene("lock comes later", &Way::Structured);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = scene.path("");
    copy_directory(&own.join("events.lock.d"), &scene.path("events.lock.d"));
    copy_lock(own, &directory, Some("order_created"));
    scene.lock_with(scene.path("events.lock"));
    let mut relay = scene.relay();
    let mut producer = scene.producer(1_000, &["--rate", "2000"]);
    producer.succeeds(SOON);
    // The first event of each order is not known, so everything waits.
    scene.wait("parked", SOON, |scene| {
        let State { cursor, newest, parked, .. } = scene.state();
        cursor == newest && parked == i64::try_from(scene.ledger().facts.len()).unwrap()
    });
    assert_eq!(scene.inbox().count(), 0);
    copy_lock(own, &directory, None);
    scene.wait_delivered(LATE);
    stop(&mut relay);
    scene.finish(false);
}
