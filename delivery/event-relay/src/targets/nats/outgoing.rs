//! An event as a NATS message: the binary mode of the NATS protocol binding of `CloudEvents`.

use super::super::cloud_event::{CloudEvent, header_value};
use super::super::{Outcome, raise};
use super::NatsTargetOptions;
use super::subject::MOST_BYTES;
use crate::message::Message;
use async_nats::header::{NATS_EXPECTED_STREAM, NATS_MESSAGE_ID};
use async_nats::{HeaderMap, HeaderName, Subject};

/// An event, ready to be sent.
pub(super) struct Outgoing {
    pub(super) subject: Subject,
    pub(super) headers: HeaderMap,
    pub(super) payload: Vec<u8>,
    /// The bytes of the headers and the payload, as the server counts them.
    pub(super) bytes: usize,
}

impl Outgoing {
    /// Writes the message of an event. `max_payload`: the bytes that the server takes.
    ///
    /// # Errors
    ///
    /// What becomes of an event that cannot be sent.
    pub(super) fn new(
        options: &NatsTargetOptions,
        message: &Message,
        max_payload: usize,
    ) -> Result<Self, Outcome> {
        let unsendable = |reason: String| Outcome::Unsendable { reason };
        let event = CloudEvent::new(message, options.source.as_deref())?;
        let subject = options.subject.of(message).ok_or_else(|| {
            unsendable("the name of the event cannot be a part of a subject".to_owned())
        })?;
        if subject.len() > MOST_BYTES {
            let bytes = subject.len();
            let reason = format!("the subject has {bytes} bytes; it may have {MOST_BYTES}");
            return Err(unsendable(reason));
        }
        let mut headers = Headers::default();
        headers.add(NATS_MESSAGE_ID, header_value(message.event_id.as_str().into()));
        if let Some(stream) = &options.stream {
            headers.add(NATS_EXPECTED_STREAM, stream.clone());
        }
        let payload = event.data.as_bytes().to_vec();
        for (name, value) in event.into_headers() {
            headers.add(HeaderName::from_static(name), value);
        }
        let bytes = headers.bytes + payload.len();
        if bytes > max_payload {
            return Err(unsendable(format!(
                "the event has {bytes} bytes with its headers; the server takes {max_payload} \
                 (`max_payload`){}",
                raise("`max_payload` of the server")
            )));
        }
        Ok(Self { subject: subject.into(), headers: headers.map, payload, bytes })
    }
}

/// Headers, and the bytes that they have on the wire.
struct Headers {
    map: HeaderMap,
    bytes: usize,
}

impl Default for Headers {
    fn default() -> Self {
        Self { map: HeaderMap::new(), bytes: "NATS/1.0\r\n\r\n".len() }
    }
}

impl Headers {
    fn add(&mut self, name: HeaderName, value: String) {
        self.bytes += AsRef::<str>::as_ref(&name).len() + value.len() + ": \r\n".len();
        self.map.insert(name, value);
    }
}
