//! A relay: the workers of its targets.

use super::judge::{Judge, Retired};
use super::life::Life;
use super::options::TargetOptions;
use super::watch::Watch;
use super::worker::{Signal, State, Worker, WorkerEnd};
use crate::contract::LockedContract;
use crate::database::DatabaseLocation;
use crate::events::StopCause;
use crate::metrics::{BacklogLimits, Metrics};
use crate::source::{EventSource, Lease, OnPoison, OutboxSource, SourceError, name_on_this_host};
use crate::targets::Target;
use event_core::Emitter;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use std::{env, fmt, io, thread};

/// Makes a [`Relay`].
pub struct RelayBuilder {
    database: DatabaseLocation,
    judge: Option<Judge>,
    emitter: Emitter,
    metrics: Arc<Metrics>,
    limits: BacklogLimits,
    lease: Option<Lease>,
    targets: Vec<(String, TargetOptions, Box<dyn Target>)>,
}

/// Publishes the events of an outbox to its targets, by a thread for each. Made by
/// [`Relay::builder`].
///
/// If it is dropped, its threads stop after what is in flight, at most ten seconds later.
#[derive(Debug)]
pub struct Relay {
    workers: Vec<Running>,
    metrics: Arc<Metrics>,
    /// Why targets are no longer served.
    failed: Arc<Mutex<Vec<(String, String)>>>,
    /// `None` once it has stopped.
    life: Option<Life>,
}

#[derive(Debug)]
struct Running {
    name: String,
    signals: Sender<Signal>,
    woken: Arc<AtomicBool>,
    /// `None` in it: the target could no longer be served.
    thread: Option<JoinHandle<Option<WorkerEnd>>>,
}

/// Tells a relay in the same process that events were committed: it then reads at once. Pass it to
/// [`Outbox::on_commit`](event_outbox_rusqlite::Outbox::on_commit).
#[derive(Clone, Debug)]
pub struct Waker(Arc<[(Sender<Signal>, Arc<AtomicBool>)]>);

/// Why a relay cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The outbox cannot be read.
    Source(SourceError),
    /// A thread cannot be spawned.
    Thread(io::Error),
    /// Two targets have this name.
    SameName(String),
}

/// How a relay has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Whether every target has answered all that was in flight, and the cursors say so. If not,
    /// the relay sends events again that targets have, when it starts.
    pub is_complete: bool,
    /// How many events the targets have accepted since the start, also those that are no longer
    /// served.
    pub published: u64,
    /// How many events were in flight and not answered.
    pub unanswered: u64,
    /// The targets that were no longer served, and why.
    pub failed: Vec<(String, String)>,
}

impl RelayBuilder {
    /// Sends only what the lock allows. Without it, everything is sent.
    #[must_use]
    pub fn contract(mut self, contract: LockedContract, retired: Retired) -> Self {
        self.judge = Some(Judge::new(contract, retired));
        self
    }

    /// Reports the relay's own events to this emitter, from
    /// [`RelayStarted`](crate::events::RelayStarted) to
    /// [`RelayStopped`](crate::events::RelayStopped). Without it, to none.
    #[must_use]
    pub fn emitter(self, emitter: Emitter) -> Self {
        Self { emitter, ..self }
    }

    /// Reports an event of its own when more waits for a target than this.
    #[must_use]
    pub fn limits(self, limits: BacklogLimits) -> Self {
        Self { limits, ..self }
    }

    /// Names the relay, which matters if several serve one target: one of them does, and the others
    /// are in standby. Without it, its name is that of the machine and of the program.
    #[must_use]
    pub fn lease(self, lease: Lease) -> Self {
        Self { lease: Some(lease), ..self }
    }

    /// Adds a target. Its name is the name of its cursor: a target with a new name gets all events
    /// that are in the outbox.
    #[must_use]
    pub fn target(
        mut self,
        name: impl Into<String>,
        target: impl Target + 'static,
        options: TargetOptions,
    ) -> Self {
        self.targets.push((name.into(), options, Box::new(target)));
        self
    }

