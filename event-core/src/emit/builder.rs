//! Building an emitter.

use super::attempts::Attempts;
use super::callbacks;
use super::clock::Clock;
use super::incident::{Incident, Incidents, Topic};
use super::inner::Inner;
use super::limit::Limits;
use super::slot::Slot;
use super::tally::Tallies;
use super::timer::Timer;
use super::{Emitter, Levels, TailSampler};
use crate::context::trace::TraceContext;
use crate::context::{Context, ContextGroup, TraceSource};
use crate::record::{Asks, Constants, EventId, IdSource};
use crate::sink::Sink;
use crate::value::encode::{Encoder, Preencoded};
use crate::value::time::Timestamp;
use event_grammar::key_text;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, RwLock};
use std::time::Duration;

/// Builds an [`Emitter`].
#[must_use = "nothing is emitted until the emitter is built and installed, entered or used"]
pub struct Builder {
    levels: Levels,
    count_suppressed: bool,
    pub(super) ids_in_lines: bool,
    pub(super) sinks: Vec<Box<dyn Sink>>,
    clock: Option<Box<dyn Clock>>,
    ids: Option<Box<IdSource>>,
    pub(super) service: Service,
    constants: Context,
    trace_source: Option<Box<TraceSource>>,
    report_every: Option<Duration>,
    tail_sampler: Option<TailSampler>,
    pub(super) ignores_rates: bool,
    incidents: Incidents,
}

/// The members that describe the service in every record.
#[derive(Default)]
pub(super) struct Service {
    name: Option<String>,
    version: Option<String>,
    environment: Option<String>,
    host: Option<String>,
    pub(super) process_id: bool,
}

impl Emitter {
    /// Starts an emitter with level `info` and no sinks.
    pub fn builder() -> Builder {
        Builder::new()
    }
}

impl Builder {
    fn new() -> Self {
        Self {
            levels: Levels::default(),
            count_suppressed: false,
            ids_in_lines: false,
            sinks: Vec::new(),
            clock: None,
            ids: None,
            service: Service::default(),
            constants: Context::empty(),
            trace_source: None,
            report_every: None,
            tail_sampler: None,
            ignores_rates: false,
            incidents: Incidents::default(),
        }
    }

    /// Sets the lowest level that is emitted, or [`Levels`] by domain and event. The default is
    /// `info`.
    pub fn level(mut self, levels: impl Into<Levels>) -> Self {
        self.levels = levels.into();
        self
    }

    /// Also counts the events below the level. Such an event then costs some nanoseconds instead of
    /// one.
    pub fn count_suppressed(mut self) -> Self {
        self.count_suppressed = true;
        self
    }

    /// Adds a sink. Each sink gets every record. A fault of one sink does not affect the others.
    pub fn sink(mut self, sink: impl Sink + 'static) -> Self {
        self.sinks.push(Box::new(sink));
        self
    }

