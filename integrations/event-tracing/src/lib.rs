#![doc = include_str!("../README.md")]

mod bridging;
mod callsite;
mod fields;
mod level;
mod received;
mod sink;
#[cfg(any(feature = "opentelemetry", feature = "registry"))]
mod trace;

#[cfg(feature = "registry")]
pub use received::CatchAll;
pub use received::{
    Tracing, TracingEvent, TracingEventReceived, TracingSeverity, TracingValue,
    emit_tracing_event_received,
};
pub use sink::TracingSink;
#[cfg(feature = "opentelemetry")]
pub use trace::opentelemetry_trace;
#[cfg(feature = "registry")]
pub use trace::{set_span_trace, span_trace};
