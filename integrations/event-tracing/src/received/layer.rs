//! The layer that emits the events of `tracing`.

use super::visitor::{Said, severity};
use super::{TracingEventReceived, emit_tracing_event_received};
use crate::bridging::Bridging;
use crate::callsite::TARGET;
use crate::trace::Received;
use tracing_core::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// A layer that emits each event of `tracing` as a [`TracingEventReceived`], to the emitter of the
/// scope or the process.
///
/// It lets the records of libraries take the way of declared events. Choose what it gets by a
/// filter: it builds the event before the emitter compares the level.
///
/// It leaves out events that come from a [`TracingSink`](crate::TracingSink) (by the target, which
/// begins with `event.`), and events that happen on a thread while an event is passed on there: by
/// the sink to the subscriber, or by this layer to the emitter. So a sink that logs by `tracing`
/// does not feed itself.
///
/// ```
/// use event_tracing::CatchAll;
/// use tracing_subscriber::filter::{LevelFilter, Targets};
/// use tracing_subscriber::{Layer, Registry, layer::SubscriberExt};
///
/// let wanted = Targets::new().with_default(LevelFilter::WARN).with_target("hyper", LevelFilter::ERROR);
/// let subscriber = Registry::default().with(CatchAll::new().with_filter(wanted));
/// # let _ = subscriber;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "it gets events once it is added to a subscriber"]
pub struct CatchAll(());

impl CatchAll {
    /// A layer that emits every event that it gets.
    pub const fn new() -> Self {
        Self(())
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for CatchAll {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        if metadata.target().starts_with(TARGET) || Bridging::is_on() {
            return;
        }
        let _bridging = Bridging::begin();
        let _received = Received::in_span(context.event_span(event).as_ref());
        let mut said = Said::default();
        event.record(&mut said);
        emit_tracing_event_received(TracingEventReceived {
            severity: severity(*metadata.level()),
            target: said.log.target.as_deref().unwrap_or(metadata.target()).into(),
            message: said.message.map(Into::into),
            fields: said.fields,
            file: said.log.file.as_deref().or(metadata.file()).map(Into::into),
            line: said.log.line.or(metadata.line()),
        });
    }
}
