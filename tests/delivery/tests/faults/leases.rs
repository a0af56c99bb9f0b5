//! Several relays, as processes, serve one target: one at a time, and without a hole between two.

use super::{LATE, SOON, scene, scenes, stop};
use delivery_faults::process::Process;
use delivery_faults::scene::Scene;
use delivery_faults::target::Way;
use std::thread;
use std::time::{Duration, Instant};

/// Waits until a relay with another number than these has delivered something. Returns how long it
/// took, and the number.
fn wait_for_another(scene: &Scene, known: &[u32]) -> (Duration, u32) {
    let (begun, mut found) = (Instant::now(), 0);
    scene.wait("taken over", SOON, |scene| {
        let deliveries = scene.inbox().deliveries();
        let other = deliveries.iter().map(|delivery| delivery.relay).find(|n| !known.contains(n));
        found = other.unwrap_or(0);
        other.is_some()
    });
    (begun.elapsed(), found)
}

#[test]
fn one_of_three_relays_serves_and_another_takes_over() {
    scenes("three relays", &Way::Structured).for_each(three_relays);
}

fn three_relays(mut scene: Scene) {
    let mut producer = scene.producer(6_000, &["--rate", "300"]);
    let mut relays: Vec<Process> = Vec::new();
    for name in ["one", "two", "three"] {
        relays.push(scene.relay_named(name, "10s"));
        scene.wait("owned", SOON, |scene| scene.owner().is_some());
    }
    for standing_by in &relays[1..] {
        standing_by.wait_for("cursor_lease_awaited", SOON);
    }
    scene.wait("delivering", SOON, |scene| scene.inbox().count() > 300);
    assert!(scene.inbox().deliveries().iter().all(|delivery| delivery.relay == 1), "one serves");

    scene.kill(&mut relays[0]);
    let (took, second) = wait_for_another(&scene, &[1]);
    println!("takeover after a kill: {took:?}");
    assert!(took > Duration::from_secs(5), "its lease lasts for up to 10 s: {took:?}");
    assert!(took <= Duration::from_secs(15), "{took:?}");

    let second = usize::try_from(second).unwrap() - 1;
    assert!(relays[second].is_running());
    stop(&mut relays[second]);
    let (took, third) = wait_for_another(&scene, &[1, u32::try_from(second).unwrap() + 1]);
    println!("takeover after a stop: {took:?}");
    // Mostly less than 1 s. Its lease would last for up to 10 s.
    assert!(took < Duration::from_secs(5), "{took:?}");

    producer.succeeds(LATE);
    scene.wait_delivered(LATE);
    stop(&mut relays[usize::try_from(third).unwrap() - 1]);
    assert_eq!(scene.owner(), None, "it was released");
    scene.finish(false);
}

#[test]
fn a_relay_that_is_killed_does_not_wait_for_its_own_lease() {
    scenes("own lease", &Way::Structured).for_each(own_lease);
}

fn own_lease(mut scene: Scene) {
    let mut producer = scene.producer(1_000, &["--rate", "1000"]);
    let mut relay = scene.relay_named("one", "300s");
    scene.wait("delivering", SOON, |scene| scene.inbox().count() > 100);
    scene.kill(&mut relay);
    let mut relay = scene.relay_named("one", "300s");
    let (took, _) = wait_for_another(&scene, &[1]);
    assert!(took < Duration::from_secs(10), "{took:?}");
    super::complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}

#[test]
fn a_relay_that_was_frozen_for_longer_than_its_lease_moves_nothing() {
    scenes("frozen holder", &Way::Structured).for_each(frozen_holder);
}

fn frozen_holder(mut scene: Scene) {
    let mut producer = scene.producer(6_000, &["--rate", "600"]);
    let mut relays = ["one", "two"].map(|name| scene.relay_named(name, "1s"));
    let name = |at: usize| ["one", "two"][at].to_owned();
    for _ in 0..4 {
        scene.wait("owned", SOON, |scene| scene.owner().is_some());
        let holder = usize::from(scene.owner() == Some(name(1)));
        thread::sleep(scene.random.millis(50..200));
        scene.interrupted();
        relays[holder].freeze();
        let other = name(1 - holder);
        // Also if it was frozen while it wrote its cursor, which then is locked.
        let limit = Duration::from_secs(15);
        scene.wait("taken over", limit, |scene| scene.owner() == Some(other.clone()));
        thread::sleep(scene.random.millis(200..600));
        let held = || relays[holder].log().matches("cursor_lease_awaited").count();
        let before = held();
        relays[holder].thaw();
        // It looks at its lease before it does anything else.
        scene.wait("standing by", SOON, |_| held() > before);
        assert_eq!(scene.owner(), Some(other), "the fence refuses what it writes");
    }
    producer.succeeds(LATE);
    scene.wait_delivered(LATE);
    relays.iter_mut().for_each(stop);
    scene.finish(false);
}

#[test]
fn a_relay_in_standby_rests() {
    let mut scene = scene("rest in standby", &Way::Structured);
    let mut relay = scene.relay_named("one", "10s");
    scene.wait("owned", SOON, |scene| scene.owner().is_some());
    let mut standing_by = scene.relay_named("two", "10s");
    standing_by.wait_for("cursor_lease_awaited", SOON);
    let before = standing_by.sleeps();
    let mut producer = scene.producer(1_000, &["--rate", "500"]);
    producer.succeeds(LATE);
    thread::sleep(Duration::from_secs(1));
    // It looks at the lease twice a second, and at signals 20 times.
    let sleeps = standing_by.sleeps() - before;
    println!("sleeps in standby: {sleeps}");
    assert!(sleeps < 300, "{sleeps} in about three seconds");
    stop(&mut standing_by);
    super::complete(&scene, &mut producer, &mut relay);
    scene.finish(false);
}
