//! A stream of NATS, and the publishing to it as a careful person writes it.

use crate::database::runtime;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{Config, StorageType};
use async_nats::jetstream::{self, Context};
use async_nats::{HeaderMap, HeaderName, Message};
use event_relay::targets::nats::{NatsTarget, NatsTargetOptions, Servers};
use futures_util::TryStreamExt;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use test_servers::Nats;
use tokio::runtime::Runtime;

const NAME: &str = "EVENTS";

/// A server with a stream in files, and a client of it.
pub(crate) struct Stream {
    nats: Nats,
    runtime: Runtime,
    context: Context,
}

impl Stream {
    /// None if nats-server is not installed.
    pub(crate) fn start() -> Option<Self> {
        let nats = Nats::start()?;
        let runtime = runtime();
        let context = runtime
            .block_on(async { jetstream::new(async_nats::connect(nats.url()).await.unwrap()) });
        Some(Self { nats, runtime, context })
    }

    /// Makes the stream anew. It then knows no event as a duplicate.
    pub(crate) fn renew(&self) {
        let config = Config {
            name: NAME.to_owned(),
            subjects: vec!["events.>".to_owned()],
            storage: StorageType::File,
            ..Config::default()
        };
        self.runtime.block_on(async {
            let _ = self.context.delete_stream(NAME).await;
            self.context.create_stream(config).await.unwrap();
        });
    }

    /// The number of messages in it.
    pub(crate) fn len(&self) -> usize {
        let stream = self.runtime.block_on(self.context.get_stream(NAME)).unwrap();
        usize::try_from(stream.cached_info().state.messages).unwrap()
    }

    /// The messages in it, as they are on the wire.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let count = self.len();
        let config = pull::Config { ack_policy: AckPolicy::None, ..pull::Config::default() };
        self.runtime.block_on(async {
            let stream = self.context.get_stream(NAME).await.unwrap();
            let mut received =
                stream.create_consumer(config).await.unwrap().messages().await.unwrap();
            let mut messages = Vec::with_capacity(count);
            while messages.len() < count {
                messages.push(received.try_next().await.unwrap().unwrap().message);
            }
            messages
        })
    }

    /// Publishes messages, with so many in flight. The values of their headers are there; the headers
    /// are made of them message by message, as a publisher must.
    pub(crate) fn publish(&self, messages: &[Message], in_flight: usize) -> Duration {
        let values: Vec<Vec<(HeaderName, &str)>> = messages.iter().map(headers).collect();
        self.runtime.block_on(async {
            let start = Instant::now();
            let mut window = VecDeque::with_capacity(in_flight);
            for (message, values) in messages.iter().zip(&values) {
                if window.len() == in_flight
                    && let Some(oldest) = window.pop_front()
                {
                    acknowledged(oldest).await;
                }
                let mut headers = HeaderMap::new();
                for (name, value) in values {
                    headers.insert(name.clone(), *value);
                }
                let (subject, payload) = (message.subject.clone(), message.payload.clone());
                let sent = self.context.publish_with_headers(subject, headers, payload).await;
                window.push_back(sent.unwrap());
            }
            for rest in window {
                acknowledged(rest).await;
            }
            start.elapsed()
        })
    }

    /// A target of the relay, with its defaults.
    pub(crate) fn target(&self) -> NatsTarget {
        let options = NatsTargetOptions::new(Servers::parse(&self.nats.url()).unwrap());
        NatsTarget::start("nats", options).unwrap()
    }
}

/// The headers of a message, each with its value.
fn headers(message: &Message) -> Vec<(HeaderName, &str)> {
    let all = message.headers.iter().flat_map(HeaderMap::iter);
    all.flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.as_str())))
        .collect()
}

async fn acknowledged(ack: jetstream::context::PublishAckFuture) {
    assert!(!ack.await.unwrap().duplicate, "the stream is new");
}
