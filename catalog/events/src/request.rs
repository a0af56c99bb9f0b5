//! What one of the reference systems emits of its requests, beside the block of event-tower.
//!
//! These two events are here and not in that block: no layer emits them, and a team that joins the
//! block would have to explain in each coverage report why it does not.

use event_core::{DomainEvent, Str};

use crate::context::CorrelationContext;

/// A request came in, before anything is known about who sent it.
#[derive(DomainEvent)]
#[event(info, domain = event_tower::request::Request, owner = "platform", context(CorrelationContext))]
pub struct RequestReceived<'a> {
    /// Path that was asked for.
    pub path: Str<'a>,
    /// HTTP method.
    #[field(example = "GET")]
    pub method: Str<'a>,
}

/// A request that came in was dealt with, over however many services.
#[derive(DomainEvent)]
#[event(info, domain = event_tower::request::Request, owner = "platform", context(CorrelationContext))]
pub struct RequestCompleted<'a> {
    /// How it went, in words.
    #[field(example = "ok")]
    pub status: Str<'a>,
}