    /// Sets the name of the service: the member `service` of every record.
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.service.name = Some(name.into());
        self
    }

    /// Sets the version of the service: the member `service_version` of every record.
    pub fn service_version(mut self, version: impl Into<String>) -> Self {
        self.service.version = Some(version.into());
        self
    }

    /// Sets the environment, such as `production` or `staging`: the member `environment` of every
    /// record.
    pub fn environment(mut self, environment: impl Into<String>) -> Self {
        self.service.environment = Some(environment.into());
        self
    }

    /// Sets the machine that the service runs on: the member `service_host` of every record.
    pub fn service_host(mut self, host: impl Into<String>) -> Self {
        self.service.host = Some(host.into());
        self
    }

    /// Adds the process id: the member `service_pid` of every record.
    pub fn service_pid(mut self) -> Self {
        self.service.process_id = true;
        self
    }

    /// Adds a group of constants of your own, such as the region: every event that declares the
    /// group in its `context` carries it, on every thread. A domain declares it for all its events.
    /// The group is encoded once, here. A group of the same type that is bound for a scope replaces
    /// it, and so does a later call.
    ///
    /// Constants are declared fields, not free keys: so they are in the schemas, no key of a record
    /// is written twice, and a suspicious name or a reserved key does not build.
    ///
    /// [`ContextGroup::current`] reads what is bound, not constants.
    ///
    /// ```
    /// use event_core::sink::Memory;
    /// use event_core::{Emitter, Str, events};
    ///
    /// events!(
    ///     /// Where the service runs.
    ///     #[group(context)]
    ///     pub struct Deployment<'a> {
    ///         pub region: Str<'a>,
    ///     }
    /// );
    ///
    /// events!(
    ///     #[domain(context(Deployment))]
    ///     pub enum Payment { Process }
    ///
    ///     #[event(info)]
    ///     pub struct PaymentProcessCompleted {
    ///         pub amount_cents: i64,
    ///     }
    /// );
    ///
    /// # fn main() {
    /// let memory = Memory::new();
    /// let emitter = Emitter::builder()
    ///     .constants(&Deployment { region: "eu-1".into() })
    ///     .sink(memory.clone())
    ///     .build();
    /// emitter.emit(&PaymentProcessCompleted { amount_cents: 4_999 });
    /// assert!(memory.records()[0].text().ends_with(r#""region":"eu-1","amount_cents":4999}"#));
    /// # }
    /// ```
    pub fn constants<G: ContextGroup>(mut self, group: &G) -> Self {
        self.constants = self.constants.with(group);
        self
    }

    /// Also writes `event_id` and `sequence` into flat lines. Envelopes always have them.
    pub fn ids_in_lines(mut self) -> Self {
        self.ids_in_lines = true;
        self
    }

    /// Replaces the clock, for tests and golden files. Takes a closure that returns the time, or a
    /// [`Clock`].
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Box::new(clock));
        self
    }

    /// Replaces the generator of event ids, for tests and golden files. The closure gets the
    /// event's time.
    pub fn ids(mut self, ids: impl Fn(Timestamp) -> EventId + Send + Sync + 'static) -> Self {
        self.ids = Some(Box::new(ids));
        self
    }

    /// Asks `source` for the trace of a record if no [`TraceContext`] is bound. Use it when another
    /// tracing library owns the spans of the service.
    ///
    /// The emitter calls the source at most once for each event that passes its level: before the
    /// sampling decision, which uses the trace id, if the event is sampled; otherwise when the
    /// record is written. The source is never called for a disabled event. The answer is only
    /// written, not bound: [`TraceContext::current`] does not return it, so the other library
    /// decides what calls to other services carry. The source runs on the emitting thread and must
    /// not emit events.
    ///
    /// ```
    /// use event_core::context::trace::TraceContext;
    /// use event_core::sink::JsonLines;
    /// use event_core::Emitter;
    ///
    /// fn current_span() -> Option<TraceContext> {
    ///     // .. ask the tracing library of the service ..
    /// #   None
    /// }
    ///
    /// let emitter = Emitter::builder().trace_source(current_span).sink(JsonLines::stdout()).build();
    /// # let _ = emitter;
    /// ```
    pub fn trace_source(
        mut self,
        source: impl Fn() -> Option<TraceContext> + Send + Sync + 'static,
    ) -> Self {
        self.trace_source = Some(Box::new(source));
        self
    }

    /// Emits every `interval` how many events of each kind were sampled out or limited: see
    /// [`Emitter::report_suppressed`].
    pub fn report_every(mut self, interval: Duration) -> Self {
        self.report_every = Some(interval);
        self
    }

    /// Decides which units of work are emitted, when their outcome is known. By default all are
    /// emitted. The sampler applies only to wide events that are flushed, or dropped unflushed. An
    /// event that declares its own `sample` is sampled by that declaration alone.
    pub fn tail_sampler(mut self, sampler: TailSampler) -> Self {
        self.tail_sampler = Some(sampler);
        self
    }

    /// Ignores declared sample rates and limits, so that no event is sampled out or limited: for
    /// tools, tests and development. The record of an event that declares a `sample` then has
    /// `"sample_rate":1.0`.
    pub fn ignore_rates(mut self) -> Self {
        self.ignores_rates = true;
        self
    }

    /// Sets a listener, which is called once per kind of incident: a sink that fails, context that
    /// is not bound. By default incidents are written to standard error.
    pub fn on_incident(mut self, listener: impl Fn(&Incident) + Send + Sync + 'static) -> Self {
        self.incidents.listened_to_by(Box::new(listener));
        self
    }

    /// Builds the emitter.
    #[must_use = "it emits once it is installed, entered or used"]
    pub fn build(self) -> Emitter {
        let incidents = Arc::new(self.incidents);
        let slot = |(place, sink)| Slot::new(place, sink, &incidents);
        let sinks: Vec<Slot> = self.sinks.into_iter().enumerate().map(slot).collect();
        let service = self.service.members();
        let asks = Asks::default()
            .and(Asks::IDS, self.ids_in_lines)
            .and(Asks::SERVICE, !service.is_empty())
            .and(Asks::TRACE, self.trace_source.is_some())
            .and(Asks::MEMBERS, sinks.iter().any(|sink| sink.wants_members));
        let emitter = Emitter {
            inner: Arc::new_cyclic(|shared| Inner {
                levels: RwLock::new(self.levels),
                count_suppressed: self.count_suppressed,
                asks,
                sinks,
                clock: self.clock.map(|clock| callbacks::clock(clock, &incidents)),
                ids: self.ids.map(|ids| callbacks::ids(ids, &incidents)),
                constants: Constants { service, groups: self.constants },
                trace_source: self
                    .trace_source
                    .map(|source| callbacks::trace_source(source, &incidents)),
                sequence: AtomicU64::new(0),
                tallies: Tallies::new(),
                limits: Limits::default(),
                incidents,
                tail_sampler: self.tail_sampler,
                timer: Timer::default(),
                ignores_rates: self.ignores_rates,
                has_ended: AtomicBool::new(false),
                last_words: Attempts::default(),
                shared: shared.clone(),
            }),
        };
        if let Some(interval) = self.report_every
            && let Err(error) = emitter.report_suppressed_every(interval)
        {
            let incident = || Incident::TimerFailed { error: error.to_string() };
            emitter.inner.incidents.tell(Topic::TimerFailed, incident);
        }
        emitter
    }
}

impl Service {
    fn members(&self) -> Preencoded {
        Preencoded::new(|out| self.encode(out))
    }

    fn encode(&self, out: &mut Encoder) {
        let mut text = |key, value: &Option<String>| {
            if let Some(value) = value {
                out.text_member(key, value);
            }
        };
        text(key_text!(Service in Line), &self.name);
        text(key_text!(ServiceVersion in Line), &self.version);
        text(key_text!(Environment in Line), &self.environment);
        text(key_text!(ServiceHost in Line), &self.host);
        if self.process_id {
            out.integer_member(key_text!(ServicePid in Line), std::process::id());
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("levels", &self.levels)
            .field("sinks", &self.sinks.len())
            .finish_non_exhaustive()
    }
}
