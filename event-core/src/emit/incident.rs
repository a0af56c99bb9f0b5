//! Problems while events are emitted, each reported once.

use crate::model::meta::EventMeta;
use crate::value::encode::Refusal;
use crate::value::isolation;
use std::collections::HashSet;
use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// A problem with the emitted events. It is counted each time, and reported the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incident {
    /// The event declares context that was not bound. The record lacks fields that its readers
    /// expect.
    ContextMissing {
        /// The event's name.
        event: &'static str,
        /// Where the event is declared.
        declared: String,
        /// The groups that the event declares.
        groups: Vec<&'static str>,
    },
    /// The event was not written.
    Refused {
        /// The event's name.
        event: &'static str,
        /// Why: the field that excludes its value, or the code that panicked.
        refusal: Refusal,
    },
    /// A sink could not take a record.
    SinkFailed {
        /// The sink's name.
        sink: String,
        /// The error of the sink.
        error: String,
    },
    /// A sink panicked.
    SinkPanicked {
        /// The sink's name; `#2` for the second sink, if the method `name` panicked.
        sink: String,
        /// The method of [`Sink`](crate::Sink) that panicked.
        call: &'static str,
    },
    /// A sink emits events while it writes or flushes. The other sinks get these events; this sink
    /// does not.
    SinkEmits {
        /// The sink's name.
        sink: String,
    },
    /// A buffer was dropped with events that were neither flushed nor discarded. They are lost.
    BufferDropped {
        /// The number of lost events.
        events: usize,
    },
    /// A callback of the program panicked. The emitter uses its own clock, ids or no trace for that
    /// event. If the callback emits a dropped operation or unit of work, nothing is emitted.
    CallbackPanicked {
        /// The function that took the callback: `Builder::clock`, `Builder::ids`,
        /// `Builder::trace_source`, `Begins::start`, `Wide::unit`.
        name: &'static str,
    },
    /// An event was emitted after the [`Guard`](crate::emit::Guard) was finished or dropped. Since
    /// then each record is flushed, which is slow.
    GuardGone,
    /// The thread that reports left-out events could not be started.
    TimerFailed {
        /// The error of the operating system.
        error: String,
    },
}

impl fmt::Display for Incident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContextMissing { event, declared, groups } => {
                let groups = groups.join("`, `");
                write!(
                    f,
                    "event `{event}` ({declared}) was emitted without context that it declares; \
                     bind `{groups}` with `.enter()` or `.in_context(..)`"
                )
            }
            Self::Refused { event, refusal } => {
                write!(f, "event `{event}` was not written: {refusal}")
            }
            Self::SinkFailed { sink, error } => {
                write!(f, "sink `{sink}` could not take a record: {error}")
            }
            Self::SinkPanicked { sink, call } => write!(f, "sink `{sink}` panicked in `{call}`"),
            Self::SinkEmits { sink } => {
                write!(
                    f,
                    "sink `{sink}` emits events while it is called; the other sinks get them, \
                     this sink does not"
                )
            }
            Self::CallbackPanicked { name } => {
                write!(f, "the callback given to `{name}` panicked; the emitter went on without it")
            }
            Self::GuardGone => f.write_str(
                "an event was emitted after the guard of the emitter was finished or dropped, so \
                 each record is flushed now, which is slow; write `let guard = \
                 emitter.install()?;` in `main`, and `guard.finish()` at its end",
            ),
            Self::BufferDropped { events } => write!(
                f,
                "{events} event(s) were lost, because their buffer was dropped before they were \
                 flushed; flush them before the commit, or discard them if the transaction is \
                 rolled back"
            ),
            Self::TimerFailed { error } => {
                write!(f, "cannot start the timer that reports left-out events: {error}")
            }
        }
    }
}

/// The topic of an incident. Each topic is reported once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    ContextMissing { event: usize },
    Refused { event: usize, refusal: Refusal },
    SinkFailed { sink: usize },
    SinkPanicked { sink: usize, call: &'static str },
    SinkEmits { sink: usize },
    CallbackPanicked { name: &'static str },
    GuardGone,
    BufferDropped,
    TimerFailed,
}

/// The callback that gets the incidents.
pub(super) type Listener = dyn Fn(&Incident) + Send + Sync;

/// The incidents of one emitter.
#[derive(Default)]
pub(super) struct Incidents {
    told: Mutex<HashSet<Topic>>,
    listener: Option<Box<Listener>>,
}

impl Incidents {
    pub(super) fn listened_to_by(&mut self, listener: Box<Listener>) {
        self.listener = Some(listener);
    }

    /// Reports `incident`, unless its topic was reported before.
    #[cold]
    pub(super) fn tell(&self, topic: Topic, incident: impl FnOnce() -> Incident) {
        let is_new = self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(topic);
        if !is_new {
            return;
        }
        let incident = incident();
        // A listener that panics has not reported the incident. `println!` panics if standard
        // output is closed.
        let is_told = self
            .listener
            .as_ref()
            .is_some_and(|tell| isolation::caught(|| tell(&incident)).is_some());
        if !is_told {
            // If standard error fails too, there is no other place to report to.
            let _ = writeln!(
                std::io::stderr(),
                "event-core: {incident}; reported once, and counted each time"
            );
        }
    }
}

/// The file and line where an event is declared, for people.
pub(super) fn declared(meta: &EventMeta) -> String {
    format!("{}:{}", meta.source.file, meta.source.line)
}
