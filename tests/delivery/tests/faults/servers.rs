//! The servers that scenes share. Without the features, or without a server, there are none.

use delivery_faults::store::Store;
use delivery_faults::target::Way;
#[cfg(any(feature = "nats", feature = "kafka"))]
use std::sync::OnceLock;
#[cfg(feature = "kafka")]
use test_servers::Kafka;
#[cfg(feature = "nats")]
use test_servers::Nats;
#[cfg(feature = "postgres")]
use test_servers::Postgres;

/// A database of its own, on the server that tests share.
#[cfg(feature = "postgres")]
pub(super) fn database(scene: &str) -> Option<Store> {
    let server = Postgres::shared()?;
    Some(Store::of(&server.database(scene)))
}

#[cfg(not(feature = "postgres"))]
pub(super) fn database(_scene: &str) -> Option<Store> {
    None
}

/// A stream of its own, on the NATS server that tests share.
#[cfg(feature = "nats")]
pub(super) fn nats(scene: &str) -> Option<Way> {
    static SHARED: OnceLock<Option<Nats>> = OnceLock::new();
    SHARED.get_or_init(Nats::start).as_ref().map(|server| stream(server, scene))
}

#[cfg(not(feature = "nats"))]
pub(super) fn nats(_scene: &str) -> Option<Way> {
    None
}

/// A stream of its own.
#[cfg(feature = "nats")]
pub(super) fn stream(server: &Nats, scene: &str) -> Way {
    Way::Nats { url: server.url(), stream: plain(scene) }
}

/// A topic of its own, on the Kafka broker that tests share.
#[cfg(feature = "kafka")]
pub(super) fn kafka(scene: &str) -> Option<Way> {
    static SHARED: OnceLock<Option<Kafka>> = OnceLock::new();
    SHARED.get_or_init(Kafka::start).as_ref().map(|server| topic(server, scene))
}

#[cfg(not(feature = "kafka"))]
pub(super) fn kafka(_scene: &str) -> Option<Way> {
    None
}

/// A topic of its own, with three partitions.
#[cfg(feature = "kafka")]
pub(super) fn topic(server: &Kafka, scene: &str) -> Way {
    let topic = plain(scene);
    server.topic(&topic, 3);
    Way::Kafka { broker: server.url(), topic }
}

/// A name that brokers take: a dot is between the parts of a subject, and a space is in no name.
#[cfg(any(feature = "nats", feature = "kafka"))]
fn plain(scene: &str) -> String {
    scene.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_")
}
