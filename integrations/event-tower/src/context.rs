//! The context of a request.

use event_core::{Str, events};

events!(
    /// The request being served, bound by the HTTP server.
    #[group(context, skip_none)]
    pub struct RequestContext<'a> {
        /// Tells this request from all others: the caller's `X-Request-ID`, or the server's own.
        #[field(example = "req_5f1c2a")]
        pub request_id: Str<'a>,
        /// Ties together the requests of several services that serve one purpose, when the caller
        /// names it.
        pub correlation_id: Option<Str<'a>>,
        /// Who asked, absent for an anonymous caller. Text, whatever type the key has in the user
        /// store.
        pub user_id: Option<Str<'a>>,
        /// Where the request came from, as far as the proxies can be trusted.
        #[sensitive(ip)]
        pub ip: Option<Str<'a>>,
    }
);
