//! What is configured of a Kafka target.

use super::super::http::is_uri_reference;
use super::registry::RegistryClient;
use super::{KafkaProperty, KafkaRegistry, KafkaTargetError, TopicTemplate, outcome};
use event_core::Secret;
use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::producer::BaseProducer;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// What is configured of a Kafka target. `Debug` shows no password.
#[derive(Clone, Debug)]
pub struct KafkaTargetOptions {
    /// The brokers to ask for the others: `HOST:PORT`, with commas between.
    pub brokers: String,
    /// The topic of each event.
    pub topic: TopicTemplate,
    /// The attribute `source` of every event. `None`: `/` and the service that emitted the event.
    pub source: Option<String>,
    /// Encrypts the connections.
    pub tls: Option<KafkaTls>,
    /// How the relay authenticates itself.
    pub sasl: Option<KafkaSasl>,
    /// The time from when an event is handed to librdkafka until the brokers have it, with all that
    /// librdkafka sends again (`delivery.timeout.ms`).
    pub timeout: Duration,
    /// The bytes of an event's key, headers and value. A larger event is refused without being
    /// sent.
    pub max_event_bytes: usize,
    /// The events in flight. At most [`MOST_IN_FLIGHT`](Self::MOST_IN_FLIGHT).
    pub in_flight: usize,
    /// Puts each value into the wire frame of a schema registry.
    pub registry: Option<KafkaRegistry>,
    /// Further properties of librdkafka.
    pub properties: Vec<KafkaProperty>,
}

/// TLS to the brokers. Needs the feature `kafka-tls`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KafkaTls {
    /// A file of certificates (PEM) that are trusted, instead of those that the operating system
    /// trusts.
    pub ca_file: Option<PathBuf>,
    /// A file with the relay's own certificate (PEM).
    pub certificate_file: Option<PathBuf>,
    /// A file with the key of that certificate (PEM).
    pub key_file: Option<PathBuf>,
    /// The password of the key.
    pub key_password: Option<Secret<String>>,
}

/// The user and the password of the relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KafkaSasl {
    /// How the password is proven.
    pub mechanism: KafkaMechanism,
    /// The user.
    pub user: String,
    /// The password.
    pub password: Secret<String>,
}

/// A mechanism of SASL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KafkaMechanism {
    /// `PLAIN` (RFC 4616): the password is sent. Use it with TLS only.
    Plain,
    /// `SCRAM-SHA-256` (RFC 7677). Needs the feature `kafka-tls`.
    ScramSha256,
    /// `SCRAM-SHA-512`. Needs the feature `kafka-tls`.
    ScramSha512,
}

impl KafkaMechanism {
    /// The name of the mechanism.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::ScramSha512 => "SCRAM-SHA-512",
        }
    }
}

impl KafkaTargetOptions {
    /// The time for an event, unless it is configured.
    pub const TIMEOUT: Duration = Duration::from_secs(30);
    /// The events in flight, unless it is configured.
    pub const IN_FLIGHT: usize = 1_000;
    /// The most events in flight: fewer than the queue of librdkafka holds.
    pub const MOST_IN_FLIGHT: usize = 10_000;
    /// The bytes of an event, unless it is configured: a little below the 1 MiB that brokers and
    /// topics take unless they are configured (`message.max.bytes`).
    pub const MAX_EVENT_BYTES: usize = 1_000 << 10;

    /// The defaults above, without TLS and without a user.
    pub fn new(brokers: impl Into<String>) -> Self {
        Self {
            brokers: brokers.into(),
            topic: TopicTemplate::by_entity_type(),
            source: None,
            tls: None,
            sasl: None,
            timeout: Self::TIMEOUT,
            max_event_bytes: Self::MAX_EVENT_BYTES,
            in_flight: Self::IN_FLIGHT,
            registry: None,
            properties: Vec::new(),
        }
    }

    /// Whether a target can be made of the options. Connects to nothing.
    ///
    /// # Errors
    ///
    /// As [`KafkaTarget::new`](super::KafkaTarget::new).
    pub fn check(&self) -> Result<(), KafkaTargetError> {
        let mut config = self.client_config()?;
        // An idempotent producer connects at once, for its id.
        let made: Result<BaseProducer, _> = config.set("enable.idempotence", "false").create();
        made.map_err(|error| outcome::refused(&error, self))?;
        self.registry.as_ref().map(RegistryClient::new).transpose().map_or_else(
            |error| Err(KafkaTargetError::Registry { why: error.to_string() }),
            |_| Ok(()),
        )
    }

