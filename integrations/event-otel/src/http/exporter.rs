//! The sink behind the queue: collects records, and sends them when a batch ends.

use super::answer::{Answer, Partial};
use super::client::Client;
use super::options::Limits;
use crate::encode::{Batch, Wire};
use crate::resource::Resource;
use event_core::Sink;
use event_core::record::Record;
use event_core::sink::Losses;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The pause before the second attempt. It then doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause that the receiver does not ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Sends records to a receiver. Only the thread of a queue calls it.
pub(super) struct Exporter<W> {
    client: Client,
    limits: Limits,
    resource: Resource,
    losses: Losses,
    state: Mutex<State<W>>,
}

struct State<W> {
    record: W,
    batch: Batch<W>,
    request: W,
    /// No request is sent before this time: the receiver has asked for a pause.
    not_before: Option<Instant>,
    /// Records that are lost and not counted yet. They are counted when the batch of the queue
    /// ends, and no longer waits: until then they would be counted twice.
    lost: u64,
    /// What has gone wrong last, since the batch of the queue began.
    error: Option<io::Error>,
}

impl<W: Wire> Exporter<W> {
    pub(super) fn new(client: Client, limits: Limits, resource: Resource) -> Self {
        let state = State {
            record: W::default(),
            batch: Batch::default(),
            request: W::default(),
            not_before: None,
            lost: 0,
            error: None,
        };
        Self { client, limits, resource, losses: Losses::new(), state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the records that are collected, again and again if need be. Then there are none, and
    /// the lost ones are counted.
    fn send(&self, state: &mut State<W>) {
        let records = state.batch.records;
        state.request.clear();
        state.batch.write(&mut state.request);
        state.batch.clear();
        let outcome = match self.client.body(state.request.written()) {
            Ok(body) => self.deliver(&body, &mut state.not_before),
            Err(error) => Err(format!("cannot be sent a compressed request: {error}")),
        };
        let (lost, why) = match outcome {
            Ok(partial) => {
                let rejected = partial.rejected.min(records);
                (rejected, told(partial, rejected, records))
            }
            Err(why) => (records, Some(format!("{why} ({records} records are lost)"))),
        };
        state.lost += lost;
        if let Some(why) = why {
            state.error = Some(io::Error::other(format!("`{}` {why}", self.client.endpoint())));
        }
    }

    /// Sends a request until it is answered for good, or the time for it is over.
    fn deliver(&self, body: &[u8], not_before: &mut Option<Instant>) -> Result<Partial, String> {
        let begun = Instant::now();
        let is_over =
            |pause: Duration| begun.elapsed().saturating_add(pause) > self.limits.retry_for;
        let asked = not_before.take().map(|time| time.saturating_duration_since(begun));
        if let Some(pause) = asked.filter(|pause| !pause.is_zero()) {
            if is_over(pause) {
                *not_before = begun.checked_add(pause);
                return Err(format!("asks to wait {pause:.0?} longer"));
            }
            thread::sleep(pause);
        }
        let mut pause = FIRST_PAUSE;
        for attempt in 1_u32.. {
            let (why, retry_after) = match self.client.post(body) {
                Answer::Accepted(partial) => return Ok(partial),
                Answer::Refused { why } => return Err(why),
                Answer::Again { why, retry_after } => (why, retry_after),
            };
            let wait = retry_after.unwrap_or_default().max(shortened(pause));
            if is_over(wait) {
                *not_before = retry_after.and_then(|asked| Instant::now().checked_add(asked));
                return Err(format!("{why}, at attempt {attempt}"));
            }
            thread::sleep(wait);
            pause = pause.saturating_mul(2).min(LONGEST_PAUSE);
        }
        Err("is asked too often".to_owned())
    }
}

/// What there is to say of a request that is accepted.
fn told(partial: Partial, rejected: u64, records: u64) -> Option<String> {
    const UNSEEN: &str = "its message is not shown, because it may repeat an event";
    if partial.is_unreadable {
        return Some(format!(
            "accepts {records} records, and answers something that cannot be read"
        ));
    }
    if rejected > 0 {
        return Some(format!("rejects {rejected} of {records} records; {UNSEEN}"));
    }
    partial.has_message.then(|| format!("accepts {records} records with a warning; {UNSEEN}"))
}

/// A random duration between half of `pause` and `pause`, so that instances that lost the same
/// receiver do not all come back at once.
fn shortened(pause: Duration) -> Duration {
    let chance = u16::try_from(RandomState::new().hash_one(0) >> 48).unwrap_or_default();
    pause / 2 + pause / 2 / (1 << 16) * u32::from(chance)
}

impl<W: Wire + Send> Sink for Exporter<W> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let mut state = self.state();
        let state = &mut *state;
        Batch::encode(&mut state.record, record);
        let bytes = state.record.written().len();
        if bytes > self.limits.bytes {
            let name = record.meta().name.snake;
            let limit = self.limits.bytes;
            let why = format!(
                "a record of `{name}` has {bytes} bytes in OTLP, more than the {limit} of a \
                 request\nhelp: raise `OtlpHttp::request_limits`, or write less into the event"
            );
            return Err(io::Error::new(ErrorKind::InvalidInput, why));
        }
        let batch = &state.batch;
        let is_full = batch.records >= self.limits.records
            || batch.bytes.saturating_add(bytes) > self.limits.bytes;
        if is_full && batch.records > 0 {
            self.send(state);
        }
        state.batch.add(record, &state.record, &self.resource);
        Ok(())
    }

    fn end_batch(&self) -> io::Result<()> {
        let mut state = self.state();
        if state.batch.records > 0 {
            self.send(&mut state);
        }
        self.losses.add_failed(std::mem::take(&mut state.lost));
        state.error.take().map_or(Ok(()), Err)
    }

    fn name(&self) -> String {
        "OtlpHttp".to_owned()
    }

    fn losses(&self) -> Losses {
        self.losses.clone()
    }

    fn wants_members(&self) -> bool {
        true
    }
}
