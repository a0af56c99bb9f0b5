//! The service that the layer makes.

use crate::exchange::Exchange;
use crate::settings::Settings;
use crate::{ResponseBody, ResponseFuture};
use http::{Request, Response};
use http_body::Body;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_service::Service;

/// A service whose requests have events: what [`RequestEventsLayer`](crate::RequestEventsLayer)
/// makes.
#[derive(Clone)]
pub struct RequestEvents<S> {
    inner: S,
    settings: Arc<Settings>,
}

impl<S> RequestEvents<S> {
    pub(crate) const fn new(inner: S, settings: Arc<Settings>) -> Self {
        Self { inner, settings }
    }
}

impl<S, Q, B> Service<Request<Q>> for RequestEvents<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    S::Error: fmt::Display,
    B: Body,
{
    type Response = Response<ResponseBody<B>>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        // From here on a panic drops the exchange, which ends the request.
        let exchange = Exchange::begin(&self.settings, &mut parts);
        let bound = exchange.context().enter();
        exchange.started(&parts);
        let future = self.inner.call(Request::from_parts(parts, body));
        drop(bound);
        ResponseFuture::new(future, exchange)
    }
}

impl<S> fmt::Debug for RequestEvents<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestEvents").finish_non_exhaustive()
    }
}
