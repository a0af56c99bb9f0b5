//! A NATS server with a stream, and a client that reads it.

use crate::messages::message;
use async_nats::ConnectOptions;
use async_nats::jetstream::stream::{Config, StorageType, Stream};
use async_nats::jetstream::{self, Context, message::StreamMessage};
use event_relay::targets::nats::{NatsTarget, NatsTargetOptions, Servers};
use event_relay::targets::{Batch, Outcome, Target};
use event_relay::{Message, Seq};
use std::future::Future;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use test_servers::{Nats, NatsSetup};
use tokio::runtime::{Builder, Runtime};

/// Longer than anything takes that the tests wait for.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// A server, and a client that may do everything.
pub(crate) struct Broker {
    pub(crate) nats: Nats,
    runtime: Runtime,
    connect: ConnectOptions,
}

impl Broker {
    /// None if nats-server is not installed.
    pub(crate) fn start() -> Option<Self> {
        Self::of(Nats::setup(), ConnectOptions::new())
    }

    /// As [`Broker::start`], with a stream of all events.
    pub(crate) fn with_stream() -> Option<Self> {
        let broker = Self::start()?;
        broker.stream(Config::default());
        Some(broker)
    }

    /// A server with a configuration, and how the client of the test connects to it.
    pub(crate) fn of(setup: NatsSetup, options: ConnectOptions) -> Option<Self> {
        let nats = setup.start()?;
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        Some(Self { nats, runtime, connect: options })
    }

    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        let limited = async { tokio::time::timeout(LONG, future).await.unwrap() };
        self.runtime.block_on(limited)
    }

    /// Makes or changes the stream `EVENTS` of all subjects that begin with `events.`.
    pub(crate) fn stream(&self, config: Config) {
        let config = Config {
            name: "EVENTS".to_owned(),
            subjects: vec!["events.>".to_owned()],
            storage: StorageType::File,
            ..config
        };
        self.wait(async { self.jetstream().await.create_or_update_stream(config).await.unwrap() });
    }

    /// By a connection of its own: the one before may have been lost.
    async fn jetstream(&self) -> Context {
        jetstream::new(self.connect.clone().connect(self.nats.url()).await.unwrap())
    }

    pub(crate) async fn events(&self) -> Stream {
        self.jetstream().await.get_stream("EVENTS").await.unwrap()
    }

    /// Deletes the stream, if it is there.
    pub(crate) fn delete_stream(&self) {
        self.wait(async { self.jetstream().await.delete_stream("EVENTS").await.is_ok() });
    }

    pub(crate) fn count(&self) -> u64 {
        self.wait(async {
            let stream = self.events().await;
            stream.cached_info().state.messages
        })
    }

    /// What is in the stream, in its order.
    pub(crate) fn stored(&self) -> Vec<StreamMessage> {
        self.wait(async {
            let stream = self.events().await;
            let state = &stream.cached_info().state;
            let mut stored = Vec::new();
            for number in state.first_sequence..=state.last_sequence {
                stored.push(stream.get_raw_message(number).await.unwrap());
            }
            stored
        })
    }

    pub(crate) fn options(&self) -> NatsTargetOptions {
        NatsTargetOptions::new(Servers::parse(&self.nats.url()).unwrap())
    }
}

pub(crate) fn target(options: NatsTargetOptions) -> NatsTarget {
    NatsTarget::start("nats", options).unwrap()
}

/// Publishes each message as a batch of its own. Their outcomes come in any order.
pub(crate) fn send(
    target: &mut NatsTarget,
    messages: impl IntoIterator<Item = Message>,
) -> Receiver<(Seq, Outcome)> {
    let (sender, outcomes) = channel();
    for message in messages {
        let (sender, seq) = (sender.clone(), message.seq);
        target.publish(Batch::new(vec![Arc::new(message)], move |outcome| {
            let _ = sender.send((seq, outcome));
        }));
    }
    outcomes
}

/// Publishes one message, and waits for its outcome.
pub(crate) fn publish_one(target: &mut NatsTarget, message: Message) -> Outcome {
    send(target, [message]).recv_timeout(LONG).unwrap().1
}

pub(crate) fn publish(target: &mut NatsTarget, seq: Seq) -> Outcome {
    publish_one(target, message(seq))
}

/// Publishes a message until it is delivered. Returns how often it was unavailable, and why last.
pub(crate) fn deliver(target: &mut NatsTarget, seq: Seq) -> (usize, String) {
    let (mut times, mut last) = (0, String::new());
    loop {
        match publish(target, seq) {
            Outcome::Delivered { .. } => return (times, last),
            Outcome::Unavailable { reason, .. } => (times, last) = (times + 1, reason),
            refused => panic!("{refused:?}"),
        }
        assert!(times < 1000, "{last}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