    /// The configuration of librdkafka.
    pub(super) fn client_config(&self) -> Result<ClientConfig, KafkaTargetError> {
        if let Some(source) = self.source.as_deref().filter(|it| !is_uri_reference(it)) {
            return Err(KafkaTargetError::Source { source: source.to_owned() });
        }
        let mut config = ClientConfig::new();
        // What it says of importance, it says by errors too.
        config.set_log_level(RDKafkaLogLevel::Emerg);
        let millis = |time: Duration| time.as_millis().to_string();
        for (name, value) in [
            ("bootstrap.servers", self.brokers.clone()),
            ("client.id", "event-relay".to_owned()),
            ("enable.idempotence", "true".to_owned()),
            ("acks", "all".to_owned()),
            ("delivery.timeout.ms", millis(self.timeout)),
            // A request that hangs is sent again, maybe to another broker, within the time for the
            // event.
            ("socket.timeout.ms", millis((self.timeout / 3).max(Duration::from_millis(10)))),
            // A missing topic is reported as one, not as a timeout.
            ("topic.metadata.propagation.max.ms", millis(self.timeout.min(UNKNOWN_TOPIC))),
            // Between attempts to connect, librdkafka looks at no time for an event.
            ("reconnect.backoff.max.ms", "1000".to_owned()),
            // The partitions that Java's clients, and so Debezium, choose.
            ("partitioner", "murmur2_random".to_owned()),
            ("batch.size", BATCH_BYTES.to_string()),
            // A thousand events in flight fill batches without any wait.
            ("linger.ms", "0".to_owned()),
            ("message.max.bytes", (self.max_event_bytes + OVERHEAD).to_string()),
        ] {
            config.set(name, value);
        }
        self.set_security(&mut config)?;
        for property in &self.properties {
            config.set(property.name(), property.value());
        }
        Ok(config)
    }

    fn set_security(&self, config: &mut ClientConfig) -> Result<(), KafkaTargetError> {
        let protocol = match (&self.tls, &self.sasl) {
            (None, None) => "plaintext",
            (Some(_), None) => "ssl",
            (None, Some(_)) => "sasl_plaintext",
            (Some(_), Some(_)) => "sasl_ssl",
        };
        config.set("security.protocol", protocol);
        if let Some(tls) = &self.tls {
            needs_tls("TLS to Kafka")?;
            let files = [
                ("ssl.ca.location", &tls.ca_file),
                ("ssl.certificate.location", &tls.certificate_file),
                ("ssl.key.location", &tls.key_file),
            ];
            for (name, file) in files {
                if let Some(path) = file {
                    // librdkafka does not say which file it cannot read.
                    fs::read(path).map_err(|error| KafkaTargetError::File {
                        path: path.clone(),
                        why: error.to_string(),
                    })?;
                    config.set(name, path.to_string_lossy());
                }
            }
            if let Some(password) = &tls.key_password {
                config.set("ssl.key.password", password.expose());
            }
        }
        if let Some(sasl) = &self.sasl {
            if sasl.mechanism != KafkaMechanism::Plain {
                needs_tls("SASL with SCRAM")?;
            }
            config.set("sasl.mechanisms", sasl.mechanism.as_str());
            config.set("sasl.username", &sasl.user);
            config.set("sasl.password", sasl.password.expose());
        }
        Ok(())
    }

    /// The most bytes of a request's records that are several.
    pub(super) fn batch_bytes(&self) -> usize {
        let is_size = |property: &&KafkaProperty| property.name() == "batch.size";
        let size = self.properties.iter().rfind(is_size).map(KafkaProperty::value);
        size.and_then(|size| size.parse().ok()).unwrap_or(BATCH_BYTES)
    }
}

/// OpenSSL has TLS, and what SCRAM computes with.
const fn needs_tls(what: &'static str) -> Result<(), KafkaTargetError> {
    if cfg!(feature = "kafka-tls") { Ok(()) } else { Err(KafkaTargetError::NotBuilt { what }) }
}

/// Brokers judge the size of a request's records together, so this is far below what topics allow
/// (1 MiB): a record that is refused was then alone in its request. It costs no throughput.
const BATCH_BYTES: usize = 128 << 10;

/// What a record has besides its key, headers and value.
const OVERHEAD: usize = 4 << 10;

/// How long a topic that was just made may be unknown.
const UNKNOWN_TOPIC: Duration = Duration::from_secs(5);
