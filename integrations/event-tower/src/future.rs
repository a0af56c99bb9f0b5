//! The future of an answer.

use crate::ResponseBody;
use crate::exchange::Exchange;
use event_core::InContext;
use event_core::context::WithContext;
use http::Response;
use http_body::Body;
use pin_project_lite::pin_project;
use std::fmt::{self, Display};
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    /// The future of an answer. It has the request's context on every poll and while it is dropped.
    pub struct ResponseFuture<F> {
        // Dropped first: what the handler emits then is before the end of the request.
        #[pin]
        future: WithContext<F>,
        // `None` after the end.
        exchange: Option<Exchange>,
    }
}

impl<F: Future> ResponseFuture<F> {
    pub(crate) fn new(future: F, exchange: Exchange) -> Self {
        Self { future: future.within(exchange.context().clone()), exchange: Some(exchange) }
    }
}

impl<F, B, E> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
    E: Display,
{
    type Output = Result<Response<ResponseBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        // On the stack while the handler runs: a panic drops it while the stack unwinds. There is
        // none after the end, where nothing may poll.
        let Some(exchange) = this.exchange.take() else { return Poll::Pending };
        match this.future.poll(cx) {
            Poll::Pending => {
                *this.exchange = Some(exchange);
                Poll::Pending
            }
            Poll::Ready(Ok(response)) => Poll::Ready(Ok(exchange.finish(response))),
            Poll::Ready(Err(error)) => {
                exchange.fail(&error);
                Poll::Ready(Err(error))
            }
        }
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
