//! How long an event is on its way, from its commit to the target, while other transactions stay
//! open.

use super::{PROGRAMS, SOON, servers, stop};
use delivery_faults::random::Random;
use delivery_faults::scene::Scene;
use delivery_faults::settings::{self, seed};
use delivery_faults::shop::{Habits, Shop};
use delivery_faults::store::{Session, Store};
use delivery_faults::target::Way;
use std::thread;
use std::time::{Duration, Instant};
use test_servers::Postgres;

/// For how long the transactions stay open.
const OPEN: Duration = Duration::from_secs(3);

/// The longest that the others may take, 99 of 100 of them: in the long run, and beside other tests.
/// If they waited for the transaction, it would never end.
const LIMITS: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(2)];

#[test]
fn a_transaction_that_stays_open_delays_no_other() {
    let Some(server) = Postgres::shared() else { return };
    let stream = servers::nats("open transactions");
    for way in [Some(Way::File), stream].into_iter().flatten() {
        let name = format!("open transactions, {way}");
        let store = Store::of(&server.database(&name));
        let mut scene = Scene::new(&name, PROGRAMS, Some(store), &way, seed());
        let habits = Habits { rolled_back: 0, savepoints: 0, ..Habits::default() };
        let mut shop = Shop::open(scene.store(), habits, seed()).unwrap();
        let mut relay = scene.relay();
        relay.wait_for("relay_started", SOON);
        let before = delays(&scene, &mut shop);

        // It has a place in the outbox, which stays empty as long as it is open.
        let open = Session::open(&scene.store().location());
        open.execute(
            "BEGIN; INSERT INTO domain_events (event_id, event_type, event_version, entity_type,
                entity_id, entity_version, occurred_at, recorded_at, envelope)
            SELECT '01900000-0000-7000-8000-000000000001', event_type, event_version, entity_type,
                'held', 1, occurred_at, recorded_at, replace(envelope::text, event_id::text,
                    '01900000-0000-7000-8000-000000000001')::json
            FROM domain_events ORDER BY seq DESC LIMIT 1",
        );
        let elsewhere = Session::open(&server.url());
        elsewhere.execute("BEGIN; SELECT pg_current_xact_id()");
        let during = delays(&scene, &mut shop);
        elsewhere.execute("ROLLBACK");
        open.execute("COMMIT");

        println!("{name}: before {}; while two are open {}", show(&before), show(&during));
        let limit = LIMITS[usize::from(settings::rounds().is_none())];
        assert!(percentile(&during, 99) < limit, "{during:?}");
        scene.wait_delivered(SOON);
        stop(&mut relay);
        scene.finish(false);
    }
}

/// The times from commits to their arrival, sorted.
fn delays(scene: &Scene, shop: &mut Shop) -> Vec<Duration> {
    let mut count = scene.target().counter();
    let mut random = Random::new(seed());
    let mut expected = count();
    let (begun, mut delays) = (Instant::now(), Vec::new());
    while begun.elapsed() < OPEN {
        // Also when the relay looks rarely, because nothing has come.
        thread::sleep(random.millis(1..50));
        expected += shop.change().unwrap();
        let committed = Instant::now();
        while count() < expected {
            assert!(committed.elapsed() < SOON, "it does not arrive");
            thread::sleep(Duration::from_millis(1));
        }
        delays.push(committed.elapsed());
    }
    delays.sort_unstable();
    delays
}

fn percentile(delays: &[Duration], percent: usize) -> Duration {
    delays[(delays.len() * percent / 100).min(delays.len() - 1)]
}

fn show(delays: &[Duration]) -> String {
    let [middle, high, most] = [50, 99, 100].map(|percent| percentile(delays, percent));
    format!("{} events, p50 {middle:.1?}, p99 {high:.1?}, most {most:.1?}", delays.len())
}
