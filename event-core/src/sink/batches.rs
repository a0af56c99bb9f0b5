//! Many records in one line.

use super::listeners::Listeners;
use super::timer::Timer;
use super::whole_lines::WholeLines;
use super::{ErrorListener, Losses, Sink, caught, locking};
use crate::record::Record;
use crate::record::nesting::Work;
use crate::value::isolation;
use crate::value::time::Timestamp;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The memory that a written batch keeps for the next batch, in bytes.
const SPARE: usize = 1 << 20;

/// Collects records and writes each batch as one event, `events_batch`, to any writer. If each
/// write is a network request, many records need only one request.
///
/// A batch is written when it has enough records, when its first record has waited for the
/// interval, on flush, and on drop. While a batch cannot be written, its records wait; once it is
/// full, further records are refused. So no accepted record is lost, and memory is bounded.
///
/// The line is
/// `{"event":"events_batch","version":1,"level":"info","timestamp":"..","event_count":2,"events":[{..},{..}]}`:
/// The events are flat lines, as they were written. The batch line bypasses the emitter, so it does
/// not count as an event. Declare `events_batch` in the catalog that its readers use.
///
/// ```
/// use event_core::emit::emission::EmissionEventSuppressed;
/// use event_core::sink::Batches;
/// use event_core::Emitter;
/// use std::time::Duration;
///
/// let path = std::env::temp_dir().join(format!("batches-{}.jsonl", std::process::id()));
/// let batches = Batches::new(std::fs::File::create(&path)?, 100, Duration::from_secs(5))?;
/// let emitter = Emitter::builder().sink(batches).build();
/// for emitted in 1..=2 {
///     emitter.emit(&EmissionEventSuppressed { event_name: "cache_hit".into(), emitted, sampled_out: 9, limited: 0 });
/// }
/// drop(emitter);
/// let line = std::fs::read_to_string(&path)?;
/// assert!(line.starts_with(r#"{"event":"events_batch","version":1,"level":"info","timestamp":""#));
/// assert!(line.contains(r#","event_count":2,"events":[{"event":"emission_event_suppressed","#));
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Batches<W: Write + Send + 'static> {
    shared: Arc<Shared<W>>,
    timer: Timer,
}

struct Shared<W> {
    size: u64,
    batch: Mutex<Batch<W>>,
    listeners: Listeners,
    losses: Losses,
}

struct Batch<W> {
    out: WholeLines<W>,
    /// The lines of the events, with a comma between them.
    events: Vec<u8>,
    count: u64,
    /// The line that is being written, kept for its memory.
    line: Vec<u8>,
}

impl<W: Write + Send + 'static> Batches<W> {
    /// Makes batches of `size` records. A batch is also written when its first record has waited
    /// for `interval`.
    ///
    /// # Errors
    ///
    /// Returns an error if the timer thread cannot be spawned.
    pub fn new(out: W, size: u32, interval: Duration) -> io::Result<Self> {
        let batch =
            Batch { out: WholeLines::new(out), events: Vec::new(), count: 0, line: Vec::new() };
        let shared = Arc::new(Shared {
            size: u64::from(size).max(1),
            batch: Mutex::new(batch),
            listeners: Listeners::default(),
            losses: Losses::new(),
        });
        let due = shared.clone();
        let timer = Timer::start(interval, move || {
            let _work = Work::of(due.losses.mark());
            let mut batch = due.batch();
            let written = due.hand_on(&mut batch);
            let waits = batch.count > 0;
            drop(batch);
            due.tell(written);
            waits
        })?;
        Ok(Self { shared, timer })
    }
}

impl<W: Write> Shared<W> {
    fn batch(&self) -> MutexGuard<'_, Batch<W>> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the collected records, and updates the number of waiting records.
    fn hand_on(&self, batch: &mut Batch<W>) -> io::Result<()> {
        let written = batch.hand_on();
        self.losses.set_waiting(batch.count);
        written
    }

    fn tell(&self, written: io::Result<()>) {
        if let Err(error) = written {
            self.listeners.tell(&error);
            // A panic when the error is dropped must not count an accepted record as failed.
            isolation::let_go(error);
        }
    }
}

impl<W: Write> Batch<W> {
    fn push(&mut self, record: &Record<'_>) {
        if self.count > 0 {
            self.events.push(b',');
        }
        self.events.extend_from_slice(record.text().as_bytes());
        self.count += 1;
    }

    /// Writes the collected records, and flushes the writer. Keeps the records if they cannot be
    /// written.
    fn hand_on(&mut self) -> io::Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let Self { out, events, count, line } = self;
        // A failed write leaves its line here.
        line.clear();
        write!(
            line,
            r#"{{"event":"events_batch","version":1,"level":"info","timestamp":"{}","event_count":{count},"events":["#,
            Timestamp::now()
        )?;
        line.extend_from_slice(events);
        line.extend_from_slice(b"]}\n");
        caught(|| out.append(line).map_err(|unwritten| unwritten.error))?;
        events.clear();
        events.shrink_to(SPARE);
        line.clear();
        line.shrink_to(SPARE);
        *count = 0;
        caught(|| out.flush())
    }
}

impl<W: Write + Send + 'static> Sink for Batches<W> {
    fn write(&self, record: &Record<'_>) -> io::Result<()> {
        let mut batch = locking::lock(&self.shared.batch)?;
        if batch.count >= self.shared.size {
            // An earlier attempt to write the batch failed.
            self.shared.hand_on(&mut batch)?;
        }
        batch.push(record);
        self.shared.losses.set_waiting(batch.count);
        let begins = batch.count == 1;
        let written =
            if batch.count == self.shared.size { self.shared.hand_on(&mut batch) } else { Ok(()) };
        let waits = batch.count > 0;
        drop(batch);
        if begins && waits {
            self.timer.arm();
        }
        // The record is kept, so it is not lost by this error.
        self.shared.tell(written);
        Ok(())
    }

    fn flush(&self) -> io::Result<()> {
        self.shared.hand_on(&mut self.shared.batch())
    }

    fn losses(&self) -> Losses {
        self.shared.losses.clone()
    }

    fn on_error(&self, listener: ErrorListener) {
        self.shared.listeners.add(listener);
    }
}

impl<W: Write + Send + 'static> Drop for Batches<W> {
    fn drop(&mut self) {
        let flushed = self.flush();
        self.shared.tell(flushed);
    }
}

impl<W: Write + Send + 'static> fmt::Debug for Batches<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batches").field("size", &self.shared.size).finish_non_exhaustive()
    }
}
