//! Where an event stands in a distributed trace, in the terms of W3C Trace Context.

mod id;

pub use id::{SpanId, TraceId};
