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
    #[event(info, skip_none)]
    pub struct StreamingFinished {
        /// Length of the pieces that were sent.
        #[field(unit = "bytes")]
        pub bytes_sent: Option<u64>,
        /// From the first piece until the last piece was sent.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }

    /// The caller went away before the last piece.
    #[event(warning, skip_none)]
    pub struct StreamingCancelled {
        /// Length of the pieces that were sent.
        #[field(unit = "bytes")]
        pub bytes_sent: Option<u64>,
        /// From the first piece until the caller went away.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }

    /// The server broke down before the last piece; the caller has half an answer.
    #[event(error)]
    pub struct StreamingFailed<'a> {
        /// Trace of the exception, as the program writes it.
        pub exception: Option<Str<'a>>,
        /// What went wrong, in one line.
        #[field(skip_none)]
        pub error: Option<Str<'a>>,
        /// Length of the pieces that were sent.
        #[field(unit = "bytes", skip_none)]
        pub bytes_sent: Option<u64>,
        /// From the first piece until the server broke down.
        #[elapsed]
        #[field(skip_none)]
        pub duration_ms: Option<f64>,
    }
);