    /// Starts a thread for each target.
    ///
    /// # Errors
    ///
    /// If two targets have one name, the outbox cannot be opened, or a thread cannot be spawned.
    pub fn start(self) -> Result<Relay, StartError> {
        let Self { database, judge, emitter, metrics, limits, lease, targets } = self;
        let lease = lease.unwrap_or_else(of_this_program);
        let mut opened: Vec<(Running, Worker)> = Vec::new();
        for (name, options, target) in targets {
            if opened.iter().any(|(running, _)| running.name == name) {
                return Err(StartError::SameName(name));
            }
            let source = open(&database, &name, options.on_poison, lease.clone())?;
            let watch = Watch::new(&name, emitter.clone(), metrics.target(&name), limits);
            let (signals, receiver) = channel();
            let woken = Arc::new(AtomicBool::new(false));
            let worker = Worker {
                source: Box::new(source) as Box<dyn EventSource>,
                target,
                options,
                judge: judge.clone(),
                watch,
                signals: receiver,
                answers: signals.clone(),
                woken: Arc::clone(&woken),
                lease: lease.lasts(),
                state: State::new(Instant::now()),
            };
            opened.push((Running { name, signals, woken, thread: None }, worker));
        }
        let lock = judge.as_ref().map(Judge::lock);
        let names = opened.iter().map(|(running, _)| running.name.as_str());
        let life = Some(Life::begin(emitter, &database, lock, names));
        let mut relay = Relay { workers: Vec::new(), metrics, failed: Arc::default(), life };
        for (mut running, worker) in opened {
            running.thread = Some(spawn(&running.name, worker, &relay)?);
            relay.workers.push(running);
        }
        Ok(relay)
    }
}

/// The lease of a relay that was given none.
fn of_this_program() -> Lease {
    let program = env::current_exe().unwrap_or_default();
    Lease::new(name_on_this_host(&program.display().to_string()))
}

/// Opens the outbox on a thread of its own: the caller's may be of an asynchronous runtime, which
/// must not block for a server.
fn open(
    database: &DatabaseLocation,
    target: &str,
    on_poison: OnPoison,
    lease: Lease,
) -> Result<OutboxSource, StartError> {
    thread::scope(|scope| {
        let opening = thread::Builder::new()
            .spawn_scoped(scope, || OutboxSource::open(database, target, on_poison, lease))
            .map_err(StartError::Thread)?;
        Ok(opening.join().unwrap_or_else(|panic| resume_unwind(panic))?)
    })
}

/// Why a target is no longer served whose thread has panicked. The panic hook has said where.
const PANICKED: &str = "its thread panicked\nhelp: start the relay again, which loses nothing; \
                        what panicked is on standard error";

fn spawn(
    name: &str,
    worker: Worker,
    relay: &Relay,
) -> Result<JoinHandle<Option<WorkerEnd>>, StartError> {
    let target = name.to_owned();
    let (metrics, failed) = (Arc::clone(&relay.metrics), Arc::clone(&relay.failed));
    let work = move || {
        let watch = worker.watch.clone();
        let report = |reason: String| {
            watch.failed(&reason);
            metrics.fail(format!("{target}: {}", reason.lines().next().unwrap_or_default()));
            failed.lock().unwrap_or_else(PoisonError::into_inner).push((target, reason));
        };
        // A thread that ends without a word would leave its target unserved, and the relay healthy.
        let ended = catch_unwind(AssertUnwindSafe(|| worker.run()));
        ended.unwrap_or_else(|_| Err(PANICKED.to_owned())).map_err(report).ok()
    };
    thread::Builder::new().name(format!("relay to {name}")).spawn(work).map_err(StartError::Thread)
}

impl Relay {
    /// How long a relay that is dropped waits for what is in flight.
    pub const LIMIT: Duration = Duration::from_secs(10);

    /// A stop waits no longer than this, whatever its limit: a time beyond the clock's range is
    /// none.
    const LONGEST_LIMIT: Duration = Duration::from_secs(365 * 24 * 3_600);

