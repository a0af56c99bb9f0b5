//! The producer of librdkafka, with the thread that takes its answers.

use super::super::{Batch, Outcome};
use super::outcome::{self, Failed};
use super::record::Record;
use super::{KafkaTargetError, KafkaTargetOptions};
use rdkafka::client::ClientContext;
use rdkafka::config::{FromClientConfigAndContext, RDKafkaLogLevel};
use rdkafka::error::KafkaError;
use rdkafka::message::{DeliveryResult, Message as _};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer as _, ProducerContext, PurgeConfig};
use rdkafka::types::RDKafkaErrorCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the thread waits for answers before it looks whether it is to end.
const POLL: Duration = Duration::from_millis(100);

/// How long the end of a producer waits for the answers to what it had in hand. librdkafka gives
/// them at once, by a thread of its own for each broker.
const END: Duration = Duration::from_secs(10);

/// A batch whose events are with the producer. It is answered when the last of them is settled. If
/// librdkafka drops one without a word, the batch is not delivered.
pub(super) struct Waiting(Mutex<State>);

struct State {
    batch: Option<Batch>,
    /// How many of its events are neither acknowledged nor failed.
    unsettled: usize,
    /// What became of the first event that failed.
    failed: Option<Outcome>,
}

impl Waiting {
    pub(super) fn new(batch: Batch) -> Arc<Self> {
        let unsettled = batch.messages().len();
        Arc::new(Self(Mutex::new(State { batch: Some(batch), unsettled, failed: None })))
    }

    /// The brokers have an event of the batch.
    fn acknowledged(&self) {
        self.settle(None);
    }

    /// An event of the batch was not delivered.
    pub(super) fn failed(&self, outcome: Outcome) {
        self.settle(Some(outcome));
    }

    fn settle(&self, failed: Option<Outcome>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.failed = state.failed.take().or(failed);
        state.unsettled = state.unsettled.saturating_sub(1);
        if state.unsettled == 0
            && let Some(batch) = state.batch.take()
        {
            let delivered = Outcome::Delivered { duplicates: 0 };
            batch.answer(state.failed.take().unwrap_or(delivered));
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let state = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        // A batch that is dropped counts as unavailable, too, with fewer words.
        if let (Some(batch), Some(failed)) = (state.batch.take(), state.failed.take()) {
            batch.answer(failed);
        }
    }
}

/// A producer. Its thread answers what it has in hand when it is dropped.
pub(super) struct Producer {
    client: Arc<BaseProducer<Context>>,
    has_ended: Arc<AtomicBool>,
}

impl Producer {
    /// Makes a producer. It connects in the background.
    pub(super) fn start(options: &KafkaTargetOptions) -> Result<Self, KafkaTargetError> {
        let context = Context {
            timeout: options.timeout,
            batch_bytes: options.batch_bytes(),
            has_failed: AtomicBool::new(false),
            last: Mutex::new(None),
        };
        let config = options.client_config()?;
        let client = BaseProducer::from_config_and_context(&config, context)
            .map_err(|error| outcome::refused(&error, options))?;
        let (client, has_ended) = (Arc::new(client), Arc::new(AtomicBool::new(false)));
        let producer = Self { client: Arc::clone(&client), has_ended: Arc::clone(&has_ended) };
        thread::Builder::new()
            .name("relay kafka".to_owned())
            .spawn(move || serve(&client, &has_ended))
            .map_err(|error| KafkaTargetError::Thread { why: error.to_string() })?;
        Ok(producer)
    }

    /// Whether the producer sends nothing more.
    pub(super) fn has_failed(&self) -> bool {
        self.client.context().has_failed.load(Ordering::Acquire)
    }

