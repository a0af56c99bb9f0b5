//! An event as a record of a topic.

use super::super::cloud_event::CloudEvent;
use super::super::{MAX_EVENT_BYTES, Outcome, raise};
use super::KafkaTargetOptions;
use crate::message::Message;
use event_core::record::frame::{self, SchemaId};
use event_grammar::harmless;
use rdkafka::message::{Header, OwnedHeaders};
use std::borrow::Cow;

/// An event as a record. Its headers are those of the Kafka protocol binding of `CloudEvents`, 3.2.
pub(super) struct Record<'m> {
    pub(super) topic: String,
    /// The id of the entity: an attribute `partitionkey` is the key (Kafka protocol binding, 3.1).
    pub(super) key: Option<&'m str>,
    pub(super) headers: OwnedHeaders,
    pub(super) value: Cow<'m, [u8]>,
    /// The bytes of key, headers and value.
    pub(super) bytes: usize,
}

impl<'m> Record<'m> {
    /// The record, or what becomes of an event that is none. With a schema, its value is framed.
    pub(super) fn new(
        message: &'m Message,
        options: &KafkaTargetOptions,
        schema: Option<SchemaId>,
    ) -> Result<Self, Outcome> {
        let topic = options.topic.topic(message).ok_or_else(|| {
            let kind = message.entity.as_ref().map_or("none", |entity| &entity.kind);
            let kind = harmless(kind, 80);
            Outcome::Unsendable {
                reason: format!(
                    "`topic` gives no name of a topic for an event with the entity type `{kind}`"
                ),
            }
        })?;
        let event = CloudEvent::new(message, options.source.as_deref())?;
        let key = message.entity.as_ref().map(|entity| &*entity.id);
        let envelope = message.envelope.as_bytes();
        let value = schema.map_or(Cow::Borrowed(envelope), |id| {
            let mut framed = Vec::new();
            frame::encode(id, envelope, &mut framed);
            framed.into()
        });
        let mut headers = OwnedHeaders::new_with_capacity(16);
        let mut bytes = key.map_or(0, str::len) + value.len();
        let mut name = "ce_".to_owned();
        for (header, value) in event.plain_headers() {
            let key = header.strip_prefix("ce-").map_or(header, |attribute| {
                name.truncate(3);
                name.push_str(attribute);
                &name
            });
            headers = headers.insert(Header { key, value: Some(value) });
            bytes += key.len() + value.len();
        }
        if bytes > options.max_event_bytes {
            let limit = options.max_event_bytes;
            let help = raise(MAX_EVENT_BYTES);
            let reason = format!("the event has {bytes} bytes; `max_event_bytes` is {limit}{help}");
            return Err(Outcome::Unsendable { reason });
        }
        Ok(Self { topic, key, headers, value, bytes })
    }
}
