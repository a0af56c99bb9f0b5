//! Events to a topic of Kafka: many in flight, and one after the other.

use crate::database::source;
use crate::fill::fill;
use crate::memory;
use crate::report::{Report, medians, number};
use event_benches::Target;
use event_relay::Message;
use event_relay::source::EventSource;
use event_relay::targets::kafka::{KafkaTarget, KafkaTargetOptions, TopicTemplate};
use rdkafka::ClientConfig;
use rdkafka::ClientContext;
use rdkafka::config::FromClientConfigAndContext;
use rdkafka::error::KafkaResult;
use rdkafka::message::DeliveryResult;
use rdkafka::producer::{BaseRecord, ProducerContext, ThreadedProducer};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};
use test_servers::Kafka;

const TURNS: usize = 7;
const ORDERS: usize = 1_000;
const EVENTS: usize = 20_000;
/// Of which so many are sent one after the other: they take as long.
const AWAITED: usize = 500;
const PARTITIONS: u32 = 8;

#[derive(Clone, Copy)]
enum Way {
    AwaitEach,
    Target,
}

pub(crate) fn measure() {
    let Some(kafka) = Kafka::start() else { return };
    let messages = messages();
    let mut turn = 0;
    let [peer, ours] = medians(TURNS, [Way::AwaitEach, Way::Target], |way| {
        turn += 1;
        // The broker keeps topics in memory, and is slower the longer one is.
        let topic = format!("events-{turn}");
        kafka.topic(&topic, PARTITIONS);
        match way {
            Way::AwaitEach => await_each(&kafka.url(), &topic, &messages[..AWAITED]),
            Way::Target => by_target(&kafka.url(), &topic, &messages),
        }
    });
    let mut report = Report::new("events");
    let (peer, ours) = (number(AWAITED) / peer, number(EVENTS) / ours);
    report.row("`KafkaTarget`, from memory", ours, peer, Target::AtLeast(50.0));
    let about = format!(
        "peer: each record is awaited before the next one is sent, with the idempotent producer and \
         the `linger.ms` that librdkafka has by default (5); ours has {} in flight",
        KafkaTargetOptions::IN_FLIGHT
    );
    report.print("events to a topic of a Kafka-protocol broker, in memory", &about);
}

fn messages() -> Vec<Arc<Message>> {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("delivery-kafka");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join("shop.db");
    fill(&path, EVENTS, ORDERS).unwrap();
    let read = source(&path.into(), "memory").read(EVENTS, usize::MAX).unwrap();
    let _ = fs::remove_dir_all(&directory);
    read.into_iter().map(|read| read.message).collect()
}

fn by_target(brokers: &str, topic: &str, messages: &[Arc<Message>]) -> Duration {
    let topic = TopicTemplate::parse(topic).unwrap();
    let options = KafkaTargetOptions { topic, ..KafkaTargetOptions::new(brokers) };
    let mut target = KafkaTarget::new(options).unwrap();
    // It connects first, as the peer does.
    memory::publish(&mut target, &messages[..1], None);
    memory::publish(&mut target, messages, None)
}

fn await_each(brokers: &str, topic: &str, messages: &[Arc<Message>]) -> Duration {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", brokers).set("enable.idempotence", "true");
    let (sender, delivered) = channel();
    // Its thread takes the answers, as that of an asynchronous producer does.
    let producer = ThreadedProducer::from_config_and_context(&config, Delivered(sender)).unwrap();
    let send = |message: &Message| {
        let key = message.entity.as_ref().map_or("", |entity| &entity.id);
        let record = BaseRecord::to(topic).key(key).payload(&message.envelope);
        producer.send(record).map_err(drop).unwrap();
        delivered.recv().unwrap().unwrap();
    };
    send(&messages[0]);
    let start = Instant::now();
    for message in messages {
        send(message);
    }
    start.elapsed()
}

/// Says what became of a record.
struct Delivered(Sender<KafkaResult<()>>);

impl ClientContext for Delivered {}

impl ProducerContext for Delivered {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        let result = result.as_ref().map(drop).map_err(|(error, _)| error.clone());
        let _ = self.0.send(result);
    }
}
