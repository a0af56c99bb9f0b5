//! Requests, one event each.

use std::collections::BTreeMap;

use event_core::{Str, events};

use crate::error::ErrorDetails;

events!(
    /// Requests, one event each, written when all about them is known.
    #[domain(owner = "platform", optional(status))]
    pub enum Http {
        /// Serve a request.
        Request,
    }

    /// The first version: `info`, whatever the answer was.
    #[event(info, skip_none, retention = "30d")]
    pub struct HttpRequestV1<'a> {
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Path that was asked for, values included.
        pub path: Str<'a>,
        /// What stood behind the `?`, which callers put secrets into.
        #[sensitive(redact)]
        pub query_params: BTreeMap<String, Str<'a>>,
        /// The program that asked, in its own words, absent when it says nothing.
        pub user_agent: Option<Str<'a>>,
        /// Where the request came from.
        #[sensitive(ip)]
        pub ip: Str<'a>,
        /// Tells this request from all others.
        pub request_id: Str<'a>,
        /// HTTP status of the answer, absent when there was none.
        pub status_code: Option<u16>,
        /// How long the answer took.
        #[elapsed]
        pub response_time_ms: Option<u64>,
        /// Size of the answer.
        #[field(unit = "bytes")]
        pub content_length: Option<u64>,
        /// Whether the request failed. Elsewhere in the catalog `error` is text; here the text is
        /// in `error_message`.
        #[field(dictionary = "a flag as published, and readers filter by it; `error_message` \
                              holds the text")]
        pub error: Option<bool>,
        /// What went wrong.
        #[group]
        pub cause: ErrorDetails<'a>,
        /// Where in the program it went wrong.
        pub stack_trace: Option<Str<'a>>,
    }

    /// A request was served, or was not: one event says everything about it.
    #[event(
        level = match status_code { Some(500..) => error, Some(400..=499) => warning, _ => info },
        skip_none,
        retention = "30d",
        version = 2,
        upcast = auto
    )]
    pub struct HttpRequest<'a> {
        /// HTTP method.
        #[field(example = "GET")]
        pub method: Str<'a>,
        /// Path that was asked for, values included.
        pub path: Str<'a>,
        /// What stood behind the `?`, which callers put secrets into.
        #[sensitive(redact)]
        pub query_params: BTreeMap<String, Str<'a>>,
        /// The program that asked, in its own words, absent when it says nothing.
        pub user_agent: Option<Str<'a>>,
        /// Where the request came from.
        #[sensitive(ip)]
        pub ip: Str<'a>,
        /// Tells this request from all others.
        pub request_id: Str<'a>,
        /// HTTP status of the answer, absent when there was none.
        pub status_code: Option<u16>,
        /// How long the answer took.
        #[elapsed]
        pub response_time_ms: Option<u64>,
        /// Size of the answer.
        #[field(unit = "bytes")]
        pub content_length: Option<u64>,
        /// Whether the request failed. Elsewhere in the catalog `error` is text; here the text is
        /// in `error_message`.
        #[field(dictionary = "a flag as published, and readers filter by it; `error_message` \
                              holds the text")]
        pub error: Option<bool>,
        /// What went wrong.
        #[group]
        pub cause: ErrorDetails<'a>,
        /// Where in the program it went wrong.
        pub stack_trace: Option<Str<'a>>,
    }
);
