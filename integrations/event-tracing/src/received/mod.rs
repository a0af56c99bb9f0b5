//! Events of `tracing` as a declared event.

mod event;
#[cfg(feature = "registry")]
mod layer;
#[cfg(feature = "registry")]
mod visitor;

pub use event::{
    Tracing, TracingEvent, TracingEventReceived, TracingSeverity, TracingValue,
    emit_tracing_event_received,
};
#[cfg(feature = "registry")]
pub use layer::CatchAll;

use event_core::Event;
use event_core::meta::EventMeta;

/// Whether the descriptor is that of an event that came from `tracing`.
pub(crate) fn is_received(meta: &EventMeta) -> bool {
    let received = TracingEventReceived::META;
    meta.name == received.name && meta.source == received.source
}
