//! Answers that are sent piece by piece.

use event_core::{Str, events};

use crate::context::RequestContext;

events!(
    /// Answers that are sent piece by piece, after their request counts as finished.
    #[domain(owner = "platform", optional(action), context(RequestContext))]
    pub enum Streaming {}

    /// The first piece is about to be sent.
    #[event(info)]
    pub struct StreamingStarted;

    /// The last piece was sent.
    #[event(info)]
    pub struct StreamingFinished;

    /// The caller went away before the last piece.
    #[event(warning)]
    pub struct StreamingCancelled;

    /// The server broke down before the last piece; the caller has half an answer.
    #[event(error)]
    pub struct StreamingFailed<'a> {
        /// Trace of the exception, as the program writes it.
        pub exception: Option<Str<'a>>,
    }
);
