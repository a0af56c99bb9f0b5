//! What the relay needs of memory and of processors.

use super::{LATE, SOON, scene, stop};
use delivery_faults::scene::Scene;
use delivery_faults::settings;
use delivery_faults::target::{Mood, Way};
use std::thread;
use std::time::{Duration, Instant};

/// MiB of memory, at most.
const MEMORY: u64 = 64;

/// How often an idle relay may wake up in a second: it polls four times, looks for parked events
/// four times, measures once, and looks for a signal to stop twenty times.
const WAKES: u64 = 40;

/// Multiplies the newest event until there are so many.
fn multiply(scene: &mut Scene, events: u32) {
    let mut producer = scene.producer(200, &[]);
    producer.succeeds(SOON);
    let sql =
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
        INSERT INTO domain_events (event_id, event_type, event_version, entity_type, entity_id,
            entity_version, occurred_at, recorded_at, envelope)
        SELECT printf('01900000-0000-7000-8000-%012x', n), event_type, event_version, entity_type,
            'many-' || (n % 1000), 1 + n / 1000, occurred_at, recorded_at,
            replace(envelope, event_id, printf('01900000-0000-7000-8000-%012x', n))
        FROM number, (SELECT * FROM domain_events ORDER BY seq DESC LIMIT 1)";
    scene.connect().execute(sql, [events]).unwrap();
}

#[test]
fn a_backlog_needs_little_memory_and_an_idle_relay_little_time() {
    let is_long = settings::rounds().is_some();
    let (events, idle): (u32, u32) = if is_long { (1_000_000, 20) } else { (20_000, 3) };
    for way in [Way::Batch, Way::File] {
        let mut scene = scene(&format!("backlog, {way}"), &way);
        multiply(&mut scene, events);
        if way == Way::Batch {
            scene.inbox().be(Mood::Hangs);
            let relay = scene.relay();
            thread::sleep(Duration::from_secs(idle.min(5).into()));
            assert_eq!(scene.state().parked, 0);
            report(relay.peak_memory(), "a receiver that hangs", events);
            scene.inbox().be(Mood::Gone);
            continue;
        }
        let start = Instant::now();
        let mut relay = scene.relay();
        scene.wait_delivered(LATE + Duration::from_millis(events.into()));
        let took = start.elapsed().as_secs_f64();
        println!("{events} events to a file: {:.0} events/s", f64::from(events) / took);
        report(relay.peak_memory(), "a file", events);

        // Polls become rare.
        thread::sleep(Duration::from_secs(1));
        let (before, asleep) = (relay.processor_time(), relay.sleeps());
        thread::sleep(Duration::from_secs(idle.into()));
        let used = relay.processor_time().saturating_sub(before);
        let wakes = (relay.sleeps() - asleep) / u64::from(idle);
        let percent = 100.0 * used.as_secs_f64() / f64::from(idle);
        println!("idle for {idle} s: {percent:.2} % of a processor, {wakes} wakes a second");
        assert!(wakes <= WAKES, "{wakes} wakes a second");
        // A tick of the clock is a large part of a short measurement.
        assert!(!is_long || percent <= 1.0, "{percent} %");
        stop(&mut relay);
    }
}

fn report(kib: u64, target: &str, events: u32) {
    println!("{events} events wait, {target}: {} MiB at most", kib / 1024);
    assert!(kib / 1024 <= MEMORY, "{kib} KiB");
}
