//! The mock cluster of librdkafka, and a consumer.

use crate::{LONG, TOPIC};
use rdkafka::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{Headers, Message as _};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use std::time::{Duration, Instant};

pub(crate) type Cluster = MockCluster<'static, DefaultProducerContext>;

/// A cluster of one broker with [`TOPIC`], of four partitions.
pub(crate) fn cluster() -> Cluster {
    let cluster = MockCluster::new(1).unwrap();
    cluster.create_topic(TOPIC, 4, 1).unwrap();
    cluster
}

/// A record as a consumer reads it.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    pub(crate) partition: i32,
    pub(crate) key: Option<String>,
    /// Names and values, in their order.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) value: Vec<u8>,
}

impl Read {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Reads the records of a topic from its beginning: `least` of them, and what comes within half a
/// second behind them.
pub(crate) fn read(config: &ClientConfig, topic: &str, least: usize) -> Vec<Read> {
    let mut config = config.clone();
    let consumer: BaseConsumer = config.set("group.id", "test").create().unwrap();
    let mut all = TopicPartitionList::new();
    let metadata = consumer.fetch_metadata(Some(topic), LONG).unwrap();
    for partition in metadata.topics()[0].partitions() {
        all.add_partition_offset(topic, partition.id(), Offset::Beginning).unwrap();
    }
    consumer.assign(&all).unwrap();
    let (mut found, until) = (Vec::new(), Instant::now() + LONG);
    while Instant::now() < until {
        match consumer.poll(Duration::from_millis(500)) {
            None if found.len() >= least => return found,
            None | Some(Err(_)) => {}
            Some(Ok(message)) => {
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                let headers = message.headers().unwrap().iter();
                let pair = |header: rdkafka::message::Header<'_, &[u8]>| {
                    (header.key.to_owned(), text(header.value.unwrap()))
                };
                found.push(Read {
                    partition: message.partition(),
                    key: message.key().map(text),
                    headers: headers.map(pair).collect(),
                    value: message.payload().unwrap().to_vec(),
                });
            }
        }
    }
    panic!("{} of {least} records were read", found.len());
}

/// Reads [`TOPIC`] of brokers without TLS.
pub(crate) fn read_plain(brokers: &str, least: usize) -> Vec<Read> {
    read(ClientConfig::new().set("bootstrap.servers", brokers), TOPIC, least)
}
