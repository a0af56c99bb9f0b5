//! An event as a `CloudEvent` 1.0.2.
//!
//! | attribute | value |
//! | --- | --- |
//! | `id` | the id of the event |
//! | `source` | as configured, or `/` and the service that emitted the event |
//! | `type` | the name of the event, with dots |
//! | `datacontenttype` | `application/json` |
//! | `dataschema` | the `$id` of the exported schema: `urn:event:NAME:VERSION:envelope:write` |
//! | `subject` | the type of the entity, `/`, its id |
//! | `time` | when it happened |
//! | `partitionkey` | the id of the entity (extension "partitioning") |
//! | `recordedtime` | when it was recorded (extension "recorded time") |
//! | `sequence` | the place in the outbox, 19 digits (extension "sequence": in lexical order) |
//! | `traceparent` | the trace and the span (extension "distributed tracing") |
//! | data | the envelope, as it was written |
//!
//! An attribute without a value is left out. The command `validate` accepts it all.

use super::Outcome;
use crate::message::Message;
use event_core::read::Object;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A `CloudEvent`: its attributes, `specversion` first, and its data.
pub(super) struct CloudEvent<'m> {
    attributes: Vec<(Attribute, Cow<'m, str>)>,
    /// The envelope.
    pub(super) data: &'m str,
}

/// An attribute, as the formats name it.
#[derive(Clone, Copy)]
struct Attribute {
    /// In the JSON format.
    name: &'static str,
    /// As a header of HTTP and NATS in the binary mode (protocol bindings, 3.1).
    header: &'static str,
}

/// The attributes that an event has: constants with their names in each format.
macro_rules! attributes {
    ($($constant:ident = $name:literal, $header:expr;)*) => {
        $(const $constant: Attribute = Attribute { name: $name, header: $header };)*
    };
}

attributes! {
    SPEC_VERSION = "specversion", "ce-specversion";
    ID = "id", "ce-id";
    SOURCE = "source", "ce-source";
    TYPE = "type", "ce-type";
    DATA_CONTENT_TYPE = "datacontenttype", "content-type";
    DATA_SCHEMA = "dataschema", "ce-dataschema";
    TIME = "time", "ce-time";
    RECORDED_TIME = "recordedtime", "ce-recordedtime";
    SEQUENCE = "sequence", "ce-sequence";
    SUBJECT = "subject", "ce-subject";
    PARTITION_KEY = "partitionkey", "ce-partitionkey";
    TRACE_PARENT = "traceparent", "ce-traceparent";
}

/// Why an event is no `CloudEvent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotMapped {
    /// The event names no service, and no source is configured.
    NoSource,
    /// The envelope is not a JSON object.
    NoEnvelope,
}

impl From<NotMapped> for Outcome {
    fn from(why: NotMapped) -> Self {
        match why {
            NotMapped::NoEnvelope => {
                Self::Unsendable { reason: "the envelope is not a JSON object".to_owned() }
            }
            NotMapped::NoSource => Self::Unavailable {
                reason:
                    "the envelope has no `context.service`\nhelp: configure the `source` of the \
                         target, or give the emitter a name with `Builder::service`"
                        .to_owned(),
                retry_after: None,
            },
        }
    }
}

/// The media type of the data.
const DATA: &str = "application/json";

impl<'m> CloudEvent<'m> {
    pub(super) fn new(message: &'m Message, source: Option<&'m str>) -> Result<Self, NotMapped> {
        let written = Written::read(&message.envelope).ok_or(NotMapped::NoEnvelope)?;
        let source = match source {
            Some(source) => Cow::Borrowed(source),
            None => service(written.service).ok_or(NotMapped::NoSource)?.into(),
        };
        let snake = message.event_type.replace('.', "_");
        let schema = format!("urn:event:{snake}:{}:envelope:write", message.event_version);
        let mut attributes: Vec<(Attribute, Cow<'m, str>)> = Vec::with_capacity(12);
        attributes.extend([
            (SPEC_VERSION, "1.0".into()),
            (ID, message.event_id.as_str().into()),
            (SOURCE, source),
            (TYPE, message.event_type.as_str().into()),
            (DATA_CONTENT_TYPE, DATA.into()),
            (DATA_SCHEMA, schema.into()),
        ]);
        attributes.extend(written.occurred_at.map(|time| (TIME, time)));
        attributes.extend(written.recorded_at.map(|time| (RECORDED_TIME, time)));
        attributes.push((SEQUENCE, format!("{:019}", message.seq).into()));
        if let Some(entity) = &message.entity {
            attributes.push((SUBJECT, text(format!("{}/{}", entity.kind, entity.id).into())));
            if !entity.id.is_empty() {
                attributes.push((PARTITION_KEY, text(entity.id.as_str().into())));
            }
        }
        if let Some(parent) = trace_parent(written.trace_id, written.span_id) {
            attributes.push((TRACE_PARENT, parent.into()));
        }
        Ok(Self { attributes, data: &message.envelope })
    }

    /// The attributes as headers of the binary mode, with values that HTTP and NATS allow.
    pub(super) fn into_headers(self) -> impl Iterator<Item = (&'static str, String)> {
        self.attributes
            .into_iter()
            .map(|(attribute, value)| (attribute.header, header_value(value)))
    }

    /// The attributes as headers with plain values: Kafka's are any UTF-8 (protocol binding, 3.2.3).
    #[cfg(feature = "kafka")]
    pub(super) fn plain_headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.attributes.iter().map(|(attribute, value)| (attribute.header, &**value))
    }

