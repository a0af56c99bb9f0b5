//! Events as `CloudEvents` 1.0.2 in topics of Kafka. Feature `kafka`.
//!
//! [`KafkaTarget`] sends each event as one record, in the binary mode of the Kafka protocol binding
//! 1.0.2 of `CloudEvents`:
//!
//! | part of the record | what it has |
//! | --- | --- |
//! | topic | [`KafkaTargetOptions::topic`]: `events.{entity_type}`, unless it is configured |
//! | key | the id of the entity; none if the event has no entity |
//! | headers | `ce_` and the name of each attribute, as of an [HTTP](super::http) target; `content-type` |
//! | value | the envelope; with a [registry](KafkaTargetOptions::registry), in its wire frame |
//!
//! # Guarantees
//!
//! - An event is delivered when every replica in sync has it (`acks=all`), at least once. What
//!   librdkafka sends again by itself, the brokers write once (`enable.idempotence`). What the relay
//!   sends again may be there twice, with the same `ce_id`: after [`KafkaTargetOptions::timeout`],
//!   after a fatal error of the producer, or after a restart of the relay.
//! - Events of one entity arrive in order: they have one key, so one partition, and the relay has
//!   one of them in flight. Many entities are in flight at once.
//! - [`publish`](Target::publish) never waits for a broker, and every batch is answered.
//! - What an error means:
//!
//! | error | outcome |
//! | --- | --- |
//! | the event is larger than `max_event_bytes`, or than the topic allows; its record breaks a rule of the topic; it has no valid topic | the event is refused |
//! | no broker, no answer in time, too few replicas, an unknown topic, no permission, a full queue | sent again: no event is to blame |
//! | the registry has no schema of the event's version | the event is refused |
//! | the registry is away, or refuses the credentials | sent again |
//! | a fatal error of the idempotent producer | the producer is made anew, and the events are sent again |
//!
//! - No reason and no `Debug` output has a password or a part of an event. The log lines of
//!   librdkafka are dropped.

mod error;
mod lookups;
mod options;
mod outcome;
mod producer;
mod properties;
mod record;
mod registry;
mod sender;
mod topic;

pub use error::KafkaTargetError;
pub use options::{KafkaMechanism, KafkaSasl, KafkaTargetOptions, KafkaTls};
pub use properties::{InvalidProperty, KafkaProperty};
pub use registry::{InvalidSchemaSubject, KafkaRegistry, SchemaSubject};
pub use topic::{InvalidTopic, TopicTemplate};

use super::{Batch, Limits, Target};
use lookups::Lookups;
use sender::Sender;
use std::fmt;
use std::sync::Arc;

/// Sends events to Kafka. See the [module](self).
pub struct KafkaTarget {
    sender: Arc<Sender>,
    registry: Option<Lookups>,
}

impl KafkaTarget {
    /// Makes the target. It connects in the background: brokers and a registry that are away are no
    /// error.
    ///
    /// # Errors
    ///
    /// If an option is not valid, a file of certificates or keys cannot be used, or a thread cannot
    /// be spawned.
    pub fn new(options: KafkaTargetOptions) -> Result<Self, KafkaTargetError> {
        let sender = Arc::new(Sender::start(options)?);
        let registry = sender.options().registry.as_ref();
        let registry = registry.map(|registry| Lookups::start(registry, Arc::clone(&sender)));
        Ok(Self { registry: registry.transpose()?, sender })
    }
}

impl Target for KafkaTarget {
    /// One event a batch: of two records of one key in flight, the brokers may refuse the first and
    /// take the second.
    fn limits(&self) -> Limits {
        let in_flight = self.sender.options().in_flight.max(1);
        Limits { in_flight, events: 1, bytes: usize::MAX }
    }

    fn publish(&mut self, batch: Batch) {
        match &self.registry {
            None => self.sender.send(batch, |_| None),
            Some(registry) => registry.publish(batch),
        }
    }
}

impl fmt::Debug for KafkaTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KafkaTarget")
            .field("options", self.sender.options())
            .finish_non_exhaustive()
    }
}
