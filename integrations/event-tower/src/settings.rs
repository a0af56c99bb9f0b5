//! The options of a layer: its hooks, its headers, its proxies.

use crate::{Failure, RequestInfo, TrustedProxies};
use event_core::Str;
use event_core::context::Binding;
use http::request::Parts;
use http::{HeaderName, StatusCode, response};
use std::net::IpAddr;
use std::sync::Arc;

pub(crate) type Route = dyn for<'a> Fn(&'a Parts) -> Option<Str<'a>> + Send + Sync;
pub(crate) type Peer = dyn Fn(&Parts) -> Option<IpAddr> + Send + Sync;
pub(crate) type Bound = dyn Fn(&Parts) -> Binding + Send + Sync;
pub(crate) type IsExpected = dyn Fn(&RequestInfo, StatusCode) -> bool + Send + Sync;
pub(crate) type OnStart = dyn Fn(&RequestInfo, &Parts) + Send + Sync;
pub(crate) type OnFinish = dyn Fn(&RequestInfo, StatusCode) + Send + Sync;
pub(crate) type OnFailure = dyn Fn(&RequestInfo, Failure<'_>) + Send + Sync;
pub(crate) type OnFailureResponse = dyn Fn(&RequestInfo, &mut response::Parts) + Send + Sync;

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) request_id: HeaderName,
    pub(crate) correlation_id: HeaderName,
    /// Whether the layer binds the trace of the headers.
    pub(crate) binds_trace: bool,
    pub(crate) proxies: Option<TrustedProxies>,
    pub(crate) route: Option<Arc<Route>>,
    pub(crate) peer: Option<Arc<Peer>>,
    pub(crate) bound: Vec<Arc<Bound>>,
    pub(crate) is_expected: Option<Arc<IsExpected>>,
    pub(crate) on_start: Option<Arc<OnStart>>,
    pub(crate) on_finish: Option<Arc<OnFinish>>,
    pub(crate) on_failure: Option<Arc<OnFailure>>,
    pub(crate) on_failure_response: Option<Arc<OnFailureResponse>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            request_id: HeaderName::from_static("x-request-id"),
            correlation_id: HeaderName::from_static(crate::propagate::CORRELATION_ID),
            binds_trace: true,
            proxies: None,
            route: None,
            peer: None,
            bound: Vec::new(),
            is_expected: None,
            on_start: None,
            on_finish: None,
            on_failure: None,
            on_failure_response: None,
        }
    }
}

impl Settings {
    /// The client's address: the peer's, or the one that trusted proxies report.
    pub(crate) fn client(&self, parts: &Parts) -> Option<IpAddr> {
        let peer = self.peer.as_ref()?(parts)?.to_canonical();
        match &self.proxies {
            Some(proxies) => proxies.client(peer, &parts.headers),
            None => Some(peer),
        }
    }
}
