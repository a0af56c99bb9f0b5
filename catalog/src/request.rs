//! Requests, from the first byte to the answer.

use event_core::{Str, events};

use crate::context::{CorrelationContext, RequestContext};

events!(
    /// Requests, from the first byte to the answer.
    #[domain(owner = "platform", optional(action))]
    pub enum Request {}

    /// A request came in, before anything is known about who sent it.
    #[event(info, context(CorrelationContext))]
    pub struct RequestReceived<'a> {
        /// Path that was asked for.
        pub path: Str<'a>,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
    }

    /// A request that came in was dealt with, over however many services.
    #[event(info, context(CorrelationContext))]
    pub struct RequestCompleted<'a> {
        /// How it went, in words.
        #[field(example = "ok")]
        pub status: Str<'a>,
    }

    /// A server begins to serve a request.
    #[event(info, context(RequestContext))]
    pub struct RequestStarted<'a> {
        /// Method and URL; the query in it may hold secrets.
        #[sensitive(redact)]
        pub request: Str<'a>,
        /// The program that asked, in its own words; `null` when it says nothing.
        pub user_agent: Option<Str<'a>>,
    }

    /// A server answered a request. Pages not found and refusals are answers too.
    #[event(level = match code { 400..=499 => warning, 500..=599 => error, _ => info }, context(RequestContext))]
    pub struct RequestFinished<'a> {
        /// HTTP status of the answer.
        pub code: u16,
        /// Method and URL; the query in it may hold secrets.
        #[sensitive(redact)]
        pub request: Str<'a>,
    }

    /// Whoever asked went away before the answer was ready.
    #[event(warning, context(RequestContext))]
    pub struct RequestCancelled;

    /// A server broke down over a request. Two systems describe it: `error` is what one of them says, `code` and `exception` the other.
    #[event(error, context(RequestContext), skip_none)]
    pub struct RequestFailed<'a> {
        /// HTTP status that the caller got instead of an answer: 500, unless the server chose another one.
        pub code: u16,
        /// Method and URL; the query in it may hold secrets.
        #[sensitive(redact)]
        pub request: Str<'a>,
        /// Trace of the exception, as the program writes it.
        pub exception: Option<Str<'a>>,
        /// What went wrong, in one line.
        pub error: Option<Str<'a>>,
    }
);
