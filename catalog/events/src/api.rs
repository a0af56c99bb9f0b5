//! The public API, and calls to others' APIs.

use event_core::{Str, events};

events!(
    /// The public API, and calls to others' APIs.
    #[domain(owner = "platform")]
    pub enum Api {
        /// Serve a request to the API.
        Request,
        /// Hold a caller to its share of the capacity.
        Ratelimit,
        /// Check what a caller sent.
        Validation,
        /// Call another company's API.
        Call,
    }

    /// A request to the API came in.
    #[event(info)]
    pub struct ApiRequestStarted<'a> {
        /// Route's template, without the values in it.
        #[field(example = "/orders/{order_id}")]
        pub endpoint: Str<'a>,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Tells this request from all others.
        pub request_id: Str<'a>,
    }

    /// The API answered a request.
    #[event(info, skip_none)]
    pub struct ApiRequestCompleted<'a> {
        /// Route's template, without the values in it.
        #[field(example = "/orders/{order_id}")]
        pub endpoint: Str<'a>,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// HTTP status of the answer.
        pub status_code: u16,
        /// How long the answer took.
        #[elapsed]
        pub duration_ms: f64,
        /// Tells this request from all others.
        pub request_id: Option<Str<'a>>,
        /// Requests that this process has answered since the counter was reset.
        pub event_count: Option<u64>,
        /// How long ago the counter was reset.
        #[field(unit = "s")]
        pub time_since_reset: Option<f64>,
    }

    /// The API could not answer a request.
    #[event(error, skip_none)]
    pub struct ApiRequestFailed<'a> {
        /// Route's template, without the values in it.
        #[field(example = "/orders/{order_id}")]
        pub endpoint: Str<'a>,
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// HTTP status that the caller got instead of an answer.
        pub status_code: u16,
        /// What went wrong.
        pub error: Str<'a>,
        /// Tells this request from all others.
        pub request_id: Str<'a>,
        /// Requests that this process has failed to answer since the counter was reset.
        pub event_count: Option<u64>,
        /// How long ago the counter was reset.
        #[field(unit = "s")]
        pub time_since_reset: Option<f64>,
    }

    /// A user asked more often than allowed and was turned away.
    #[event(warning, skip_none)]
    pub struct ApiRatelimitExceeded<'a> {
        /// Who asked.
        #[entity]
        pub user_id: Str<'a>,
        /// Route's template, when the limit is that of one route.
        pub endpoint: Option<Str<'a>>,
        /// Requests allowed in one window.
        #[field(unit = "requests")]
        pub limit: Option<u64>,
        /// Length of the window.
        #[field(unit = "s")]
        pub window_s: Option<u64>,
    }

    /// A caller sent something that the API does not accept.
    #[event(warning)]
    pub struct ApiValidationFailed<'a> {
        /// Route's template, without the values in it.
        pub endpoint: Str<'a>,
        /// The part of the request that is wrong.
        #[field(example = "shipping.postcode")]
        pub field: Str<'a>,
        /// Why it is wrong.
        pub error: Str<'a>,
        /// What was sent: anything at all, so it is never written in clear.
        #[sensitive(redact)]
        pub value: Str<'a>,
    }

    /// A call to another company's API went out.
    #[event(info)]
    pub struct ApiCallStarted<'a> {
        /// Route's template on the other side.
        pub endpoint: Str<'a>,
        /// HTTP method.
        #[field(example = "POST")]
        pub method: Str<'a>,
    }

    /// Another company's API answered.
    #[event(info)]
    pub struct ApiCallCompleted<'a> {
        /// Route's template on the other side.
        pub endpoint: Str<'a>,
        /// HTTP method.
        #[field(example = "POST")]
        pub method: Str<'a>,
        /// How long the answer took.
        #[elapsed]
        pub duration_ms: f64,
    }

    /// Another company's API did not answer, or answered with an error.
    #[event(error)]
    pub struct ApiCallFailed<'a> {
        /// Route's template on the other side.
        pub endpoint: Str<'a>,
        /// HTTP method.
        #[field(example = "POST")]
        pub method: Str<'a>,
        /// How long it took until the call was given up.
        #[elapsed]
        pub duration_ms: f64,
        /// What went wrong.
        pub error: Str<'a>,
    }
);
