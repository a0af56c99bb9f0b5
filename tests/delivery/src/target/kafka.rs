//! A topic of Kafka.

use super::message::delivery;
use crate::oracle::Delivery;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use std::iter;
use std::time::Duration;

/// How long the broker may take for an answer.
const ANSWER: Duration = Duration::from_secs(30);

/// After what time without a message the topic has no more. The broker of the tests does not say
/// where a partition ends: it counts batches.
const SILENCE: Duration = Duration::from_secs(3);

/// A topic.
pub struct Topic {
    broker: String,
    name: String,
}

impl Topic {
    pub(super) fn new(broker: &str, name: &str) -> Self {
        Self { broker: broker.to_owned(), name: name.to_owned() }
    }

    /// The lines of a relay's configuration.
    pub(super) fn config(&self) -> String {
        let Self { broker, name } = self;
        format!("type = \"kafka\"\nbrokers = \"{broker}\"\ntopic = \"{name}\"\n")
    }

    /// All messages. Those of an order are in one partition, and so in their order.
    pub(super) fn read(&self) -> Vec<Delivery> {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.broker).set("group.id", "oracle");
        config.set("enable.auto.commit", "false");
        let consumer: BaseConsumer = config.create().expect("a consumer");
        let metadata = consumer.fetch_metadata(Some(&self.name), ANSWER).expect("the broker");
        let topic = metadata.topics().first().expect("the topic");
        let mut places = TopicPartitionList::new();
        for partition in topic.partitions() {
            let begin = Offset::Beginning;
            places.add_partition_offset(&self.name, partition.id(), begin).expect("a place");
        }
        consumer.assign(&places).expect("the partitions are there");
        let messages = iter::from_fn(|| consumer.poll(SILENCE));
        let payload =
            |message: BorrowedMessage<'_>| delivery(message.payload().unwrap_or_default());
        messages.map(|message| payload(message.expect("a message"))).collect()
    }
}
