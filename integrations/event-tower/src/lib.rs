//! The events of HTTP requests and of streamed answers, as blocks that a catalog joins.

mod context;
pub mod request;
pub mod streaming;

pub use context::RequestContext;
