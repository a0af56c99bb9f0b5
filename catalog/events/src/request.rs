//! Requests, from the first byte to the answer.

use event_core::{Str, UpcastFrom, events};

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

    /// The first version: method, path and query are one masked text.
    #[event(info, context(RequestContext))]
    pub struct RequestStartedV1<'a> {
        /// Method and URL; the query in it may hold secrets.
        #[sensitive(redact)]
        pub request: Str<'a>,
        /// The program that asked, in its own words; `null` when it says nothing.
        pub user_agent: Option<Str<'a>>,
    }

    /// A server begins to serve a request.
    #[event(info, context(RequestContext), version = 2)]
    pub struct RequestStarted<'a> {
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Route that serves the path, its variable parts by name.
        #[field(example = "/orders/{id}")]
        pub route: Str<'a>,
        /// What stood behind the `?`, which callers put secrets into; `null` when nothing did.
        #[sensitive(redact)]
        pub query: Option<Str<'a>>,
        /// The program that asked, in its own words; `null` when it says nothing.
        pub user_agent: Option<Str<'a>>,
    }

    /// The first version: method, path and query are one masked text.
    #[event(level = match code { 400..=499 => warning, 500..=599 => error, _ => info }, context(RequestContext))]
    pub struct RequestFinishedV1<'a> {
        /// HTTP status of the answer.
        pub code: u16,
        /// Method and URL; the query in it may hold secrets.
        #[sensitive(redact)]
        pub request: Str<'a>,
    }

    /// A server answered a request. Pages not found and refusals are answers too.
    #[event(level = match code { 400..=499 => warning, 500..=599 => error, _ => info }, context(RequestContext), version = 2)]
    pub struct RequestFinished<'a> {
        /// HTTP status of the answer.
        pub code: u16,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Route that serves the path, its variable parts by name.
        #[field(example = "/orders/{id}")]
        pub route: Str<'a>,
        /// What stood behind the `?`, which callers put secrets into; `null` when nothing did.
        #[sensitive(redact)]
        pub query: Option<Str<'a>>,
    }

    /// The caller went away before the answer was ready.
    #[event(warning, context(RequestContext))]
    pub struct RequestCancelled;

    /// The first version: method, path and query are one masked text.
    #[event(error, context(RequestContext), skip_none)]
    pub struct RequestFailedV1<'a> {
        /// HTTP status that the caller got instead of an answer: 500, unless the server chose
        /// another one.
        pub code: u16,
        /// Method and URL; the query in it may hold secrets.
        #[sensitive(redact)]
        pub request: Str<'a>,
        /// Trace of the exception, as the program writes it.
        pub exception: Option<Str<'a>>,
        /// What went wrong, in one line.
        pub error: Option<Str<'a>>,
    }

    /// A server broke down over a request. Two systems describe it: `error` is what one of them
    /// says, `code` and `exception` the other.
    #[event(error, context(RequestContext), skip_none, version = 2)]
    pub struct RequestFailed<'a> {
        /// HTTP status that the caller got instead of an answer: 500, unless the server chose
        /// another one.
        pub code: u16,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Route that serves the path, its variable parts by name.
        #[field(example = "/orders/{id}")]
        pub route: Str<'a>,
        /// What stood behind the `?`, which callers put secrets into; `null` when nothing did.
        #[sensitive(redact)]
        pub query: Option<Str<'a>>,
        /// Trace of the exception, as the program writes it.
        pub exception: Option<Str<'a>>,
        /// What went wrong, in one line.
        pub error: Option<Str<'a>>,
    }
);

/// The text in a masked value for the method and the route.
const UNKNOWN: &str = "unknown";

impl<'a> UpcastFrom<RequestStartedV1<'a>> for RequestStarted<'a> {
    fn upcast(old: RequestStartedV1<'a>) -> Self {
        Self {
            method: UNKNOWN.into(),
            route: UNKNOWN.into(),
            query: Some(old.request),
            user_agent: old.user_agent,
        }
    }
}

impl<'a> UpcastFrom<RequestFinishedV1<'a>> for RequestFinished<'a> {
    fn upcast(old: RequestFinishedV1<'a>) -> Self {
        Self {
            code: old.code,
            method: UNKNOWN.into(),
            route: UNKNOWN.into(),
            query: Some(old.request),
        }
    }
}

impl<'a> UpcastFrom<RequestFailedV1<'a>> for RequestFailed<'a> {
    fn upcast(old: RequestFailedV1<'a>) -> Self {
        Self {
            code: old.code,
            method: UNKNOWN.into(),
            route: UNKNOWN.into(),
            query: Some(old.request),
            exception: old.exception,
            error: old.error,
        }
    }
}
