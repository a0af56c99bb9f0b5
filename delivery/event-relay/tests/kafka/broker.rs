//! A relay against a real broker that hangs, or is killed.

use crate::cluster::read_plain;
use crate::delivery::check_order;
use crate::shop::Shop;
use crate::{TOPIC, options, target};
use event_relay::TargetOptions;
use event_relay::targets::kafka::KafkaTargetOptions;
use std::thread;
use std::time::Duration;
use test_servers::Kafka;

/// As the fault suite asks for: longer than the requests wait, within the time for the event.
const HANG: Duration = Duration::from_secs(20);

fn place(shop: &mut Shop, revisions: std::ops::RangeInclusive<u32>) {
    for revision in revisions {
        shop.place(&(1..=100).map(|order| (order, revision)).collect::<Vec<_>>());
    }
}

#[test]
fn a_broker_that_hangs_loses_nothing() {
    let Some(kafka) = Kafka::start() else { return };
    kafka.topic(TOPIC, 4);
    for (timeout, hang) in [(KafkaTargetOptions::TIMEOUT, HANG), (Duration::from_secs(2), HANG / 4)]
    {
        let mut shop = Shop::open();
        place(&mut shop, 1..=20);
        let topic = format!("{TOPIC}.{}", timeout.as_secs());
        kafka.topic(&topic, 4);
        let target = target(KafkaTargetOptions {
            timeout,
            topic: crate::topic(&topic),
            ..options(&kafka.url())
        });
        let relay =
            shop.relay().target("stream", target, TargetOptions::default()).start().unwrap();
        let sent = "SELECT count(*) > 0 FROM outbox_cursor WHERE low_seq > 300";
        shop.wait_for(sent, 1);
        kafka.pause();
        place(&mut shop, 21..=40);
        thread::sleep(hang);
        kafka.resume();
        shop.wait_for_cursor("stream", 4_000);
        let ended = relay.stop_within(Duration::from_secs(10));
        assert!(ended.is_complete && ended.failed.is_empty(), "{ended:?}");
        assert_eq!(shop.parked(), Vec::<String>::new());
        let config = rdkafka::ClientConfig::new().set("bootstrap.servers", kafka.url()).clone();
        let records = crate::cluster::read(&config, &topic, 4_000);
        let duplicates = check_order(&records, 100, 40);
        println!("hung for {hang:?} with a time of {timeout:?}: {duplicates} duplicates");
    }
}

/// The broker forgets its topics, so what was acknowledged is gone with it: a real one has it on
/// disk, and what was not acknowledged is sent again.
#[test]
fn a_broker_that_is_killed_gets_the_rest_later() {
    let Some(kafka) = Kafka::start() else { return };
    kafka.topic(TOPIC, 4);
    let mut shop = Shop::open();
    place(&mut shop, 1..=5);
    let target = target(options(&kafka.url()));
    let relay = shop.relay().target("stream", target, TargetOptions::default()).start().unwrap();
    shop.wait_for_cursor("stream", 500);
    assert_eq!(check_order(&read_plain(&kafka.url(), 500), 100, 5), 0);
    kafka.kill();
    place(&mut shop, 6..=10);
    thread::sleep(Duration::from_secs(5));
    shop.wait_for_cursor("stream", 500);
    kafka.restart();
    shop.wait_for_cursor("stream", 1_000);
    relay.stop_within(Duration::from_secs(10));
    assert_eq!(shop.parked(), Vec::<String>::new());
    let records = read_plain(&kafka.url(), 500);
    let revisions: Vec<u64> = {
        let of_one = records.iter().filter(|record| record.key.as_deref() == Some("1"));
        of_one.map(|record| crate::delivery::version(record).1).collect()
    };
    assert_eq!(revisions, [6, 7, 8, 9, 10]);
}