    /// The event in the JSON format: one object, with the envelope in `data`.
    pub(super) fn json(&self) -> String {
        let mut json = String::with_capacity(self.data.len() + 700);
        json.push('{');
        for (Attribute { name, .. }, value) in &self.attributes {
            // A text is written as a JSON string.
            let _ = write!(json, "\"{name}\":{},", serde_json::Value::from(&**value));
        }
        json.push_str("\"data\":");
        json.push_str(self.data);
        json.push('}');
        json
    }
}

/// What an envelope has that is an attribute.
#[derive(Default)]
struct Written<'m> {
    occurred_at: Option<Cow<'m, str>>,
    recorded_at: Option<Cow<'m, str>>,
    service: Option<Cow<'m, str>>,
    trace_id: Option<Cow<'m, str>>,
    span_id: Option<Cow<'m, str>>,
}

impl<'m> Written<'m> {
    /// `None` if the envelope is not an object. A member that is no text counts as left out: the
    /// contract judges members.
    fn read(envelope: &'m str) -> Option<Self> {
        let mut envelope = Object::parse(envelope).ok()?;
        let mut written = Self {
            occurred_at: member(&mut envelope, "occurred_at"),
            recorded_at: member(&mut envelope, "recorded_at"),
            ..Self::default()
        };
        let context = envelope.take("context", &[]).ok().flatten();
        if let Some(mut context) = context.and_then(|context| context.object().ok()) {
            written.service = member(&mut context, "service");
            written.trace_id = member(&mut context, "trace_id");
            written.span_id = member(&mut context, "span_id");
        }
        Some(written)
    }
}

fn member<'m>(object: &mut Object<'m>, key: &str) -> Option<Cow<'m, str>> {
    object.take(key, &[]).ok()??.text().ok()
}

/// `/` and the service, as a URI reference.
fn service(service: Option<Cow<'_, str>>) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let service = service.filter(|service| !service.is_empty())?;
    Some(format!("/{}", percent_encoded(&service, is_plain)))
}

/// `traceparent` (W3C Trace Context), with the flag "sampled": a record was made.
fn trace_parent(trace: Option<Cow<'_, str>>, span: Option<Cow<'_, str>>) -> Option<String> {
    let is_id = |id: &str, length| {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        id.len() == length && id.bytes().all(is_hex) && id.bytes().any(|byte| byte != b'0')
    };
    let (trace, span) = (trace?, span?);
    (is_id(&trace, 32) && is_id(&span, 16)).then(|| format!("00-{trace}-{span}-01"))
}

/// A text without the characters that an attribute must not have (`CloudEvents` 1.0.2, 2.2: control
/// characters and non-characters). They are percent-encoded.
fn text(value: Cow<'_, str>) -> Cow<'_, str> {
    let is_refused = |char: char| {
        let code = u32::from(char);
        char.is_control() || (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
    };
    if !value.chars().any(is_refused) {
        return value;
    }
    let mut text = String::with_capacity(value.len() + 8);
    for char in value.chars() {
        if is_refused(char) {
            text.push_str(&percent_encoded(char.encode_utf8(&mut [0; 4]), |_| false));
        } else {
            text.push(char);
        }
    }
    text.into()
}

/// A text as the value of a header (HTTP and NATS protocol bindings, 3.1.3.2).
pub(super) fn header_value(text: Cow<'_, str>) -> String {
    if text.bytes().all(is_plain_in_header) {
        return text.into();
    }
    percent_encoded(&text, is_plain_in_header)
}

const fn is_plain_in_header(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'"' && byte != b'%'
}

/// The text with each byte that is not `plain` as `%XX`.
pub(super) fn percent_encoded(text: &str, plain: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if plain(byte) {
            encoded.push(byte.into());
        } else {
            // Writing to a text does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Whether a text is a URI reference (RFC 3986, appendix A) by its characters, and not empty.
pub(crate) fn is_uri_reference(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_of_a_uri = |(at, byte): (usize, &u8)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        byte => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(byte),
    };
    !bytes.is_empty() && bytes.iter().enumerate().all(is_of_a_uri)
}
