//! People and supervisors act while the relay works.

use super::{LATE, SOON, complete, scenes, stop};
use delivery_faults::store::Store;
use delivery_faults::target::Way;
use std::thread;

#[test]
fn a_purge_deletes_nothing_that_is_not_delivered() {
    for mut scene in scenes("purge", &Way::Structured) {
        let mut producer = scene.producer(2_000, &["--rate", "1000"]);
        let mut relay = scene.relay();
        // Until then nothing says what is delivered, and `purge` refuses.
        scene.wait("delivering", SOON, |scene| scene.state().cursor > 0);
        for _ in 0..8 {
            thread::sleep(scene.random.millis(50..300));
            let (status, text) = scene.command(&["purge", "--keep", "0h", "--yes", "--by", "test"]);
            assert!(status.success(), "{text}");
        }
        complete(&scene, &mut producer, &mut relay);
        let purged = scene.store().number("SELECT count(*) FROM purged");
        assert!(purged > 100, "{purged} events were purged");
        scene.finish(false);
    }
}

#[test]
fn a_cursor_that_is_moved_back_is_obeyed_by_a_running_relay() {
    for mut scene in scenes("rewind", &Way::Batch) {
        let mut producer = scene.producer(2_000, &["--rate", "1000"]);
        let mut relay = scene.relay();
        for _ in 0..3 {
            scene.wait("delivering", SOON, |scene| scene.state().cursor > 200);
            thread::sleep(scene.random.millis(50..300));
            let back = (scene.state().cursor - 150).to_string();
            scene.operate(&["rewind", "--to-seq", &back, "--yes", "--by", "test"]);
        }
        complete(&scene, &mut producer, &mut relay);
        let row = scene.finish(true);
        assert!(row.verdict.duplicates >= 300, "what was delivered is sent again");
    }
}

#[test]
fn a_relay_that_is_stopped_under_load_leaves_no_duplicate() {
    for way in [Way::Structured, Way::Batch] {
        for mut scene in scenes(&format!("stop, {way}"), &way) {
            let mut producer = scene.producer(2_000, &["--rate", "1500"]);
            for _ in 0..5 {
                let mut relay = scene.relay();
                thread::sleep(scene.random.millis(20..300));
                stop(&mut relay);
            }
            let mut relay = scene.relay();
            complete(&scene, &mut producer, &mut relay);
            assert_eq!(scene.finish(false).verdict.duplicates, 0);
        }
    }
}

#[test]
fn a_database_that_gives_out_places_again_is_refused() {
    for mut scene in scenes("sequence reset", &Way::Structured) {
        let mut producer = scene.producer(500, &[]);
        let mut relay = scene.relay();
        complete(&scene, &mut producer, &mut relay);
        let before = scene.inbox().count();
        // As a backup that is restored.
        let reset = match scene.store() {
            Store::Sqlite(_) => "UPDATE sqlite_sequence SET seq = 100 WHERE name = 'domain_events'",
            #[cfg(feature = "postgres")]
            Store::Postgres(_) => "ALTER TABLE domain_events ALTER seq RESTART WITH 101",
        };
        scene.store().execute(&format!("DELETE FROM domain_events WHERE seq > 100; {reset}"));
        let mut relay = scene.relay();
        let (status, _) = relay.wait(LATE);
        assert!(!status.success(), "it has no target to serve");
        for words in ["was restored or replaced", "event-relay rewind --target target --to-seq 0"] {
            assert!(relay.log().contains(words), "{words}: {}", relay.log());
        }
        assert_eq!(scene.inbox().count(), before, "nothing is sent");
    }
}
