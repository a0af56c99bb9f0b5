//! What hooks and events know of a request.

use event_core::Str;
use http::{Method, Uri};
use std::fmt;

/// The method in events where the request has one that HTTP does not define: a caller could make
/// any number of them.
const OTHER_METHOD: &str = "_OTHER";

/// What is known of a request from its first event to its last.
pub struct RequestInfo {
    method: Method,
    uri: Uri,
    route: Box<str>,
    request_id: Box<str>,
}

impl RequestInfo {
    pub(crate) fn new(method: &Method, uri: &Uri, route: &str, request_id: &str) -> Self {
        Self {
            method: method.clone(),
            uri: uri.clone(),
            route: route.into(),
            request_id: request_id.into(),
        }
    }

    /// The method.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The path as the caller wrote it, with all ids in it. Callers can invent any number of
    /// paths: use [`route`](Self::route) to count by.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The route that serves the path, or [`UNMATCHED`](crate::UNMATCHED).
    pub const fn route(&self) -> &str {
        &self.route
    }

    /// The request's id: the caller's, or the one that was generated.
    pub const fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The method as events write it.
    pub(crate) fn method_name(&self) -> &'static str {
        match self.method.as_str() {
            "GET" => "GET",
            "HEAD" => "HEAD",
            "POST" => "POST",
            "PUT" => "PUT",
            "DELETE" => "DELETE",
            "CONNECT" => "CONNECT",
            "OPTIONS" => "OPTIONS",
            "TRACE" => "TRACE",
            "PATCH" => "PATCH",
            _ => OTHER_METHOD,
        }
    }

    pub(crate) fn query(&self) -> Option<Str<'_>> {
        self.uri.query().map(Str::from)
    }
}

impl fmt::Debug for RequestInfo {
    /// Without the path and the query, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestInfo")
            .field("method", &self.method)
            .field("route", &self.route)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
