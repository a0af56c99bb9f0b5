//! Why a Kafka target cannot be made.

use super::InvalidProperty;
use std::fmt;
use std::path::PathBuf;

/// Why a Kafka target cannot be made. No message has a password.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KafkaTargetError {
    /// The source is no URI reference.
    Source {
        /// The source.
        source: String,
    },
    /// A property of librdkafka is not accepted.
    Property {
        /// Its name.
        name: String,
        /// What is wrong with it.
        why: InvalidProperty,
    },
    /// This relay was built without a feature that the options need.
    NotBuilt {
        /// What needs the feature `kafka-tls`: TLS, or a mechanism of SASL.
        what: &'static str,
    },
    /// A file of certificates or keys cannot be read.
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        why: String,
    },
    /// librdkafka refuses the options, or the contents of a file that they name.
    Refused {
        /// In the words of librdkafka.
        why: String,
    },
    /// The client of the registry cannot be made.
    Registry {
        /// What is wrong with its options.
        why: String,
    },
    /// A thread cannot be spawned.
    Thread {
        /// What the operating system says.
        why: String,
    },
}

impl fmt::Display for KafkaTargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source { source } => write!(
                f,
                "the source {source:?} is not a URI reference\nhelp: write a path such as `/shop`, \
                 or a URL; other characters are percent-encoded"
            ),
            Self::Property { name, why } => write!(f, "the property `{name}` {why}"),
            Self::NotBuilt { what } => write!(
                f,
                "{what} is not built into this event-relay\nhelp: {}",
                crate::features::install_with("kafka-tls")
            ),
            Self::File { path, why } => {
                write!(f, "the file `{}` cannot be read: {why}", path.display())
            }
            Self::Refused { why } => write!(
                f,
                "librdkafka refuses the options: {why}\nhelp: check the certificates, the \
                 private key and the properties of the target"
            ),
            Self::Registry { why } => write!(f, "the registry cannot be used: {why}"),
            Self::Thread { why } => write!(f, "a thread cannot be spawned: {why}"),
        }
    }
}

impl std::error::Error for KafkaTargetError {}
