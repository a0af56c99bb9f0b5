//! The Kafka target against the mock cluster of librdkafka, and against a real broker.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test")]

mod broker;
mod cluster;
mod delivery;
mod errors;
#[path = "../messages/mod.rs"]
mod messages;
mod options;
mod records;
mod registry;
mod security;
#[path = "../relay/shop.rs"]
mod shop;

use event_relay::Message;
use event_relay::targets::kafka::{KafkaTarget, KafkaTargetOptions, TopicTemplate};
use event_relay::targets::{Batch, Outcome, Target};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

/// The topic of most tests.
const TOPIC: &str = "events.order";

/// How long a test waits for what must happen.
const LONG: Duration = Duration::from_secs(60);

/// The options of most tests: brokers that are away are noticed soon.
fn options(brokers: &str) -> KafkaTargetOptions {
    KafkaTargetOptions { timeout: Duration::from_secs(3), ..KafkaTargetOptions::new(brokers) }
}

fn target(options: KafkaTargetOptions) -> KafkaTarget {
    KafkaTarget::new(options).unwrap()
}

fn topic(template: &str) -> TopicTemplate {
    TopicTemplate::parse(template).unwrap()
}

/// Publishes messages, each as a batch of its own, and returns the outcomes in their order.
fn publish(target: &mut KafkaTarget, messages: impl IntoIterator<Item = Message>) -> Vec<Outcome> {
    let (sender, answers) = channel();
    let mut sent = 0;
    for message in messages {
        let (sender, number) = (sender.clone(), sent);
        let reply = move |outcome| sender.send((number, outcome)).unwrap();
        target.publish(Batch::new(vec![Arc::new(message)], reply));
        sent += 1;
    }
    let mut outcomes: Vec<(usize, Outcome)> =
        (0..sent).map(|_| answers.recv_timeout(LONG).unwrap()).collect();
    outcomes.sort_by_key(|(number, _)| *number);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn publish_one(target: &mut KafkaTarget, message: Message) -> Outcome {
    publish(target, [message]).remove(0)
}
