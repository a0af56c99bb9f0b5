//! How many of an event are emitted, of many.

use crate::model::setters::setters;

/// One in how many events is emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SampleRate {
    /// Of so many ..
    pub of: u32,
    /// .. this many are kept.
    pub keep: u32,
    /// Whether errors and faults are sampled too; else they are all kept.
    pub errors: bool,
}

/// How many events are emitted at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// So many ..
    pub count: u32,
    /// .. in so many seconds.
    pub seconds: u32,
    /// Whether errors and faults count and are limited too; else they all pass.
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
