//! The order of each entity's events behind a relay, whatever the server does.

use crate::broker::Broker;
use crate::shop::Shop;
use async_nats::jetstream::stream::Config;
use event_relay::TargetOptions;
use event_relay::targets::nats::NatsTargetOptions;
use std::collections::BTreeMap;
use std::time::Duration;
use std::{iter, thread};

const ENTITIES: u32 = 40;
const CHANGES: u32 = 50;
const EVENTS: u32 = ENTITIES * CHANGES;

/// The first occurrences of each entity's events are its changes in order, and none is missing.
fn check(broker: &Broker) {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for stored in broker.stored() {
        let envelope: serde_json::Value = serde_json::from_slice(&stored.payload).unwrap();
        let revision = envelope["entity"]["version"].as_u64().unwrap();
        let entity = seen.entry(envelope["entity"]["id"].to_string()).or_default();
        assert!(revision <= *entity + 1, "{revision} after {entity}");
        *entity = revision.max(*entity);
    }
    assert_eq!(seen.len(), ENTITIES as usize);
    assert!(seen.values().all(|last| *last == u64::from(CHANGES)), "{seen:?}");
}

fn fill(shop: &mut Shop) {
    for revision in 1..=CHANGES {
        let orders: Vec<(u32, u32)> = (1..=ENTITIES).zip(iter::repeat(revision)).collect();
        shop.place(&orders);
    }
}

#[test]
fn a_server_is_killed_and_silent_while_a_relay_publishes() {
    let Some(broker) = Broker::start() else { return };
    // The stream leaves out nothing, so that the test sees each duplicate.
    broker.stream(Config { duplicate_window: Duration::from_millis(100), ..Config::default() });
    let mut shop = Shop::open();
    fill(&mut shop);
    let timeout = Duration::from_millis(300);
    let options = NatsTargetOptions { timeout, in_flight: 16, ..broker.options() };
    let target = crate::broker::target(options);
    let relay = shop.relay().target("nats", target, TargetOptions::default()).start().unwrap();
    for round in 0..6 {
        thread::sleep(Duration::from_millis(30));
        if round % 2 == 0 {
            broker.nats.kill();
            broker.nats.restart();
        } else {
            broker.nats.pause();
            thread::sleep(timeout * 2);
            broker.nats.resume();
        }
    }
    shop.wait_for_cursor("nats", EVENTS.into());
    assert!(shop.parked().is_empty(), "no event is to blame");
    assert!(relay.stop_within(Duration::from_secs(5)).is_complete);
    check(&broker);
}

/// Two targets of one relay: what one of them has in flight does not hold back the other.
#[test]
fn a_target_that_is_away_holds_back_itself_only() {
    let (Some(broker), Some(away)) = (Broker::with_stream(), Broker::with_stream()) else { return };
    away.nats.kill();
    let mut shop = Shop::open();
    fill(&mut shop);
    let targets = [("nats", &broker), ("away", &away)];
    let relay = targets.into_iter().fold(shop.relay(), |relay, (name, broker)| {
        relay.target(name, crate::broker::target(broker.options()), TargetOptions::default())
    });
    let relay = relay.start().unwrap();
    shop.wait_for_cursor("nats", EVENTS.into());
    shop.wait_for_cursor("away", 0);
    away.nats.restart();
    shop.wait_for_cursor("away", EVENTS.into());
    drop(relay);
    check(&broker);
    check(&away);
}
