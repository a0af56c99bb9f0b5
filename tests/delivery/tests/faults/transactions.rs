//! Transactions that are rolled back, stay open, or have a clock that goes back; and checkpoints.

use super::{LATE, SOON, complete, scene, scenes, stop};
use delivery_faults::scene::State;
use delivery_faults::target::Way;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn what_is_rolled_back_is_never_delivered() {
    for mut scene in scenes("rollback storm", &Way::File) {
        let flags = ["--rolled-back", "50", "--savepoints", "50"];
        let mut first = scene.producer(3_000, &flags);
        let mut second = scene.producer(3_000, &flags);
        let mut relay = scene.relay();
        first.succeeds(LATE);
        complete(&scene, &mut second, &mut relay);
        scene.finish(false);
    }
}

#[test]
fn a_transaction_that_stays_open_hides_only_itself() {
    let mut scene = scene("long transaction", &Way::Structured);
    let mut producer = scene.producer(1_000, &["--rate", "800"]);
    let mut relay = scene.relay();
    let connection = scene.connect();
    for seconds in [0, 0, 3] {
        thread::sleep(scene.random.millis(100..400));
        let held = Duration::from_secs(seconds) + scene.random.millis(50..200);
        // The copy has an id that no one else has: if it is delivered, it is a phantom.
        connection
            .execute_batch(
                "BEGIN IMMEDIATE; INSERT INTO domain_events (event_id, event_type, event_version,
                    entity_type, entity_id, entity_version, occurred_at, recorded_at, envelope)
                SELECT 'open-' || event_id, event_type, event_version, entity_type, entity_id,
                    entity_version, occurred_at, recorded_at, envelope
                FROM domain_events ORDER BY seq DESC LIMIT 1",
            )
            .unwrap();
        thread::sleep(held);
        connection.execute_batch("ROLLBACK").unwrap();
    }
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}

#[test]
fn writers_that_never_rest_do_not_starve_the_relay() {
    let mut scene = scene("busy writers", &Way::Structured);
    let mut relay = scene.relay();
    relay.wait_for("relay_started", SOON);
    let mut producers = [scene.producer(8_000, &[]), scene.producer(8_000, &[])];
    for producer in &mut producers {
        producer.succeeds(LATE);
    }
    let State { cursor, newest, .. } = scene.state();
    println!("the relay is at {cursor} of {newest} when the writers rest");
    assert!(cursor > newest / 10, "{cursor} of {newest}");
    scene.wait_delivered(LATE);
    stop(&mut relay);
    scene.finish(false);
}

#[test]
fn a_clock_that_goes_back_changes_no_order() {
    let mut scene = scene("clock goes back", &Way::Batch);
    let mut producer = scene.producer(3_000, &["--clock-back", "3600", "--full"]);
    let mut relay = scene.relay();
    complete(&scene, &mut producer, &mut relay);
    let back = "SELECT count(*) FROM domain_events one JOIN domain_events next
        ON next.seq = one.seq + 1 WHERE next.occurred_at < one.occurred_at";
    let times: i64 = scene.connect().query_row(back, [], |row| row.get(0)).unwrap();
    assert!(times > 10, "the clock went back {times} times");
    scene.finish(false);
}

#[test]
fn checkpoints_under_load_lose_nothing() {
    let mut scene = scene("checkpoints", &Way::File);
    let mut producer = scene.producer(6_000, &["--rate", "3000"]);
    let mut relay = scene.relay();
    let connection = scene.connect();
    let (start, mut whole) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(3) {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
        whole += i32::from(busy == 0);
        thread::sleep(Duration::from_millis(20));
    }
    assert!(whole > 3, "the journal was emptied {whole} times");
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}
