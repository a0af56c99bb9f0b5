//! Disks are full, and have room again. A limit of the process is the end of the disk.

use super::{LATE, SOON, complete, scene};
use delivery_faults::target::Way;
use std::fs;
use std::thread;
use std::time::Duration;

#[test]
fn a_relay_without_room_for_its_cursor_goes_on_when_there_is() {
    let mut scene = scene("disk full, cursor", &Way::Structured);
    let mut producer = scene.producer(3_000, &["--rate", "1500"]);
    let mut relay = scene.relay();
    scene.wait("delivering", SOON, |scene| scene.state().cursor > 300);
    relay.limit_files(Some(64 * 1024));
    relay.wait_for("outbox_paused", SOON);
    thread::sleep(Duration::from_millis(500));
    assert_eq!(scene.state().parked, 0, "no event is to blame");
    relay.limit_files(None);
    complete(&scene, &mut producer, &mut relay);
    assert!(relay.log().contains("outbox_resumed"), "{}", relay.log());
    scene.finish(false);
}

#[test]
fn a_producer_without_room_commits_a_change_with_its_event_or_neither() {
    let mut scene = scene("disk full, producer", &Way::File);
    let mut producer = scene.producer(3_000, &["--rate", "1500"]);
    let mut relay = scene.relay();
    for _ in 0..3 {
        thread::sleep(scene.random.millis(50..200));
        producer.limit_files(Some(64 * 1024));
        thread::sleep(scene.random.millis(100..300));
        producer.limit_files(None);
    }
    assert!(!producer.log().is_empty(), "the producer had no room");
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}

#[test]
fn a_file_without_room_gets_whole_lines_when_there_is() {
    let mut scene = scene("disk full, file", &Way::File);
    // Larger than the journal of the database becomes, which is not to be limited.
    let mut producer = scene.producer(10_000, &[]);
    let mut relay = scene.relay();
    producer.succeeds(LATE);
    scene.wait_delivered(LATE);
    let events = scene.path("events.ndjson");
    let size = || fs::metadata(&events).map_or(0, |file| file.len());
    assert!(size() > 5 << 20, "{} bytes", size());
    let mut producer = scene.producer(13_000, &["--rate", "2000"]);
    for pauses in 1..=3 {
        // In the middle of a line. The relay must not be beyond it already.
        relay.freeze();
        let limit = size() + scene.random.within(10_000..30_000);
        relay.limit_files(Some(limit));
        relay.thaw();
        let count = || relay.log().matches("target_paused").count();
        scene.wait("paused", SOON, |_| count() == pauses);
        thread::sleep(scene.random.millis(50..200));
        assert!(size() <= limit, "the limit holds");
        relay.limit_files(None);
        let count = || relay.log().matches("target_resumed").count();
        scene.wait("resumed", SOON, |_| count() == pauses);
    }
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}
