//! Further properties of librdkafka.

use super::KafkaTargetError;
use rdkafka::ClientConfig;
use std::fmt;

/// A property of librdkafka, by its name in
/// [CONFIGURATION.md](https://github.com/confluentinc/librdkafka/blob/v2.12.1/CONFIGURATION.md). It
/// changes how fast events are sent, not what is guaranteed.
///
/// ```
/// use event_relay::targets::kafka::KafkaProperty;
///
/// assert!(KafkaProperty::new("compression.type", "lz4").is_ok());
/// let error = KafkaProperty::new("acks", "1").unwrap_err().to_string();
/// assert!(error.starts_with("the property `acks` is not for a configuration: the guarantees"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KafkaProperty {
    name: String,
    value: String,
}

/// What is wrong with a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidProperty {
    /// What the relay guarantees depends on it.
    Guarantee,
    /// The target has an option of its own for it.
    Option {
        /// The key of the option in the configuration.
        key: &'static str,
    },
    /// It is not one of those that only change how fast events are sent.
    NotAllowed,
    /// librdkafka does not take this value.
    Value,
}

/// The properties that only change how fast events are sent, by how their names begin. A list of
/// those that break something would miss what a later librdkafka adds.
const ALLOWED: &[&str] = &[
    "api.version.",
    "batch.num.messages",
    "batch.size",
    "broker.address.",
    "client.",
    "compression.",
    "connections.max.idle.ms",
    "linger.ms",
    "metadata.max.age.ms",
    "metadata.recovery.",
    "partitioner",
    "queue.buffering.max.ms",
    "reconnect.backoff.",
    "retry.backoff.",
    "socket.",
    "sticky.partitioning.linger.ms",
    "topic.metadata.",
];

/// The properties for which the target has an option, by how their names begin.
const OPTIONS: &[(&str, &str)] = &[
    ("bootstrap.servers", "brokers"),
    ("delivery.timeout.ms", "timeout"),
    ("message.max.bytes", "max_event_bytes"),
    ("message.timeout.ms", "timeout"),
    ("metadata.broker.list", "brokers"),
    ("queue.buffering.max.messages", "in_flight"),
    ("sasl.", "auth"),
    ("security.protocol", "tls"),
    ("ssl.", "tls"),
];

/// The properties that break what is guaranteed: that an event is written durably, once, in order,
/// and that its delivery is reported.
const GUARANTEES: &[&str] = &[
    "acks",
    "delivery.report.only.error",
    "enable.gapless.guarantee",
    "enable.idempotence",
    "enable.ssl.certificate.verification",
    "max.in.flight",
    "max.in.flight.requests.per.connection",
    "message.send.max.retries",
    "queuing.strategy",
    "request.required.acks",
    "retries",
    "transactional.id",
];

impl KafkaProperty {
    /// A property with a value that librdkafka takes.
    ///
    /// # Errors
    ///
    /// [`KafkaTargetError::Property`]. The message does not have the value.
    pub fn new(name: &str, value: &str) -> Result<Self, KafkaTargetError> {
        let invalid = |why| KafkaTargetError::Property { name: name.to_owned(), why };
        if GUARANTEES.contains(&name) || (name == "partitioner" && value == "random") {
            return Err(invalid(InvalidProperty::Guarantee));
        }
        if let Some((_, key)) = OPTIONS.iter().find(|(start, _)| name.starts_with(start)) {
            return Err(invalid(InvalidProperty::Option { key }));
        }
        if !ALLOWED.iter().any(|start| name.starts_with(start)) {
            return Err(invalid(InvalidProperty::NotAllowed));
        }
        if ClientConfig::new().set(name, value).create_native_config().is_err() {
            return Err(invalid(InvalidProperty::Value));
        }
        Ok(Self { name: name.to_owned(), value: value.to_owned() })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value. It is no secret: properties with secrets are refused.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl InvalidProperty {
    /// What to do.
    pub fn help(self) -> String {
        match self {
            Self::Option { key } => format!("write `{key}` in the table of the target"),
            Self::Guarantee => "remove it".to_owned(),
            Self::NotAllowed => format!("the properties begin with {}", ALLOWED.join(", ")),
            Self::Value => "CONFIGURATION.md of librdkafka lists names and values".to_owned(),
        }
    }
}

impl fmt::Display for InvalidProperty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Guarantee => {
                "is not for a configuration: the guarantees of the relay depend on it"
            }
            Self::Option { .. } => "is set by an option of the target",
            Self::NotAllowed => "is not one that a configuration may set",
            Self::Value => "has an unknown name, or a value that librdkafka does not take",
        })
    }
}