    /// How much longer than its limit a stop may take.
    const LAST_COMMIT: Duration = Duration::from_millis(500);

    /// A relay of the outbox in a database. A path is the file of an SQLite database.
    pub fn builder(database: impl Into<DatabaseLocation>) -> RelayBuilder {
        RelayBuilder {
            database: database.into(),
            judge: None,
            emitter: Emitter::builder().build(),
            metrics: Arc::default(),
            limits: BacklogLimits::default(),
            lease: None,
            targets: Vec::new(),
        }
    }

    /// Tells this relay that events were committed.
    pub fn waker(&self) -> Waker {
        let of = |running: &Running| (running.signals.clone(), Arc::clone(&running.woken));
        Waker(self.workers.iter().map(of).collect())
    }

    /// What the relay counts.
    pub const fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// The targets that are no longer served, and why. A person must do something.
    pub fn failed(&self) -> Vec<(String, String)> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stops reading, waits up to `limit` for what is in flight, and writes the cursors.
    pub fn stop_within(self, limit: Duration) -> Ended {
        self.stop_because(StopCause::Request, limit)
    }

    /// As [`stop_within`](Self::stop_within), for another cause than that a program asked for it.
    pub(crate) fn stop_because(mut self, cause: StopCause, limit: Duration) -> Ended {
        let ended = self.stop(Signal::Stop, limit);
        self.say_stopped(cause, &ended);
        ended
    }

    /// Delivers what is in the outbox, for up to `limit`, and then stops as
    /// [`stop_within`](Self::stop_within) does. Call it after the last transaction. Parked events,
    /// and what is committed meanwhile, may be left for the next start.
    pub fn drain_within(mut self, limit: Duration) -> Ended {
        let ended = self.stop(Signal::Drain, limit);
        let cause = if ended.is_complete { StopCause::Drained } else { StopCause::Request };
        self.say_stopped(cause, &ended);
        ended
    }

    fn say_stopped(&mut self, cause: StopCause, ended: &Ended) {
        if let Some(life) = self.life.take() {
            life.end(cause, ended);
        }
    }

    fn stop(&mut self, signal: impl Fn(Instant) -> Signal, limit: Duration) -> Ended {
        let until = Instant::now() + limit.min(Self::LONGEST_LIMIT);
        for running in &self.workers {
            // A worker that has ended needs no signal.
            let _ = running.signals.send(signal(until));
        }
        let mut ended = Ended { is_complete: true, ..Ended::default() };
        for running in &mut self.workers {
            let Some(thread) = running.thread.take() else { continue };
            // A commit that waits for a locked database may take longer than the limit.
            while !thread.is_finished() && Instant::now() < until + Self::LAST_COMMIT {
                thread::sleep(Duration::from_millis(1));
            }
            let end = if thread.is_finished() { thread.join().ok().flatten() } else { None };
            ended.is_complete &= end.is_some_and(|end| end.is_complete);
            ended.published += self.metrics.target(&running.name).delivered();
            ended.unanswered += end.map_or(0, |end| end.unanswered);
        }
        ended.failed = self.failed();
        ended
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let ended = self.stop(Signal::Stop, Self::LIMIT);
        self.say_stopped(StopCause::Request, &ended);
    }
}

impl Waker {
    /// Events were committed. It never blocks.
    pub fn wake(&self) {
        for (signals, woken) in &*self.0 {
            // One signal is enough until the worker has seen it.
            if !woken.swap(true, Ordering::AcqRel) {
                let _ = signals.send(Signal::Wake);
            }
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Thread(error) => write!(f, "a thread cannot be spawned: {error}"),
            Self::SameName(name) => write!(f, "two targets have the name `{name}`"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Source(error) => Some(error),
            Self::Thread(error) => Some(error),
            Self::SameName(_) => None,
        }
    }
}

impl From<SourceError> for StartError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl fmt::Debug for RelayBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let targets: Vec<&str> = self.targets.iter().map(|(name, ..)| name.as_str()).collect();
        f.debug_struct("RelayBuilder").field("targets", &targets).finish_non_exhaustive()
    }
}
