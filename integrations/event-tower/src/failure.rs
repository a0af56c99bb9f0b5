//! Why a request or a stream did not end well.

/// Why a request or the stream of an answer ended without being finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure<'a> {
    /// The service returned an error in place of an answer: what the error says.
    Service(&'a str),
    /// The body of the answer failed: what its error says.
    Body(&'a str),
    /// The handler or the body of the answer panicked.
    Panicked,
    /// The caller went away: the server dropped the request, or the body of the answer.
    Cancelled,
}
