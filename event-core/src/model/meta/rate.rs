//! How many of an event are emitted, of many.

/// One in how many events is emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
pub struct RateLimit {
    /// So many ..
    pub count: u32,
    /// .. in so many seconds.
    pub seconds: u32,
    /// Whether errors and faults count and are limited too; else they all pass.
    pub errors: bool,
}
