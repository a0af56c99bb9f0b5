//! The body of an answer.

use crate::stream::Stream;
use event_core::Context;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::fmt::{self, Display};
use std::pin::Pin;
use std::task::{self, Poll};

pin_project! {
    /// The body of an answer. It has the request's context on every poll and while it is dropped. If
    /// its length is not known, its stream has events.
    pub struct ResponseBody<B> {
        // `None` after the body was dropped within its context.
        #[pin]
        body: Option<B>,
        context: Context,
        // `None` if the length is known, and after the end.
        stream: Option<Stream>,
    }

    impl<B> PinnedDrop for ResponseBody<B> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _bound = this.context.enter();
            this.body.set(None);
        }
    }
}

impl<B> ResponseBody<B> {
    pub(crate) const fn new(body: B, context: Context, stream: Option<Stream>) -> Self {
        Self { body: Some(body), context, stream }
    }
}

impl<B> Body for ResponseBody<B>
where
    B: Body,
    B::Error: Display,
{
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let this = self.project();
        // Only `drop` leaves `None`.
        let Some(mut body) = this.body.as_pin_mut() else { return Poll::Ready(None) };
        let _bound = this.context.enter();
        // On the stack while the body runs: a panic drops it while the stack unwinds.
        let Some(mut stream) = this.stream.take() else { return body.poll_frame(cx) };
        stream.begin();
        let polled = body.as_mut().poll_frame(cx);
        match &polled {
            Poll::Pending => *this.stream = Some(stream),
            Poll::Ready(None) => stream.finish(),
            Poll::Ready(Some(Err(error))) => stream.fail(error),
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, bytes_of);
                // A server does not ask again after any of these.
                let is_last = stream.count(bytes) || frame.is_trailers() || body.is_end_stream();
                if is_last {
                    stream.finish();
                } else {
                    *this.stream = Some(stream);
                }
            }
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Body::size_hint)
    }
}

impl<B> fmt::Debug for ResponseBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}

fn bytes_of(data: &impl bytes::Buf) -> usize {
    data.remaining()
}
