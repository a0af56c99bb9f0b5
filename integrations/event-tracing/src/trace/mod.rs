//! The trace of a record from the current span.

#[cfg(feature = "opentelemetry")]
mod opentelemetry;
#[cfg(feature = "registry")]
mod registry;

#[cfg(feature = "opentelemetry")]
pub use opentelemetry::opentelemetry_trace;
#[cfg(feature = "registry")]
pub(crate) use registry::Received;
#[cfg(feature = "registry")]
pub use registry::{set_span_trace, span_trace};
