//! A broker hangs, is killed and refuses.

use super::{LATE, PROGRAMS, SOON, complete, servers};
use delivery_faults::scene::{Scene, State};
use delivery_faults::scrape::{counter, free_address};
use delivery_faults::settings::{self, seed};
use delivery_faults::store::Store;
use delivery_faults::target::Way;
use std::thread;
use std::time::Duration;

/// A broker of the test's own.
enum Broker {
    #[cfg(feature = "nats")]
    Nats(test_servers::Nats),
    #[cfg(feature = "kafka")]
    Kafka(test_servers::Kafka),
}

impl Broker {
    /// Those that are there.
    fn all() -> impl Iterator<Item = Self> {
        #[cfg(feature = "nats")]
        let nats = test_servers::Nats::start().map(Self::Nats);
        #[cfg(not(feature = "nats"))]
        let nats = None;
        #[cfg(feature = "kafka")]
        let kafka = test_servers::Kafka::start().map(Self::Kafka);
        #[cfg(not(feature = "kafka"))]
        let kafka = None;
        [nats, kafka].into_iter().flatten()
    }

    fn way(&self, scene: &str) -> Way {
        match self {
            #[cfg(feature = "nats")]
            Self::Nats(server) => servers::stream(server, scene),
            #[cfg(feature = "kafka")]
            Self::Kafka(server) => servers::topic(server, scene),
        }
    }

    fn pause(&self) {
        match self {
            #[cfg(feature = "nats")]
            Self::Nats(server) => server.pause(),
            #[cfg(feature = "kafka")]
            Self::Kafka(server) => server.pause(),
        }
    }

    fn resume(&self) {
        match self {
            #[cfg(feature = "nats")]
            Self::Nats(server) => server.resume(),
            #[cfg(feature = "kafka")]
            Self::Kafka(server) => server.resume(),
        }
    }
}

/// The databases that are there. `None`: SQLite.
fn stores(scene: &str) -> Vec<Option<Store>> {
    [None].into_iter().chain(servers::database(scene).map(Some)).collect()
}

#[test]
fn a_broker_that_hangs_costs_no_event() {
    for broker in Broker::all() {
        for store in stores("broker hangs") {
            let kind = store.as_ref().map_or("SQLite", Store::kind);
            let name = format!("{kind}, broker hangs");
            let way = broker.way(&name);
            hang(&broker, Scene::new(&format!("{name}, {way}"), PROGRAMS, store, &way, seed()));
        }
    }
}

fn hang(broker: &Broker, mut scene: Scene) {
    let address = free_address();
    scene.configure(&format!("[listen]\naddress = \"{address}\"\n"));
    let pause = if settings::rounds().is_some() { 20 } else { 6 };
    let mut producer = scene.producer(300 * (pause + 4), &["--rate", "300"]);
    let mut relay = scene.relay();
    scene.wait("delivering", SOON, |scene| scene.state().cursor > 300);
    broker.pause();
    // Each time that the relay gives up on an answer, it sends again.
    for _ in 0..pause {
        scene.interrupted();
        thread::sleep(Duration::from_secs(1));
    }
    let State { parked, cursor, newest, .. } = scene.state();
    assert_eq!(parked, 0, "a broker that hangs is no reason to park an event");
    assert!(cursor < newest, "nothing is answered");
    broker.resume();
    producer.succeeds(LATE);
    scene.wait_delivered(LATE);
    let again = counter(address, "event_relay_duplicates_total").unwrap();
    complete(&scene, &mut producer, &mut relay);
    println!("{again} messages were sent again, and the broker had them");
    let row = scene.finish(false);
    assert_eq!(row.verdict.dead, 0);
}

#[cfg(feature = "nats")]
#[test]
fn a_nats_server_that_is_killed_and_started_again_gets_everything() {
    let Some(server) = test_servers::Nats::start() else { return };
    for store in stores("NATS is killed") {
        let kind = store.as_ref().map_or("SQLite", Store::kind);
        let name = format!("{kind}, NATS is killed");
        let way = servers::stream(&server, &name);
        let mut scene = Scene::new(&name, PROGRAMS, store, &way, seed());
        let mut producer = scene.producer(4_000, &["--rate", "1000"]);
        let mut relay = scene.relay();
        scene.wait("delivering", SOON, |scene| scene.state().cursor > 200);
        for _ in 0..5 {
            thread::sleep(scene.random.millis(50..500));
            server.kill();
            thread::sleep(scene.random.millis(50..300));
            server.restart();
        }
        complete(&scene, &mut producer, &mut relay);
        scene.finish(false);
    }
}

#[cfg(feature = "nats")]
#[test]
fn an_event_that_is_too_large_for_nats_stops_its_entity_only() {
    use super::receivers::{Poison, wait_stopped};
    use delivery_faults::oracle::Fact;
    use delivery_faults::target::Target;

    for store in stores("too large") {
        let kind = store.as_ref().map_or("SQLite", Store::kind);
        let name = format!("{kind}, too large for NATS");
        let Some(way) = servers::nats(&name) else { return };
        let mut scene = Scene::new(&name, PROGRAMS, store, &way, seed());
        let Target::Nats(stream) = scene.target() else { unreachable!("the way is NATS") };
        stream.limit_messages(20_000);
        let mut producer = scene.producer(1_000, &["--large", "40000"]);
        producer.succeeds(SOON);
        let is_large = |fact: &&Fact| fact.order == "order-0" && fact.version == 3;
        let poison = Poison::of(&scene, is_large);
        let mut relay = scene.relay();
        wait_stopped(&scene, poison.stopped);

        let Target::Nats(stream) = scene.target() else { unreachable!("the way is NATS") };
        stream.limit_messages(-1);
        scene.operate(&["dead", "requeue", "--seq", &poison.fact.seq.to_string()]);
        scene.wait_delivered(SOON);
        super::stop(&mut relay);
        scene.finish(false);
    }
}
