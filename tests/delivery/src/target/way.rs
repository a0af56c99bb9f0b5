//! The targets of a scene.

use super::file::{count_lines, read_lines};
use super::inbox::{Inbox, RELAY};
#[cfg(feature = "kafka")]
use super::kafka::Topic;
#[cfg(feature = "nats")]
use super::nats::Stream;
use crate::oracle::Delivery;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where the relay of a scene publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A file.
    File,
    /// HTTP, one event a request.
    Structured,
    /// HTTP, up to 50 events a request.
    Batch,
    /// A stream of a NATS server, which is made for the scene.
    #[cfg(feature = "nats")]
    Nats {
        /// The URL of the server.
        url: String,
        /// The stream.
        stream: String,
    },
    /// A topic, empty, of a Kafka broker.
    #[cfg(feature = "kafka")]
    Kafka {
        /// The address of the broker.
        broker: String,
        /// The topic.
        topic: String,
    },
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::File => "file",
            Self::Structured => "structured",
            Self::Batch => "batch",
            #[cfg(feature = "nats")]
            Self::Nats { .. } => "NATS",
            #[cfg(feature = "kafka")]
            Self::Kafka { .. } => "Kafka",
        })
    }
}

/// The target of a scene.
pub enum Target {
    /// A file.
    File(PathBuf),
    /// A receiver.
    Inbox {
        /// The receiver.
        inbox: Inbox,
        /// Whether it gets batches.
        takes_batches: bool,
    },
    /// A stream.
    #[cfg(feature = "nats")]
    Nats(Stream),
    /// A topic.
    #[cfg(feature = "kafka")]
    Kafka(Topic),
}

impl Target {
    /// The target, empty, of the scene that has this directory.
    pub fn new(way: &Way, directory: &Path, seed: u64) -> Self {
        let inbox = |takes_batches| Self::Inbox { inbox: Inbox::start(seed), takes_batches };
        match way {
            Way::File => Self::File(directory.join("events.ndjson")),
            Way::Structured => inbox(false),
            Way::Batch => inbox(true),
            #[cfg(feature = "nats")]
            Way::Nats { url, stream } => Self::Nats(Stream::new(url, stream)),
            #[cfg(feature = "kafka")]
            Way::Kafka { broker, topic } => Self::Kafka(Topic::new(broker, topic)),
        }
    }

    /// The lines of a relay's configuration that are about the target. `relay`: the number of the
    /// relay's start.
    pub fn config(&self, relay: u32) -> String {
        match self {
            Self::File(path) => format!("type = \"file\"\npath = '{}'\n", path.display()),
            Self::Inbox { inbox, takes_batches } => {
                let batch = "mode = \"batch\"\nbatch = { events = 50, bytes = \"1MiB\" }\n";
                format!(
                    "type = \"http\"\nurl = \"{}\"\nin_flight = 8\ntimeout = \"1s\"\n\
                     headers = {{ {RELAY} = \"{relay}\" }}\n{}",
                    inbox.url(),
                    if *takes_batches { batch } else { "" }
                )
            }
            #[cfg(feature = "nats")]
            Self::Nats(stream) => stream.config(),
            #[cfg(feature = "kafka")]
            Self::Kafka(topic) => topic.config(),
        }
    }

    /// What it has now, and the number of lines of a file that are no whole envelope.
    ///
    /// # Panics
    ///
    /// If it cannot be read.
    pub fn read(&self) -> (Vec<Delivery>, u64) {
        match self {
            Self::File(path) => read_lines(path).expect("the file"),
            Self::Inbox { inbox, .. } => (inbox.deliveries(), 0),
            #[cfg(feature = "nats")]
            Self::Nats(stream) => (stream.read(), 0),
            #[cfg(feature = "kafka")]
            Self::Kafka(topic) => (topic.read(), 0),
        }
    }

    /// Counts what it has, at each call.
    ///
    /// # Panics
    ///
    /// The function panics if the target cannot be read.
    pub fn counter(&self) -> Box<dyn FnMut() -> u64 + '_> {
        match self {
            Self::File(path) => Box::new(count_lines(path)),
            Self::Inbox { inbox, .. } => Box::new(|| inbox.count() as u64),
            #[cfg(feature = "nats")]
            Self::Nats(stream) => Box::new(stream.counter()),
            #[cfg(feature = "kafka")]
            Self::Kafka(topic) => Box::new(|| topic.read().len() as u64),
        }
    }

    /// Whether each delivery comes with the number of its relay.
    pub const fn names_relays(&self) -> bool {
        matches!(self, Self::Inbox { .. })
    }

    /// Whether it knows an event again that it has, and takes it once, whatever relays do.
    pub const fn takes_once(&self) -> bool {
        match self {
            Self::File(_) => true,
            Self::Inbox { .. } => false,
            #[cfg(feature = "nats")]
            Self::Nats(_) => true,
            #[cfg(feature = "kafka")]
            Self::Kafka(_) => false,
        }
    }
}
