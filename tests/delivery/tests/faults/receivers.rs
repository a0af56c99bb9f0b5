//! The receiver hangs, goes away, fails and refuses.

use super::{LATE, SOON, complete, scene, scenes, stop};
use delivery_faults::oracle::Fact;
use delivery_faults::scene::{Scene, State};
use delivery_faults::settings;
use delivery_faults::target::{Mood, Way};
use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

#[test]
fn a_receiver_that_hangs_costs_no_event() {
    let mut scene = scene("receiver hangs", &Way::Structured);
    let mut producer = scene.producer(2_000, &["--rate", "1000"]);
    let mut relay = scene.relay();
    scene.wait("delivering", SOON, |scene| scene.inbox().count() > 300);
    scene.inbox().be(Mood::Hangs);
    let hang = if settings::rounds().is_some() { 60 } else { 20 };
    thread::sleep(Duration::from_secs(hang));
    let State { parked, cursor, newest, .. } = scene.state();
    assert_eq!(parked, 0, "a receiver that hangs is no reason to park an event");
    assert!(cursor < newest, "nothing is answered");
    stop(&mut relay);
    let mut relay = scene.relay();
    scene.inbox().be(Mood::Fine);
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}

#[test]
fn a_receiver_that_is_started_again_gets_everything() {
    let mut scene = scene("receiver restarts", &Way::Batch);
    let mut producer = scene.producer(3_000, &["--rate", "1500"]);
    let mut relay = scene.relay();
    for _ in 0..5 {
        thread::sleep(scene.random.millis(50..300));
        scene.inbox_mut().close();
        thread::sleep(scene.random.millis(50..300));
        scene.inbox_mut().open();
    }
    complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}

#[test]
fn a_receiver_that_fails_at_random_gets_everything() {
    for way in [Way::Structured, Way::Batch] {
        let mut scene = scene(&format!("receiver fails, {way}"), &way);
        scene.inbox().be(Mood::Fails(15));
        let mut producer = scene.producer(600, &["--rate", "2000"]);
        let mut relay = scene.relay();
        // Under faults half the time: each makes the relay wait.
        scene.wait("delivering", LATE, |scene| scene.inbox().count() > 200);
        scene.inbox().be(Mood::Fine);
        complete(&scene, &mut producer, &mut relay);
        scene.finish(false);
    }
}

#[test]
fn a_poison_event_stops_its_entity_only() {
    for way in [Way::Structured, Way::Batch] {
        scenes(&format!("poison, {way}"), &way).for_each(poison);
    }
}

fn poison(mut scene: Scene) {
    let mut producer = scene.producer(1_000, &[]);
    producer.succeeds(SOON);
    let Poison { fact, stopped } = Poison::of(&scene, |fact| fact.version == 3);
    scene.inbox().be(Mood::Refuses(BTreeSet::from([fact.event_id.clone()])));
    let mut relay = scene.relay();
    wait_stopped(&scene, stopped);

    scene.inbox().be(Mood::Fine);
    scene.operate(&["dead", "requeue", "--seq", &fact.seq.to_string()]);
    scene.wait_delivered(SOON);
    stop(&mut relay);
    scene.finish(false);
}

/// An event that the target refuses.
pub(super) struct Poison {
    pub(super) fact: Fact,
    /// How many events of its entity wait, with it.
    pub(super) stopped: u64,
}

impl Poison {
    /// The first event that is so.
    pub(super) fn of(scene: &Scene, is_so: impl FnMut(&&Fact) -> bool) -> Self {
        let ledger = scene.ledger();
        let fact = ledger.facts.iter().find(is_so).unwrap().clone();
        let stops = |other: &&Fact| other.order == fact.order && other.version >= fact.version;
        let stopped = ledger.facts.iter().filter(stops).count() as u64;
        assert!(stopped > 1, "something waits behind it");
        Self { fact, stopped }
    }
}

/// Waits until one event is dead and all others are delivered, except so many of its entity.
pub(super) fn wait_stopped(scene: &Scene, stopped: u64) {
    // Three attempts, with 1 s and 2 s between.
    scene.wait("dead", SOON, |scene| {
        let State { cursor, newest, dead, .. } = scene.state();
        dead == 1 && cursor == newest
    });
    let verdict = scene.verdict(false);
    assert_eq!((verdict.parked, verdict.lost), (stopped, stopped), "only its entity stops");
    assert!(verdict.is_sound_so_far(), "{verdict:#?}");
}
