//! Events as OpenTelemetry logs.
//!
//! | to send events | use |
//! | --- | --- |
//! | to a collector, over HTTP | [`OtlpHttp`] (feature `http`, default; `tls` for HTTPS, `gzip` for compression) |
//! | to a file that a collector reads | [`OtlpLines`] |
//! | through an OpenTelemetry SDK of the service | `LoggerSink` (feature `opentelemetry`) |
//!
//! The feature `trace` has `current_trace`: events then carry the ids of the span that the crate
//! `opentelemetry` has active.
//!
//! ```no_run
//! use event_core::Emitter;
//! # #[cfg(feature = "http")]
//! use event_otel::OtlpHttp;
//!
//! # #[cfg(feature = "http")]
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let otlp = OtlpHttp::from_env()?.start()?;
//!     let guard = Emitter::builder().service("shop").sink(otlp).build().install()?;
//!     // .. the service ..
//!     guard.finish();
//!     Ok(())
//! }
//! # #[cfg(not(feature = "http"))]
//! # fn main() {}
//! ```
//!
//! # What a record becomes
//!
//! | in OTLP | from the record |
//! | --- | --- |
//! | `event_name` | the name as in the flat line: `payment_process_failed` |
//! | `time_unix_nano` | when it happened |
//! | `observed_time_unix_nano` | when it was recorded |
//! | `severity_text` | the level's word |
//! | `severity_number` | trace 1, debug 5, info 9, warning 13, error 17, critical 21 |
//! | `trace_id`, `span_id` | the trace and the span |
//! | attribute `log.record.uid` | the id of the event |
//! | attribute `version` | the version of the event's declaration |
//! | other attributes | every other member of the flat line, with its key and its type |
//! | resource | the service, its version, environment, host and process, and [`Resource`] |
//! | scope | this crate and its version |
//!
//! - The name has underscores, as in the flat line and as the name of a `tracing` callsite: an event
//!   has the same name on each of these ways, so one query finds it.
//! - There is no body, because events need none, and no `flags`, because a record does not have
//!   them.
//! - Lists are `ArrayValue`, objects are `KeyValueList`. More than 24 of them within each other are
//!   JSON text, because readers refuse deeper messages.
//! - A whole number above `i64::MAX` is a text, because OTLP has no larger number.
//! - A member that is `null` is left out. Within lists and objects, `null` is an empty value.
//! - A time until 1970 or after 2554 does not fit. It is the attribute `timestamp`, as in the line.
//!
//! Values are masked already: a sink never gets what a mask hides.

mod encode;
#[cfg(feature = "http")]
mod http;
mod lines;
#[cfg(feature = "opentelemetry")]
mod logger;
mod resource;
#[cfg(feature = "trace")]
mod trace;
mod variable;

#[cfg(feature = "http")]
pub use http::{OtlpHttp, OtlpHttpError, OtlpProtocol};
pub use lines::OtlpLines;
#[cfg(feature = "opentelemetry")]
pub use logger::LoggerSink;
pub use resource::Resource;
#[cfg(feature = "trace")]
pub use trace::current_trace;
pub use variable::InvalidVariable;
