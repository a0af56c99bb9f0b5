//! What goes wrong while events are emitted, said once each.

use crate::model::meta::EventMeta;
use crate::value::encode::Refusal;
use crate::value::isolation;
use std::collections::HashSet;
use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// Something that is wrong about the events that are emitted. It is counted each time, and told the
/// first time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incident {
    /// The event declares context that was not bound: the record lacks fields that its readers look
    /// for.
    ContextMissing {
        /// The event's name.
        event: &'static str,
        /// Where it is declared.
        declared: String,
        /// The groups that it declares.
        groups: Vec<&'static str>,
    },
    /// The event was not written.
    Refused {
        /// The event's name.
        event: &'static str,
        /// Why: which field excludes its value, or what panicked.
        refusal: Refusal,
    },
    /// A sink could not take a record.
    SinkFailed {
        /// Its name.
        sink: String,
        /// Why.
        error: String,
    },
    /// A sink panicked.
    SinkPanicked {
        /// Its name; `#2` for the second sink, where `name` is what panicked.
        sink: String,
        /// The method of [`Sink`](crate::Sink) that panicked.
        call: &'static str,
    },
    /// A sink emits events while it writes or flushes: the other sinks get them, this one does not.
    SinkEmits {
        /// Its name.
        sink: String,
    },
    /// A buffer was dropped with events in it that were neither flushed nor discarded. They are
    /// lost.
    BufferDropped {
        /// How many.
        events: usize,
    },
    /// Something that the program gave to be called panicked. A clock, or a source of ids or
    /// traces, is replaced by the emitter's own for that event; of an operation or a unit of work
    /// that was dropped, nothing is emitted.
    CallbackPanicked {
        /// The function that it was given to: `Builder::clock`, `Builder::ids`,
        /// `Builder::trace_source`, `Begins::start`, `Wide::unit`.
        name: &'static str,
    },
    /// An event was emitted after the [`Guard`](crate::emit::Guard) was finished or dropped: since then
    /// each record is flushed, which is slow.
    GuardGone,
    /// The thread that reports what was left out could not be started.
    TimerFailed {
        /// Why.
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
                    "event `{event}` ({declared}) is emitted where context that it declares is \
                     not bound; bind `{groups}` with `.enter()` or `.in_context(..)`"
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
                    "sink `{sink}` emits events while it is called; the other sinks get them, it \
                     does not"
                )
            }
            Self::CallbackPanicked { name } => {
                write!(f, "what was given to `{name}` panicked; the emitter did without it")
            }
            Self::GuardGone => f.write_str(
                "an event was emitted after the guard of the emitter was finished or dropped, so \
                 each record is flushed now, which is slow; write `let guard = \
                 emitter.install()?;` in `main`, and `guard.finish()` at its end",
            ),
            Self::BufferDropped { events } => write!(
                f,
                "{events} event(s) were lost, because their buffer was dropped before it was \
                 flushed; call `discard` to roll a transaction back"
            ),
            Self::TimerFailed { error } => {
                write!(f, "what is left out is not reported on a timer: {error}")
            }
        }
    }
}

/// What is told of one incident, and only once.
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

/// Who is told.
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

    /// Tells `incident` unless that was told.
    #[cold]
    pub(super) fn tell(&self, topic: Topic, incident: impl FnOnce() -> Incident) {
        let is_new = self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(topic);
        if !is_new {
            return;
        }
        let incident = incident();
        // A listener that panics, as `println!` does where standard output is gone, has not told
        // it.
        let is_told = self
            .listener
            .as_ref()
            .is_some_and(|tell| isolation::caught(|| tell(&incident)).is_some());
        if !is_told {
            // Where even this cannot be written, nobody is left to tell.
            let _ = writeln!(
                std::io::stderr(),
                "event-core: {incident}; reported once, and counted each time"
            );
        }
    }
}

/// Where an event is declared, for people.
pub(super) fn declared(meta: &EventMeta) -> String {
    format!("{}:{}", meta.source.file, meta.source.line)
}
