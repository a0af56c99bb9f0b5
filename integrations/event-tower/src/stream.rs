//! The events of a body that is sent piece by piece.

use crate::Failure;
use crate::exchange::{PANICKED, Shared};
use crate::streaming::{StreamingCancelled, StreamingFailed, StreamingFinished, StreamingStarted};
use event_core::Begins;
use event_core::unit::{Either, Interrupted, Operation, elapsed};
use http::{HeaderMap, header};
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a stream emits if it is dropped, or its body panics.
type End = Either<StreamingCancelled, StreamingFailed<'static>>;
type StreamOperation =
    Operation<StreamingStarted, Box<dyn FnOnce(Interrupted) -> End + Send + Sync>>;

/// A body that is sent piece by piece. It begins when the server asks for the first piece: the body
/// of an answer to `HEAD` never begins.
pub(crate) struct Stream {
    shared: Shared,
    /// Shared with what the operation emits if it is interrupted.
    sent: Arc<AtomicU64>,
    /// `content-length`, after which a server asks for no more.
    length: Option<u64>,
    operation: Option<StreamOperation>,
}

impl Stream {
    pub(crate) fn new(shared: Shared, headers: &HeaderMap) -> Self {
        let length = headers.get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        Self { shared, sent: Arc::default(), length, operation: None }
    }

    /// Emits `streaming_started`, the first time.
    pub(crate) fn begin(&mut self) {
        if self.operation.is_some() {
            return;
        }
        let (shared, sent) = (self.shared.clone(), self.sent.clone());
        self.operation = Some(StreamingStarted.start(Box::new(move |interrupted| {
            let bytes_sent = Some(sent.load(Ordering::Relaxed));
            match interrupted {
                Interrupted::Dropped => {
                    shared.failed(Failure::Cancelled);
                    Either::Left(StreamingCancelled { bytes_sent, duration_ms: elapsed() })
                }
                Interrupted::Panicked => {
                    shared.failed(Failure::Panicked);
                    Either::Right(failed(PANICKED, bytes_sent))
                }
            }
        })));
    }

    /// Counts a piece. Whether the server needs no other one.
    pub(crate) fn count(&self, bytes: usize) -> bool {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let sent = self.sent.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        self.length.is_some_and(|length| sent >= length)
    }

    pub(crate) fn finish(self) {
        let bytes_sent = Some(self.sent.load(Ordering::Relaxed));
        if let Some(operation) = self.operation {
            operation.finish(StreamingFinished { bytes_sent, duration_ms: elapsed() });
        }
    }

    pub(crate) fn fail(self, error: &impl Display) {
        let error = error.to_string();
        self.shared.failed(Failure::Body(&error));
        let bytes_sent = Some(self.sent.load(Ordering::Relaxed));
        if let Some(operation) = self.operation {
            operation.finish(failed(&error, bytes_sent));
        }
    }
}

fn failed(error: &str, bytes_sent: Option<u64>) -> StreamingFailed<'static> {
    StreamingFailed {
        exception: None,
        error: Some(error.to_owned().into()),
        bytes_sent,
        duration_ms: elapsed(),
    }
}
