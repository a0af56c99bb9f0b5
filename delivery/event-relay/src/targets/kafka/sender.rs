//! From batches to the producer.

use super::super::{Batch, Outcome};
use super::producer::{Producer, Waiting};
use super::record::Record;
use super::{KafkaTargetError, KafkaTargetOptions};
use crate::message::Message;
use event_core::record::frame::SchemaId;
use std::sync::{Mutex, PoisonError};

/// Hands the events of batches to a producer, and makes a new one if it has failed.
pub(super) struct Sender {
    options: KafkaTargetOptions,
    producer: Mutex<Producer>,
}

impl Sender {
    pub(super) fn start(options: KafkaTargetOptions) -> Result<Self, KafkaTargetError> {
        let producer = Mutex::new(Producer::start(&options)?);
        Ok(Self { options, producer })
    }

    pub(super) const fn options(&self) -> &KafkaTargetOptions {
        &self.options
    }

    /// Sends a batch, without waiting for the outcome. `schema` has the id of the schema of each
    /// event that is framed.
    pub(super) fn send(&self, batch: Batch, schema: impl Fn(&Message) -> Option<SchemaId>) {
        let messages = batch.messages().to_vec();
        let waiting = Waiting::new(batch);
        let mut producer = self.producer.lock().unwrap_or_else(PoisonError::into_inner);
        if producer.has_failed() {
            match Producer::start(&self.options) {
                Ok(new) => *producer = new,
                Err(error) => {
                    let reason = format!("cannot make a producer: {error}");
                    return waiting.failed(Outcome::Unavailable { reason, retry_after: None });
                }
            }
        }
        for message in &messages {
            match Record::new(message, &self.options, schema(message)) {
                Ok(record) => producer.send(record, &waiting),
                Err(outcome) => waiting.failed(outcome),
            }
        }
    }
}
