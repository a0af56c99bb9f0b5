//! The layer and its options.

use crate::settings::Settings;
use crate::{Failure, RequestEvents, RequestInfo, TrustedProxies};
use event_core::Str;
use event_core::context::Bind;
use http::request::Parts;
use http::{HeaderName, StatusCode, response};
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use tower_layer::Layer;

/// Emits the events of each request and of each streamed answer, and binds
/// [`RequestContext`](crate::RequestContext) while the request is served.
///
/// The hooks run in the request's context, so that events which they emit carry it, and what they
/// change in it by [`ContextGroup::update`](event_core::ContextGroup::update) is in every later
/// event of the request.
///
/// ```
/// use event_tower::{RequestEventsLayer, TrustedProxies};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let layer = RequestEventsLayer::new()
///     .trusted_proxies(TrustedProxies::x_forwarded_for(["10.0.0.0/8".parse()?]))
///     .expected(|request, status| request.route() == "/health" && status == 503);
/// # let _ = layer;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct RequestEventsLayer {
    settings: Arc<Settings>,
}

impl RequestEventsLayer {
    /// A layer that knows no routes and no peers: the route of each event is
    /// [`UNMATCHED`](crate::UNMATCHED), and the client's address is absent. For axum there is
    /// `RequestEventsLayer::axum`, behind the feature `axum`.
    pub fn new() -> Self {
        Self::default()
    }

    /// A layer for axum: the route is the `MatchedPath`, the peer is the `ConnectInfo<SocketAddr>`.
    ///
    /// Add it by `Router::layer`: outside of the router no route is known yet. `ConnectInfo` is
    /// there if the server was started with `into_make_service_with_connect_info`.
    #[cfg(feature = "axum")]
    pub fn axum() -> Self {
        use axum::extract::{ConnectInfo, MatchedPath};
        use std::net::SocketAddr;
        Self::new()
            .route(|parts| Some(parts.extensions.get::<MatchedPath>()?.as_str().into()))
            .peer(|parts| Some(parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip()))
    }

    /// How to find the route that serves a request: a pattern such as `/orders/{id}`, never the
    /// path. `None` is [`UNMATCHED`](crate::UNMATCHED).
    ///
    /// If this hook, or one of [`peer`](Self::peer) and [`bind`](Self::bind), panics, the request
    /// has not begun, and has no events.
    #[must_use]
    pub fn route(
        self,
        route: impl for<'a> Fn(&'a Parts) -> Option<Str<'a>> + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.route = Some(Arc::new(route)))
    }

    /// How to find the address of the connection's other end: the client, or the nearest proxy.
    #[must_use]
    pub fn peer(self, peer: impl Fn(&Parts) -> Option<IpAddr> + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.peer = Some(Arc::new(peer)))
    }

    /// The proxies whose header is believed. Without it, the client is the peer.
    #[must_use]
    pub fn trusted_proxies(self, proxies: TrustedProxies) -> Self {
        self.with(|settings| settings.proxies = Some(proxies))
    }

    /// The header of the request's id. Default: `x-request-id`.
    #[must_use]
    pub fn request_id_header(self, name: HeaderName) -> Self {
        self.with(|settings| settings.request_id = name)
    }

    /// The header of the correlation id. Default: `x-correlation-id`.
    #[must_use]
    pub fn correlation_id_header(self, name: HeaderName) -> Self {
        self.with(|settings| settings.correlation_id = name)
    }

    /// Leaves the trace to another library: the layer reads and binds none, so that the emitter's
    /// `trace_source` is asked.
    #[must_use]
    pub fn without_trace(self) -> Self {
        self.with(|settings| settings.binds_trace = false)
    }

    /// Binds a value of your own beside [`RequestContext`](crate::RequestContext): a context group,
    /// or an actor. Events that declare the group carry it. Can be called for several values.
    #[must_use]
    pub fn bind<B: Bind>(self, bound: impl Fn(&Parts) -> B + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.bound.push(Arc::new(move |parts| bound(parts).binding())))
    }

    /// Which statuses from 400 to 599 are normal: `request_finished` then has the outcome
    /// `expected` and the level `info`.
    #[must_use]
    pub fn expected(
        self,
        is_expected: impl Fn(&RequestInfo, StatusCode) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.is_expected = Some(Arc::new(is_expected)))
    }

    /// Called after `request_started`, before the service.
    #[must_use]
    pub fn on_start(self, hook: impl Fn(&RequestInfo, &Parts) + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.on_start = Some(Arc::new(hook)))
    }

    /// Called before `request_finished`, with the answer's status.
    #[must_use]
    pub fn on_finish(
        self,
        hook: impl Fn(&RequestInfo, StatusCode) + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.on_finish = Some(Arc::new(hook)))
    }

    /// Called before `request_failed`, `request_cancelled`, `streaming_failed` and
    /// `streaming_cancelled`. A panic of this hook is caught: it may run while another one unwinds.
    #[must_use]
    pub fn on_failure(
        self,
        hook: impl Fn(&RequestInfo, Failure<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.on_failure = Some(Arc::new(hook)))
    }

    /// Called with the head of each answer whose status is 500 to 599, before it is sent. The ids
    /// are in its headers already.
    #[must_use]
    pub fn on_failure_response(
        self,
        hook: impl Fn(&RequestInfo, &mut response::Parts) + Send + Sync + 'static,
    ) -> Self {
        self.with(|settings| settings.on_failure_response = Some(Arc::new(hook)))
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }
}

impl<S> Layer<S> for RequestEventsLayer {
    type Service = RequestEvents<S>;

    fn layer(&self, inner: S) -> Self::Service {
        RequestEvents::new(inner, self.settings.clone())
    }
}

impl fmt::Debug for RequestEventsLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestEventsLayer").finish_non_exhaustive()
    }
}
