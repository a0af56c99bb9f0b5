//! Sample rates and rate limits of events.

use crate::model::setters::setters;

/// The share of events that are emitted: `keep` of every `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SampleRate {
    /// The number of events that `keep` is a part of.
    pub of: u32,
    /// The number of these events that are emitted.
    pub keep: u32,
    /// Whether errors and faults are sampled too. If not, all of them are emitted.
    pub errors: bool,
}

/// The maximum number of events that are emitted: `count` in any `seconds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The maximum number of events.
    pub count: u32,
    /// The length of the interval, in seconds.
    pub seconds: u32,
    /// Whether errors and faults are counted and limited too. If not, all of them are emitted.
    pub errors: bool,
}

impl SampleRate {
    #[doc(hidden)]
    pub const fn new(keep: u32, of: u32) -> Self {
        Self { of, keep, errors: false }
    }

    setters! { errors: bool, }
}

impl RateLimit {
    #[doc(hidden)]
    pub const fn new(count: u32, seconds: u32) -> Self {
        Self { count, seconds, errors: false }
    }

    setters! { errors: bool, }
}
