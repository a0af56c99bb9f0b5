//! Requests, from the first byte to the answer.

use event_core::{Str, UpcastFrom, events};

use crate::context::RequestContext;

events!(
    /// Requests, from the first byte to the answer.
    #[domain(owner = "platform", optional(action))]
    pub enum Request {}

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
        /// The ids and trace headers that were not used, each with the reason, without their
        /// content. Absent when all were valid.
        #[field(skip_none, example = "x-request-id: has a character that is not allowed")]
        pub discarded: Option<Str<'a>>,
    }

    /// How the status of an answer is judged.
    #[value(rename_all = "snake_case")]
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub enum RequestOutcome {
        /// The answer is what the caller asked for, or leads there.
        Answered,
        /// The caller is to blame: 400 to 499.
        Refused,
        /// The server is to blame: 500 to 599.
        Broken,
        /// A status that would be a refusal or a fault elsewhere and is normal for this request,
        /// as the 503 of a health check while the server starts.
        Expected,
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

    /// The second version: the status alone decides the level.
    #[event(level = match code { 400..=499 => warning, 500..=599 => error, _ => info }, context(RequestContext), version = 2)]
    pub struct RequestFinishedV2<'a> {
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

    /// A server answered a request. Pages not found and refusals are answers too.
    #[event(level = match outcome { Refused => warning, Broken => error, Answered | Expected => info }, context(RequestContext), version = 3)]
    pub struct RequestFinished<'a> {
        /// HTTP status of the answer.
        pub code: u16,
        /// How the status is judged, which decides the level.
        pub outcome: RequestOutcome,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Route that serves the path, its variable parts by name.
        #[field(example = "/orders/{id}")]
        pub route: Str<'a>,
        /// What stood behind the `?`, which callers put secrets into; `null` when nothing did.
        #[sensitive(redact)]
        pub query: Option<Str<'a>>,
        /// Length of the body. Absent when it is not known before the body is sent.
        #[field(unit = "bytes", skip_none)]
        pub body_bytes: Option<u64>,
        /// From the request's headers to the answer's headers.
        #[elapsed]
        #[field(skip_none)]
        pub duration_ms: Option<f64>,
    }

    /// The caller went away before the answer was ready.
    #[event(warning, context(RequestContext), skip_none)]
    pub struct RequestCancelled<'a> {
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Option<Str<'a>>,
        /// Route that serves the path, its variable parts by name.
        #[field(example = "/orders/{id}")]
        pub route: Option<Str<'a>>,
        /// From the request's headers until the caller went away.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }

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
        /// From the request's headers until it failed.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }
);

impl RequestOutcome {
    /// How a status is judged where nothing else is said: 400 to 499 is [`Refused`](Self::Refused),
    /// 500 to 599 is [`Broken`](Self::Broken), every other one is [`Answered`](Self::Answered).
    pub const fn of(code: u16) -> Self {
        match code {
            400..=499 => Self::Refused,
            500..=599 => Self::Broken,
            _ => Self::Answered,
        }
    }
}

/// The text in a masked value for the method and the route.
const UNKNOWN: &str = "unknown";

impl<'a> UpcastFrom<RequestStartedV1<'a>> for RequestStarted<'a> {
    fn upcast(old: RequestStartedV1<'a>) -> Self {
        Self {
            method: UNKNOWN.into(),
            route: UNKNOWN.into(),
            query: Some(old.request),
            user_agent: old.user_agent,
            discarded: None,
        }
    }
}

impl<'a> UpcastFrom<RequestFinishedV1<'a>> for RequestFinishedV2<'a> {
    fn upcast(old: RequestFinishedV1<'a>) -> Self {
        Self {
            code: old.code,
            method: UNKNOWN.into(),
            route: UNKNOWN.into(),
            query: Some(old.request),
        }
    }
}

impl<'a> UpcastFrom<RequestFinishedV2<'a>> for RequestFinished<'a> {
    fn upcast(old: RequestFinishedV2<'a>) -> Self {
        Self {
            code: old.code,
            outcome: RequestOutcome::of(old.code),
            method: old.method,
            route: old.route,
            query: old.query,
            body_bytes: None,
            duration_ms: None,
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
            duration_ms: None,
        }
    }
}
