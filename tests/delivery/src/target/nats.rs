//! A stream on a NATS server.

use super::message::delivery;
use crate::oracle::Delivery;
use async_nats::jetstream::{self, consumer::pull::OrderedConfig, stream};
use futures_util::{StreamExt, TryStreamExt};
use tokio::runtime::{Builder, Runtime};

/// A stream, which this has made.
pub struct Stream {
    url: String,
    name: String,
}

impl Stream {
    /// A stream, empty.
    pub(super) fn new(url: &str, name: &str) -> Self {
        let stream = Self { url: url.to_owned(), name: name.to_owned() };
        let config = stream.stream_config();
        stream.on_server(async |context| {
            context.create_stream(config).await.expect("a stream");
        });
        stream
    }

    fn stream_config(&self) -> stream::Config {
        stream::Config {
            name: self.name.clone(),
            subjects: vec![format!("{}.>", self.name)],
            storage: stream::StorageType::File,
            ..stream::Config::default()
        }
    }

    /// Refuses messages of more than so many bytes. -1: as many as the server takes.
    ///
    /// # Panics
    ///
    /// If the server refuses that.
    pub fn limit_messages(&self, bytes: i32) {
        let config = stream::Config { max_message_size: bytes, ..self.stream_config() };
        self.on_server(async |context| {
            context.update_stream(config).await.expect("a stream");
        });
    }

    /// Counts the messages, at each call.
    pub(super) fn counter(&self) -> impl FnMut() -> u64 {
        let (runtime, context) = self.connect();
        let stream = runtime.block_on(context.get_stream(&self.name)).expect("a stream");
        move || runtime.block_on(stream.get_info()).expect("a stream").state.messages
    }

    /// The lines of a relay's configuration.
    pub(super) fn config(&self) -> String {
        let Self { url, name } = self;
        format!("type = \"nats\"\nurl = \"{url}\"\nsubject = \"{name}.{{event_type}}\"\n")
    }

    /// All messages, in the order of the stream.
    pub(super) fn read(&self) -> Vec<Delivery> {
        self.on_server(async |context| {
            let stream = context.get_stream(&self.name).await.expect("a stream");
            let count = stream.cached_info().state.messages;
            if count == 0 {
                return Vec::new();
            }
            let consumer = stream.create_consumer(OrderedConfig::default()).await;
            let messages = consumer.expect("a consumer").messages().await.expect("messages");
            let count = usize::try_from(count).expect("they are in memory");
            let all = messages.take(count).map_ok(|message| delivery(&message.payload));
            all.try_collect().await.expect("messages")
        })
    }

    fn on_server<T>(&self, work: impl AsyncFnOnce(jetstream::Context) -> T) -> T {
        let (runtime, context) = self.connect();
        runtime.block_on(work(context))
    }

    fn connect(&self) -> (Runtime, jetstream::Context) {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let context = runtime.block_on(async {
            jetstream::new(async_nats::connect(&self.url).await.expect("the server"))
        });
        (runtime, context)
    }
}
