//! Request and stream events for HTTP services, by one tower layer.
//!
//! [`RequestEventsLayer`] gives each request exactly one begin and one end, whatever happens to it:
//!
//! | what happens | events |
//! | --- | --- |
//! | the service answers | `request_started`, `request_finished`: `info`, from 400 `warning`, from 500 `error`; an expected status `info` |
//! | the service returns an error, or panics | `request_started`, `request_failed` |
//! | the caller goes away | `request_started`, `request_cancelled` |
//! | the body of the answer has no known length | after `request_finished`: `streaming_started`, and `streaming_finished`, `streaming_failed` or `streaming_cancelled` |
//!
//! An answer of 101 (an upgrade) is finished by its head; what is sent over the connection then is
//! not watched. A body whose length is known has no events of its own.
//!
//! The layer binds [`RequestContext`] for the handler and for the body, at each poll. A task that
//! the handler spawns has it if it is asked for:
//! [`in_current_context`](event_core::InContext::in_current_context). The context is made of what
//! is bound when the service is called, and of what the layer adds.
//!
//! The events are the blocks [`request::Request`] and [`streaming::Streaming`], which a catalog
//! joins like its own:
//!
//! ```
//! event_core::catalog!(
//!     /// Everything that the shop emits.
//!     pub enum ShopEvent {
//!         Request(event_tower::request::Request),
//!         Streaming(event_tower::streaming::Streaming),
//!     }
//! );
//! # fn main() { assert!(CATALOG.events().count() > 8); }
//! ```

mod body;
mod context;
mod exchange;
mod failure;
mod future;
mod ids;
mod layer;
mod propagate;
mod proxies;
pub mod request;
mod request_info;
mod service;
mod settings;
mod stream;
pub mod streaming;

pub use body::ResponseBody;
pub use context::RequestContext;
pub use failure::Failure;
pub use future::ResponseFuture;
pub use ipnet::IpNet;
pub use layer::RequestEventsLayer;
pub use propagate::propagate;
pub use proxies::TrustedProxies;
pub use request_info::RequestInfo;
pub use service::RequestEvents;

/// The route in the events of a request that no route serves. It is one value, so that scanners do
/// not add any.
pub const UNMATCHED: &str = "unmatched";
