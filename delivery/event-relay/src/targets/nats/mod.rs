//! Events as messages of NATS `JetStream`.
//!
//! [`NatsTarget`] publishes each event as a message of a stream, as the NATS protocol binding of
//! `CloudEvents` says in its binary mode: the attributes are headers, the payload is the envelope.
//!
//! | part of the message | value |
//! | --- | --- |
//! | subject | [`NatsTargetOptions::subject`]: `events.` and the name of the event |
//! | `Nats-Msg-Id` | the id of the event, by which the stream finds duplicates |
//! | `Nats-Expected-Stream` | [`NatsTargetOptions::stream`] |
//! | `ce-..` | the attributes, as over [HTTP](super::http) |
//! | `content-type` | `application/json` |
//! | payload | the envelope |
//!
//! # Guarantees
//!
//! - An event is delivered when the stream acknowledges it. If the stream has it already, the
//!   acknowledgement says so, and the event is delivered, too.
//! - Many events are in flight, each of another entity: an event that is lost or refused is not
//!   overtaken by a later one of its entity.
//! - What an answer means:
//!
//! | answer | outcome |
//! | --- | --- |
//! | an acknowledgement | delivered |
//! | the event is too large for the server (`max_payload`) or the stream (`max_msg_size`) | the event is refused |
//! | no stream, a full stream, no permission, any other error | sent again: the configuration is wrong, no event is |
//! | no acknowledgement in time, no connection | sent again |
//!
//! - The connection is made again without an end, also at the start. A message that was sent before
//!   it was lost is sent again.
//! - No reason and no `Debug` output has credentials, or a part of an event.
//!
//! # A consumer
//!
//! It marks each event in the transaction of its effect, and acknowledges the message after that:
//!
//! ```
//! use async_nats::HeaderValue;
//! use async_nats::jetstream::consumer::pull;
//! use async_nats::jetstream::stream::Stream;
//! use event_core::EventId;
//! use event_outbox_rusqlite::{Error, inbox};
//! use futures_util::TryStreamExt;
//! use rusqlite::Connection;
//!
//! fn invoice(connection: &mut Connection, source: &str, id: &str) -> Result<bool, Error> {
//!     let Some(event_id) = EventId::parse(id) else { return Ok(false) };
//!     let tx = connection.transaction()?;
//!     let is_new = inbox::once(&tx, "invoices", source, event_id)?;
//!     if is_new {
//!         // .. write the invoice, in this transaction ..
//!     }
//!     tx.commit()?;
//!     Ok(is_new)
//! }
//!
//! async fn consume(stream: Stream, connection: &mut Connection) -> Result<(), async_nats::Error> {
//!     let config = pull::Config { durable_name: Some("invoices".to_owned()), ..Default::default() };
//!     let consumer = stream.get_or_create_consumer("invoices", config).await?;
//!     let mut messages = consumer.messages().await?;
//!     while let Some(message) = messages.try_next().await? {
//!         let header = |name: &str| message.headers.as_ref()?.get(name).map(HeaderValue::as_str);
//!         if let (Some(source), Some(id)) = (header("ce-source"), header("ce-id")) {
//!             invoice(connection, source, id)?;
//!         }
//!         // If this is lost, the message comes again, and the inbox knows it.
//!         message.ack().await?;
//!     }
//!     Ok(())
//! }
//! ```

mod error;
mod link;
mod options;
mod outcome;
mod outgoing;
mod publisher;
mod servers;
mod subject;
mod window;

pub use error::NatsError;
pub use options::{ClientCertificate, Credentials, NatsTargetOptions};
pub use servers::{InvalidServers, Servers};
pub use subject::{InvalidSubject, SubjectTemplate};
pub(crate) use subject::{is_stream, is_subject};

use super::{Batch, Limits, Target};
use publisher::Publisher;
use std::thread;
use std::time::Duration;
use tokio::runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Publishes events to a stream. See the [module](self).
///
/// A thread has the connection. It ends when the target is dropped.
#[derive(Debug)]
pub struct NatsTarget {
    limits: Limits,
    batches: UnboundedSender<Batch>,
}

/// The pause before a client that has ended is started again.
const RESTART: Duration = Duration::from_secs(1);

impl NatsTarget {
    /// Starts the thread, which connects. It does not matter whether a server is there.
    ///
    /// # Errors
    ///
    /// If an option is not valid, a file cannot be read, or the thread cannot be spawned.
    pub fn start(name: &str, options: NatsTargetOptions) -> Result<Self, NatsError> {
        options.check()?;
        let limits = Limits { in_flight: options.in_flight.max(1), events: 1, bytes: usize::MAX };
        let runtime = runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(NatsError::Thread)?;
        let (batches, mut receiver) = unbounded_channel();
        thread::Builder::new()
            .name(format!("relay {name}"))
            .spawn(move || runtime.block_on(publish(&options, &mut receiver)))
            .map_err(NatsError::Thread)?;
        Ok(Self { limits, batches })
    }
}

async fn publish(options: &NatsTargetOptions, batches: &mut UnboundedReceiver<Batch>) {
    loop {
        let ended = match Publisher::start(options, batches).await {
            Ok(mut publisher) => publisher.run().await,
            Err(closed) => Err(closed),
        };
        if ended.is_ok() {
            return;
        }
        tokio::time::sleep(RESTART).await;
    }
}

impl Target for NatsTarget {
    fn limits(&self) -> Limits {
        self.limits
    }

    fn publish(&mut self, batch: Batch) {
        // Without the thread, the batch is dropped, which answers it.
        let _ = self.batches.send(batch);
    }
}