    /// Hands a record to librdkafka, which copies it.
    pub(super) fn send(&self, record: Record<'_>, waiting: &Arc<Waiting>) {
        let Record { topic, key, headers, value, bytes } = record;
        let mut base = BaseRecord::with_opaque_to(&topic, Arc::clone(waiting))
            .payload(&*value)
            .headers(headers);
        base.key = key;
        if let Err((error, base)) = self.client.send(base) {
            let context = self.client.context();
            base.delivery_opaque.failed(context.outcome(&error, &topic, bytes));
        }
    }
}

impl Drop for Producer {
    fn drop(&mut self) {
        self.has_ended.store(true, Ordering::Release);
    }
}

/// Takes the answers of librdkafka until the producer is no longer used.
fn serve(client: &BaseProducer<Context>, has_ended: &AtomicBool) {
    while !has_ended.load(Ordering::Acquire) {
        client.poll(POLL);
    }
    client.purge(PurgeConfig::default().queue().inflight());
    // What is not answered in time will be by the next start of the relay.
    let _ = client.flush(END);
}

/// What the callbacks of librdkafka share.
struct Context {
    timeout: Duration,
    batch_bytes: usize,
    /// An error that ends the producer has happened.
    has_failed: AtomicBool,
    /// The last error that concerns no single event.
    last: Mutex<Option<(Instant, String)>>,
}

impl Context {
    fn outcome(&self, error: &KafkaError, topic: &str, bytes: usize) -> Outcome {
        let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Unknown);
        if outcome::ends_producer(code) {
            self.has_failed.store(true, Ordering::Release);
        }
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let last = last.as_ref().filter(|(at, _)| at.elapsed() <= self.timeout);
        let last = last.map(|(_, words)| words.as_str());
        let (timeout, batch_bytes) = (self.timeout, self.batch_bytes);
        outcome::of(&Failed { code, topic, bytes, timeout, batch_bytes, last })
    }
}

impl ClientContext for Context {
    /// Its lines may have anything, and what matters of them is an error too.
    fn log(&self, _: RDKafkaLogLevel, _: &str, _: &str) {}

    fn stats_raw(&self, _: &[u8]) {}

    fn error(&self, error: KafkaError, reason: &str) {
        let code = error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Unknown);
        if outcome::ends_producer(code) {
            self.has_failed.store(true, Ordering::Release);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match &mut *last {
            // Why each of the brokers is down was said before, and is not said again each time.
            Some((at, _)) if code == RDKafkaErrorCode::AllBrokersDown => *at = now,
            last => *last = Some((now, outcome::words(code, reason))),
        }
    }
}

impl ProducerContext for Context {
    type DeliveryOpaque = Arc<Waiting>;

    fn delivery(&self, result: &DeliveryResult<'_>, waiting: Arc<Waiting>) {
        match result {
            Ok(_) => waiting.acknowledged(),
            Err((error, message)) => {
                let bytes = message.payload_len() + message.key_len();
                waiting.failed(self.outcome(error, message.topic(), bytes));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Outcome, Waiting};
    use crate::message::Message;
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    /// The outcome of a batch of two events. So many are acknowledged before it is dropped.
    fn outcome(acknowledged: usize, failed: Option<Outcome>) -> Outcome {
        let event = |seq| {
            let (event_id, event_type, envelope) = (String::new(), String::new(), String::new());
            Arc::new(Message {
                seq,
                event_id,
                event_type,
                event_version: 1,
                entity: None,
                envelope,
            })
        };
        let (sender, outcomes) = channel();
        let batch = Batch::new(vec![event(1), event(2)], move |outcome| {
            sender.send(outcome).unwrap();
        });
        let waiting = Waiting::new(batch);
        for _ in 0..acknowledged {
            waiting.acknowledged();
        }
        if let Some(failed) = failed {
            waiting.failed(failed);
        }
        drop(waiting);
        outcomes.recv().unwrap()
    }

    #[test]
    fn a_batch_is_delivered_only_if_each_event_is_acknowledged() {
        let rejected = || Outcome::Rejected { reason: "too large".to_owned() };
        assert_eq!(outcome(2, None), Outcome::Delivered { duplicates: 0 });
        assert_eq!(outcome(1, Some(rejected())), rejected());
        assert_eq!(outcome(0, Some(rejected())), rejected());
        assert!(matches!(outcome(1, None), Outcome::Unavailable { .. }));
        assert!(matches!(outcome(0, None), Outcome::Unavailable { .. }));
    }
}
